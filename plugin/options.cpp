#include "plugin/options.hpp"

#define CXXOPTS_VECTOR_DELIMITER '\0'  // a group's name may contain a comma
#include <algorithm>
#include <array>
#include <cxxopts.hpp>

#include "plugin/duration.hpp"
#include "plugin/nearest.hpp"

namespace cfee {

namespace {

using Section = OptionEntry::Section;
using For = OptionEntry::For;

constexpr std::array options_table{
    OptionEntry{"namespace", 'n', "NAMESPACE", "Namespace of Cloud Foundry (default cf).", Section::look,
                For::diagnose},
    OptionEntry{
        "address", 0, "HOST[:PORT]",
        "Probe this address (port 8889 by default) instead of the one in Cloud Controller's configuration.",
        Section::look, For::diagnose},
    OptionEntry{"probe-timeout", 0, "DURATION",
                "How long one probe may take: whole seconds, at least 2s (default 5s).", Section::look,
                For::diagnose},
    OptionEntry{"record", 0, "FILE", "Also write a transcript of the look to FILE, without secrets.",
                Section::look, For::diagnose},
    OptionEntry{"replay", 0, "FILE", "Judge the transcript FILE instead of a cluster.", Section::look,
                For::diagnose},
    OptionEntry{"look", 0, "N", "With --replay: judge its Nth look instead of the last complete one.",
                Section::look, For::diagnose},
    OptionEntry{"output", 'o', "FORMAT", "text (default) or json.", Section::output, For::diagnose},
    OptionEntry{"color", 0, "WHEN", "always, never or auto (default): see ENVIRONMENT in the manual.",
                Section::output, For::every_command},
    OptionEntry{"no-color", 0, "", "The same as --color=never.", Section::output, For::every_command},
    OptionEntry{"verbose", 'v', "",
                "Print each kubectl command line as it runs, on standard error, secrets hidden.",
                Section::output, For::diagnose},
    OptionEntry{"kubectl", 0, "PATH", "The kubectl to run (default $KUBECTL_PATH, then kubectl in PATH).",
                Section::kubectl, For::diagnose},
    OptionEntry{"kubeconfig", 0, "PATH", "", Section::kubectl, For::diagnose},
    OptionEntry{"context", 0, "NAME", "", Section::kubectl, For::diagnose},
    OptionEntry{"cluster", 0, "NAME", "", Section::kubectl, For::diagnose},
    OptionEntry{"user", 0, "NAME", "", Section::kubectl, For::diagnose},
    OptionEntry{"server", 's', "URL", "", Section::kubectl, For::diagnose},
    OptionEntry{"token", 0, "TOKEN", "", Section::kubectl, For::diagnose},
    OptionEntry{"as", 0, "USER", "", Section::kubectl, For::diagnose},
    OptionEntry{"as-group", 0, "GROUP", "", Section::kubectl, For::diagnose},
    OptionEntry{"as-uid", 0, "UID", "", Section::kubectl, For::diagnose},
    OptionEntry{"certificate-authority", 0, "PATH", "", Section::kubectl, For::diagnose},
    OptionEntry{"client-certificate", 0, "PATH", "", Section::kubectl, For::diagnose},
    OptionEntry{"client-key", 0, "PATH", "", Section::kubectl, For::diagnose},
    OptionEntry{"insecure-skip-tls-verify", 0, "", "", Section::kubectl, For::diagnose},
    OptionEntry{"tls-server-name", 0, "NAME", "", Section::kubectl, For::diagnose},
    OptionEntry{"request-timeout", 0, "DURATION", "", Section::kubectl, For::diagnose},
    OptionEntry{"cache-dir", 0, "PATH", "", Section::kubectl, For::diagnose},
    OptionEntry{"help", 'h', "", "Print help and exit.", Section::general, For::every_command},
    OptionEntry{"version", 'V', "", "Print the version and exit.", Section::general, For::every_command},
};

bool is_passed_on(const OptionEntry& option) {
    return option.section == Section::kubectl && option.name != "kubectl";
}

[[noreturn]] void refuse(const std::string& message) {
    throw UsageError{message};
}

std::string suggestion(const std::string& word, std::span<const std::string_view> candidates,
                       const std::string& dashes) {
    const std::string near = nearest(word, candidates);
    return near.empty() ? "" : "; did you mean " + dashes + near + "?";
}

[[noreturn]] void refuse_flag(std::string flag) {
    std::vector<std::string_view> names;
    for (const OptionEntry& option : options_table) names.push_back(option.name);
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
    for (const OptionEntry& option : options_table) {
        const std::string name = option.letter == 0
                                     ? std::string(option.name)
                                     : std::string(1, option.letter) + "," + std::string(option.name);
        if (option.argument.empty()) {
            options.add_options()(name, "", cxxopts::value<bool>());
        } else {
            options.add_options()(name, "", cxxopts::value<std::vector<std::string>>());
        }
    }
    options.add_options()("words", "", cxxopts::value<std::vector<std::string>>());
    options.parse_positional("words");
    options.allow_unrecognised_options();
    return options;
}

// cxxopts' own texts are not for users; they do name the option.
[[noreturn]] void refuse_as_cxxopts_does(const std::string& text) {
    for (const OptionEntry& option : options_table) {
        const bool is_named =
            text.find("\u2018" + std::string(option.name) + "\u2019") != std::string::npos ||
            (option.letter != 0 &&
             text.find("\u2018" + std::string(1, option.letter) + "\u2019") != std::string::npos);
        if (!is_named) continue;
        if (option.argument.empty())
            refuse("--" + std::string(option.name) + " is a switch and takes no such value");
        refuse("--" + std::string(option.name) + " needs a value (" + std::string(option.argument) + ")");
    }
    refuse("the flags could not be understood");
}

/// The flags as given; each may be read once more than it was given.
class Flags {
public:
    explicit Flags(cxxopts::ParseResult result) : result_(std::move(result)) {}

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
        refuse_as_cxxopts_does(problem.what());
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

// Names of Kubernetes' namespaces: RFC 1123 labels.
bool is_namespace(const std::string& name) {
    constexpr std::size_t longest = 63;
    const bool is_clean =
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    return !name.empty() && name.size() <= longest && is_clean && name.front() != '-' && name.back() != '-';
}

void read_look(const Flags& flags, const std::string& kubectl_path, DiagnoseOptions& options) {
    LookOptions& look = options.look;
    look.kubectl.name_space = flags.text("namespace", "cf");
    if (!is_namespace(look.kubectl.name_space))
        refuse("\"" + look.kubectl.name_space + "\" cannot be the name of a namespace");
    look.kubectl.program = flags.text("kubectl", kubectl_path.empty() ? "kubectl" : kubectl_path);
    if (look.kubectl.program.empty()) refuse("--kubectl needs a value (PATH)");
    for (const OptionEntry& option : options_table) {
        if (!is_passed_on(option)) continue;
        const std::string name(option.name);
        if (option.argument.empty()) {
            if (flags.has(name))
                look.kubectl.global_flags.push_back("--" + name + "=" +
                                                    (flags.is_on(name) ? "true" : "false"));
        } else {
            for (const std::string& value : flags.all(name))
                look.kubectl.global_flags.push_back("--" + name + "=" + value);
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

}  // namespace

std::span<const OptionEntry> option_entries() {
    return options_table;
}

Options parse_options(const std::vector<std::string>& arguments, const std::string& kubectl_path) {
    Options options;
    const Flags flags = parse(arguments);
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
        read_look(flags, kubectl_path, options.diagnose);
        read_transcripts(flags, options.diagnose);
    } catch (UsageError& error) {
        error.format = options.diagnose.format;
        throw;
    }
    return options;
}

}  // namespace cfee
