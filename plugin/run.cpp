#include "plugin/run.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>

#include "lib/commands/show_version.hpp"
#include "lib/facts/exit_status.hpp"
#include "lib/text/harmless.hpp"
#include "plugin/help.hpp"
#include "plugin/options.hpp"
#include "plugin/version.hpp"

namespace cfee {

namespace {

std::string variable(const World& world, const char* name) {
    const char* value = world.environment(name);
    return value == nullptr ? "" : value;
}

// $KUBECTL_PATH counts where it names a program; kubectl from 1.37 on sets it for its plugins.
std::string kubectl_path(const World& world) {
    const std::string path = variable(world, "KUBECTL_PATH");
    return !path.empty() && world.is_program(path) ? path : "";
}

// Relative values of XDG variables count for nothing, says their specification.
std::string state_home(const World& world) {
    const std::string state = variable(world, "XDG_STATE_HOME");
    return state.starts_with('/') ? state : variable(world, "HOME") + "/.local/state";
}

// Lines are erased only where the terminal can do that.
bool can_erase(const World& world) {
    const char* terminal = world.environment("TERM");
    return world.err_kind.is_terminal && terminal != nullptr && std::string_view(terminal) != "dumb";
}

// What the terminal says, where that makes sense.
int width_of(const StreamKind& terminal, int otherwise) {
    constexpr int narrowest = 20;
    return terminal.columns >= narrowest ? terminal.columns : otherwise;
}

// How each command is run.
struct Runner {
    const World& world;
    Console& console;
    const std::string& program;

    int operator()(const DiagnoseOptions& options) const { return diagnose(options, world.host, console); }
    int operator()(const HealOptions& options) const {
        return heal(options, world.host, world.prompt, world.folder, console);
    }
    int operator()(const EvidenceOptions& options) const {
        return gather(options, world.host, world.folder, console);
    }
    int operator()(const VersionOptions& options) const {
        return show_version(options.kubectl, program, world.host, console);
    }
    int operator()(const HelpOptions& options) const {
        write_help(console.out, options.topic, program);
        return exit_status::well;
    }
};

// In the form of the command that was meant.
void refuse(const UsageError& error, const std::string& line, Host& host, Console& console) {
    if (error.command != nullptr && error.command->is<HealOptions>())
        return report_unhealed({.format = error.format}, host.now(), line, exit_status::wrong_usage, console);
    if (error.command != nullptr && error.command->is<EvidenceOptions>())
        return report_unkept({.format = error.format}, line, exit_status::wrong_usage, console);
    report_stop({.format = error.format}, host.now(), line, exit_status::wrong_usage, console);
}

// What heal and evidence did is not undone by a closed pipe: their exit status goes on telling the truth.
int finished(int exit_status, const CommandOptions& command, const Console& console,
             const std::string& program) {
    console.out.flush();
    if (console.out.good()) return exit_status;
    console.err << program << ": the result could not be written\n";
    const bool is_done =
        std::holds_alternative<HealOptions>(command) || std::holds_alternative<EvidenceOptions>(command);
    return is_done ? exit_status : exit_status::inconclusive;
}

int parse_and_run(const std::vector<std::string>& arguments, const World& world, const std::string& program) {
    HarmlessStream out(world.out);
    HarmlessStream err(world.err);
    Console console{.out = out, .err = err, .err_is_terminal = can_erase(world), .tool_version = version};
    try {
        const Options options = parse_options(arguments, {kubectl_path(world), state_home(world)});
        console.out_style = style_for(options.colour, world.out_kind.is_terminal, world.environment);
        console.err_style = style_for(options.colour, console.err_is_terminal, world.environment);
        if (console.err_is_terminal)
            console.err_style.width = width_of(world.err_kind, console.err_style.width);
        out.show({.colours = console.out_style.has_colour, .utf8 = console.out_style.has_utf8});
        err.show({.colours = console.err_style.has_colour || console.err_is_terminal,
                  .utf8 = console.err_style.has_utf8});
        const int status = std::visit(Runner{world, console, program}, options.command);
        return finished(status, options.command, console, program);
    } catch (const UsageError& error) {
        refuse(error, error.message + " (see " + program + " help)", world.host, console);
        return finished(exit_status::wrong_usage, {}, console, program);
    }
}

}  // namespace

int run_plugin(const std::vector<std::string>& arguments, const World& world) {
    const std::string program = program_name(arguments.empty() ? "" : arguments.front());
    const auto first = arguments.begin() + std::min<std::ptrdiff_t>(1, std::ssize(arguments));
    try {
        return parse_and_run({first, arguments.end()}, world, program);
    } catch (...) {
        // Nothing that a user did leads here; an exception's text would not help them either.
        world.err << program << ": something went wrong inside; please report it with what you typed\n";
    }
    return exit_status::inconclusive;
}

}  // namespace cfee
