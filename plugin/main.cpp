// The executable: argv becomes a value, the world is opened, a command runs.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "lib/commands/diagnose.hpp"
#include "lib/commands/gather.hpp"
#include "lib/commands/heal.hpp"
#include "lib/commands/show_version.hpp"
#include "lib/world/program.hpp"
#include "lib/world/system.hpp"
#include "plugin/help.hpp"
#include "plugin/options.hpp"
#include "plugin/terminal.hpp"
#include "plugin/version.hpp"

namespace {

constexpr int wrong_usage = 2;
constexpr int could_not_do_it = 3;

const char* environment(const char* name) {
    return std::getenv(name);
}  // NOLINT(concurrency-mt-unsafe): there is one thread

// $KUBECTL_PATH counts where it names a program; kubectl from 1.37 on sets it for its plugins.
std::string kubectl_path() {
    const char* path = environment("KUBECTL_PATH");
    return path != nullptr && *path != 0 && cfee::find_program(path).problem.empty() ? path : "";
}

// Relative values of XDG variables count for nothing, says their specification.
std::string state_home() {
    const char* state = environment("XDG_STATE_HOME");
    if (state != nullptr && *state == '/') return state;
    const char* home = environment("HOME");
    return (home == nullptr ? std::string() : std::string(home)) + "/.local/state";
}

// What the terminal says, where that makes sense.
int width_of(int terminal, int otherwise) {
    constexpr int narrowest = 20;
    winsize size{};
    return ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_col >= narrowest ? size.ws_col : otherwise;
}

int run(const cfee::Options& options, cfee::Host& host, cfee::Console& console, const std::string& program) {
    switch (options.command) {
        case cfee::CommandName::diagnose:
            return cfee::diagnose(options.diagnose, host, console);
        case cfee::CommandName::heal: {
            cfee::TerminalPrompt prompt;
            cfee::DiskFolder folder;
            return cfee::heal(options.heal, host, prompt, folder, console);
        }
        case cfee::CommandName::evidence: {
            cfee::DiskFolder folder;
            return cfee::gather(options.heal, host, folder, console);
        }
        case cfee::CommandName::version:
            return cfee::show_version(options.diagnose.look.kubectl, program, host, console);
        case cfee::CommandName::help:
        case cfee::CommandName::none:
            break;
    }
    cfee::write_help(console.out, options.help_topic, program);
    return 0;
}

// In the form of the command that was meant.
void refuse(const cfee::UsageError& error, const std::string& line, cfee::Host& host,
            cfee::Console& console) {
    switch (error.command) {
        case cfee::CommandName::heal:
            return cfee::report_unhealed({.format = error.format}, host.now(), line, wrong_usage, console);
        case cfee::CommandName::evidence:
            return cfee::report_unkept({.format = error.format}, line, wrong_usage, console);
        default:
            return cfee::report_stop({.format = error.format}, host.now(), line, wrong_usage, console);
    }
}

// What heal and evidence did is not undone by a closed pipe: their exit status goes on telling the truth.
int finished(int exit_status, cfee::CommandName command, const std::string& program) {
    std::cout.flush();
    if (std::cout.good()) return exit_status;
    std::cerr << program << ": the result could not be written\n";
    const bool is_done = command == cfee::CommandName::heal || command == cfee::CommandName::evidence;
    return is_done ? exit_status : could_not_do_it;
}

int parse_and_run(const std::vector<std::string>& arguments, cfee::Host& host, const std::string& program) {
    const char* terminal = environment("TERM");
    const bool can_erase = terminal != nullptr && std::string_view(terminal) != "dumb";
    const bool err_is_terminal = isatty(STDERR_FILENO) == 1 && can_erase;
    cfee::Console console{.out = std::cout,
                          .err = std::cerr,
                          .err_is_terminal = err_is_terminal,
                          .tool_version = cfee::version};
    try {
        const cfee::Options options = cfee::parse_options(arguments, {kubectl_path(), state_home()});
        console.out_style = cfee::style_for(options.colour, isatty(STDOUT_FILENO) == 1, environment);
        console.err_style = cfee::style_for(options.colour, err_is_terminal, environment);
        if (err_is_terminal) console.err_style.width = width_of(STDERR_FILENO, console.err_style.width);
        return finished(run(options, host, console, program), options.command, program);
    } catch (const cfee::UsageError& error) {
        refuse(error, error.message + " (see " + program + " help)", host, console);
        return finished(wrong_usage, cfee::CommandName::none, program);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string program = cfee::program_name(argc > 0 ? argv[0] : "");
    try {
        cfee::System host;
        return parse_and_run({argv + std::min(argc, 1), argv + argc}, host, program);
    } catch (...) {
        // Nothing that a user did leads here; an exception's text would not help them either.
        std::cerr << program << ": something went wrong inside; please report it with what you typed\n";
    }
    return could_not_do_it;
}
