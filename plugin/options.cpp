// Longer than others because every rule of the command line stands here, and nothing else does.
#include "plugin/options.hpp"

#define CXXOPTS_VECTOR_DELIMITER '\0'  // a group's name may contain a comma
#include <algorithm>
#include <array>
#include <cxxopts.hpp>

#include "lib/cluster/names.hpp"
#include "lib/text/harmless.hpp"
#include "plugin/duration.hpp"
#include "plugin/nearest.hpp"

namespace cfee {

namespace {

using Section = OptionEntry::Section;

bool is_passed_on(const OptionEntry& option) {
    return option.section == Section::kubectl && option.name != "kubectl";
}

// What was typed is repeated in the message, and may hold anything.
[[noreturn]] void refuse(const std::string& message) {
    throw UsageError{harmless(message)};
}

std::string suggestion(const std::string& word, std::span<const std::string_view> candidates,
                       const std::string& dashes) {
    const std::string near = nearest(word, candidates);
    return near.empty() ? "" : "; did you mean " + dashes + near + "?";
}

[[noreturn]] void refuse_flag(std::string flag) {
    std::vector<std::string_view> names;
    for (const OptionEntry& option : option_entries()) names.push_back(option.name);
    flag = flag.substr(0, flag.find('='));
    const std::string word = flag.substr(std::min(flag.find_first_not_of('-'), flag.size()));
    refuse("unknown flag " + flag + suggestion(word, names, "--"));
}

CommandName command_by_word(const std::string& word) {
    std::vector<std::string_view> words;
    for (const CommandEntry& command : command_entries()) {
        if (command.word == word) return command.name;
        words.push_back(command.word);
    }
    refuse("unknown command \"" + word + "\"" + suggestion(word, words, ""));
}

cxxopts::Options grammar() {
    cxxopts::Options options("kubectl cfee-stager");
    for (const OptionEntry& option : option_entries()) {
        const std::string name = option.letter == 0
                                     ? std::string(option.name)
                                     : std::string(1, option.letter) + "," + std::string(option.name);
        if (option.argument.empty()) {
            options.add_options()(name, "", cxxopts::value<bool>());
        } else if (option.name == "dry-run") {
            // Bare, it means the client, as with kubectl.
            options.add_options()(name, "",
                                  cxxopts::value<std::vector<std::string>>()->implicit_value("client"));
        } else {
            options.add_options()(name, "", cxxopts::value<std::vector<std::string>>());
        }
    }
    options.add_options()("words", "", cxxopts::value<std::vector<std::string>>());
    options.parse_positional("words");
    options.allow_unrecognised_options();
    return options;
}

// cxxopts' own texts are not for users; they do name the option, or else the value.
[[noreturn]] void refuse_as_cxxopts_does(const std::string& text, const std::vector<std::string>& arguments) {
    for (const OptionEntry& option : option_entries()) {
        const std::string name(option.name);
        const bool is_named = text.find("\u2018" + name + "\u2019") != std::string::npos ||
                              (option.letter != 0 && text.find("\u2018" + std::string(1, option.letter) +
                                                               "\u2019") != std::string::npos);
        const bool has_value = std::any_of(
            arguments.begin(), arguments.end(),
            [&name](const std::string& argument) { return argument.starts_with("--" + name + "="); });
        if (option.argument.empty() && (is_named || has_value))
            refuse("--" + name + " is a switch and takes no such value");
        if (is_named) refuse("--" + name + " needs a value (" + std::string(option.argument) + ")");
    }
    refuse("the flags could not be understood");
}

/// The flags as given; each may be read once more than it was given.
class Flags {
public:
    explicit Flags(const cxxopts::ParseResult& result) : result_(result) {}

    [[nodiscard]] bool has(const std::string& name) const { return result_.count(name) > 0; }
    [[nodiscard]] bool is_on(const std::string& name) const { return has(name) && result_[name].as<bool>(); }
    /// The last value counts.
    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const {
        return has(name) ? all(name).back() : otherwise;
    }
    [[nodiscard]] std::vector<std::string> all(const std::string& name) const {
        return has(name) ? result_[name].as<std::vector<std::string>>() : std::vector<std::string>{};
    }
    [[nodiscard]] const std::vector<std::string>& unmatched() const { return result_.unmatched(); }

private:
    cxxopts::ParseResult result_;
};

Flags parse(const std::vector<std::string>& arguments) {
    std::vector<const char*> argv{"kubectl-cfee-stager"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    cxxopts::Options options = grammar();
    try {
        return Flags(options.parse(static_cast<int>(argv.size()), argv.data()));
    } catch (const cxxopts::exceptions::exception& problem) {
        refuse_as_cxxopts_does(problem.what(), arguments);
    }
}

// Where the flags as a whole make no sense, -o json may still have been understood.
Flags parse_for(const std::vector<std::string>& arguments) {
    try {
        return parse(arguments);
    } catch (UsageError& error) {
        for (std::size_t index = 0; index < arguments.size(); ++index) {
            const std::string& word = arguments[index];
            const bool is_flag = word == "-o" || word == "--output";
            const bool is_next = is_flag && index + 1 < arguments.size() && arguments[index + 1] == "json";
            if (is_next || word == "-ojson" || word == "--output=json") error.format = OutputFormat::json;
        }
        throw;
    }
}

OutputFormat read_format(const Flags& flags) {
    const std::string format = flags.text("output", "text");
    if (format == "json") return OutputFormat::json;
    if (format != "text") refuse("unknown output format \"" + format + "\": text or json");
    return OutputFormat::text;
}

ColourChoice read_colour(const Flags& flags) {
    const std::string choice = flags.text("color", flags.is_on("no-color") ? "never" : "auto");
    if (choice == "always") return ColourChoice::always;
    if (choice == "never") return ColourChoice::never;
    if (choice != "auto") refuse("unknown value \"" + choice + "\" for --color: always, never or auto");
    return ColourChoice::automatic;
}

std::chrono::milliseconds read_duration(const Flags& flags, const std::string& name,
                                        const std::string& otherwise) {
    const std::string text = flags.text(name, otherwise);
    const auto duration = parse_duration(text);
    if (!duration) refuse("--" + name + " is no duration: \"" + text + "\" (write it as 5s or 1m)");
    return *duration;
}

DryRun read_dry_run(const Flags& flags) {
    const std::string where = flags.text("dry-run", "none");
    if (where == "client") return DryRun::client;
    if (where == "server") return DryRun::server;
    if (where != "none") refuse("unknown value \"" + where + "\" for --dry-run: none, client or server");
    return DryRun::none;
}

void read_heal(const Flags& flags, const Surroundings& surroundings, const DiagnoseOptions& shared,
               HealOptions& options) {
    options.look = shared.look;
    options.format = shared.format;
    options.is_verbose = shared.is_verbose;
    options.replay = shared.replay;
    options.grace = read_duration(flags, "grace", "60s");
    options.timeout = read_duration(flags, "timeout", "15m");
    options.settle = read_duration(flags, "settle", "10s");
    if (options.timeout <= options.grace)
        refuse("--timeout must be longer than --grace, else nothing could ever be done");
    options.dry_run = read_dry_run(flags);
    options.force = flags.is_on("force") ? Force::yes : Force::no;
    options.is_agreed = flags.is_on("yes");
    options.digest = flags.text("confirm", "");
    if (flags.has("confirm") && options.digest.empty()) refuse("--confirm needs a value (DIGEST)");
    options.may_ask = !flags.is_on("no-input");
    options.wants_evidence = !flags.is_on("no-evidence");
    options.evidence = flags.text("evidence", "");
    if (flags.has("evidence") && options.evidence.empty()) refuse("--evidence needs a value (DIR)");
    if (!options.wants_evidence && !options.evidence.empty())
        refuse("--evidence and --no-evidence cannot be had together");
    options.state_home = surroundings.state_home;
}

// A flag of another command is a mistake, not a wish to be ignored.
void refuse_foreign_flags(const Flags& flags, CommandName command) {
    for (const OptionEntry& option : option_entries()) {
        if (!flags.has(std::string(option.name)) || takes(command, option)) continue;
        refuse("--" + std::string(option.name) + " is no flag of this command");
    }
}

std::chrono::seconds read_probe_timeout(const Flags& flags) {
    const std::string text = flags.text("probe-timeout", "5s");
    const auto duration = parse_duration(text);
    constexpr std::chrono::seconds shortest{2};  // a refusal that the kernel limits takes 1.02 s
    constexpr std::chrono::seconds longest{300};
    if (!duration) refuse("--probe-timeout is no duration: \"" + text + "\" (write it as 5s or 1m)");
    if (*duration < shortest || *duration > longest ||
        *duration % std::chrono::seconds{1} != std::chrono::milliseconds{0}) {
        refuse("--probe-timeout must be whole seconds from 2s to 5m, not " + text);
    }
    return std::chrono::duration_cast<std::chrono::seconds>(*duration);
}

void read_look(const Flags& flags, const std::string& kubectl_path, DiagnoseOptions& options) {
    LookOptions& look = options.look;
    look.kubectl.name_space = flags.text("namespace", "cf");
    if (!is_label(look.kubectl.name_space))
        refuse("\"" + look.kubectl.name_space + "\" cannot be the name of a namespace");
    look.kubectl.program = flags.text("kubectl", kubectl_path.empty() ? "kubectl" : kubectl_path);
    if (look.kubectl.program.empty()) refuse("--kubectl needs a value (PATH)");
    for (const OptionEntry& option : option_entries()) {
        if (!is_passed_on(option)) continue;
        const std::string name(option.name);
        std::vector<std::string> values =
            option.argument.empty() ? std::vector<std::string>{} : flags.all(name);
        if (option.argument.empty() && flags.has(name))
            values.emplace_back(flags.is_on(name) ? "true" : "false");
        for (const std::string& value : values) {
            std::string flag = "--";
            flag.append(name).append("=").append(value);
            look.kubectl.global_flags.push_back(std::move(flag));
        }
    }
    if (flags.has("address")) {
        look.address = parse_address(flags.text("address", ""), bbs_port);
        if (!look.address.is_known())
            refuse("--address is no HOST or HOST:PORT: \"" + flags.text("address", "") + "\"");
    }
    look.probe_timeout = read_probe_timeout(flags);
}

void read_transcripts(const Flags& flags, DiagnoseOptions& options) {
    options.record = flags.text("record", "");
    options.replay = flags.text("replay", "");
    if (flags.has("record") && options.record.empty()) refuse("--record needs a value (FILE)");
    if (flags.has("replay") && options.replay.empty()) refuse("--replay needs a value (FILE)");
    if (!options.record.empty() && !options.replay.empty())
        refuse("--record and --replay cannot be had together");
    if (!flags.has("look")) return;
    const std::string number = flags.text("look", "");
    constexpr std::size_t most_digits = 6;
    if (options.replay.empty()) refuse("--look goes with --replay");
    const bool is_number = !number.empty() && number.size() <= most_digits &&
                           number.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || std::stoi(number) < 1)
        refuse("--look must be a number from 1 on, not \"" + number + "\"");
    options.look_number = std::stoi(number);
}

void read_words(const Flags& flags, Options& options) {
    std::vector<std::string> words = flags.all("words");
    const std::vector<std::string>& unmatched = flags.unmatched();
    for (const std::string& word : unmatched) {
        if (word.size() > 1 && word.front() == '-') refuse_flag(word);
    }
    words.insert(words.end(), unmatched.begin(), unmatched.end());
    if (words.empty()) return;
    options.command = command_by_word(words.front());
    const bool takes_topic = options.command == CommandName::help;
    if (takes_topic && words.size() > 1) options.help_topic = command_by_word(words[1]);
    const std::size_t most = takes_topic ? 2 : 1;
    if (words.size() > most) refuse("unexpected argument \"" + words[most] + "\"");
}

// For the form of a refusal, where nothing else may have been understood.
CommandName first_command(const std::vector<std::string>& arguments) {
    for (const CommandEntry& command : command_entries()) {
        if (std::find(arguments.begin(), arguments.end(), command.word) != arguments.end())
            return command.name;
    }
    return CommandName::none;
}

Options understood(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
    Options options;
    const Flags flags = parse_for(arguments);
    options.diagnose.format = read_format(flags);
    try {
        read_words(flags, options);
        options.colour = read_colour(flags);
        if (flags.is_on("help")) {
            if (options.command != CommandName::help) options.help_topic = options.command;
            options.command = CommandName::help;
            return options;
        }
        if (flags.is_on("version")) options.command = CommandName::version;
        if (options.command == CommandName::none) refuse("no command; try diagnose, or help");
        options.diagnose.is_verbose = flags.is_on("verbose");
        refuse_foreign_flags(flags, options.command);
        read_look(flags, surroundings.kubectl_path, options.diagnose);
        read_transcripts(flags, options.diagnose);
        read_heal(flags, surroundings, options.diagnose, options.heal);
    } catch (UsageError& error) {
        error.format = options.diagnose.format;
        throw;
    }
    return options;
}

}  // namespace

Options parse_options(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
    try {
        return understood(arguments, surroundings);
    } catch (UsageError& error) {
        error.command = first_command(arguments);
        throw;
    }
}

}  // namespace cfee
