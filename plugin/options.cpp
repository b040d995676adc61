#include "plugin/options.hpp"

#include <algorithm>
#include <cxxopts.hpp>
#include <map>

#include "plugin/nearest.hpp"
#include "plugin/option_entries.hpp"
#include "plugin/spelling.hpp"
#include "plugin/values.hpp"

namespace cfee {

namespace {

/// What was typed, taken apart.
class Flags {
public:
    /// One spelling arrives here, and nothing that is wrong: cxxopts has nothing to complain of.
    explicit Flags(const std::vector<std::string>& spelled) {
        cxxopts::Options grammar("kubectl cfee-stager");
        for (const OptionEntry& option : option_entries())
            grammar.add_options()(std::string(option.name), "", cxxopts::value<std::string>());
        grammar.add_options()(words_name, "", cxxopts::value<std::vector<std::string>>());
        grammar.parse_positional(words_name);
        std::vector<const char*> argv{"kubectl-cfee-stager"};
        for (const std::string& argument : spelled) argv.push_back(argument.c_str());
        const cxxopts::ParseResult result = grammar.parse(static_cast<int>(argv.size()), argv.data());
        for (const cxxopts::KeyValue& given : result.arguments())
            values_[given.key()].push_back(given.value());
    }

    [[nodiscard]] const std::vector<std::string>& words() const { return all(words_name); }
    /// Empty: not given.
    [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const {
        static const std::vector<std::string> none;
        const auto found = values_.find(name);
        return found == values_.end() ? none : found->second;
    }
    /// Given, and no switch that was switched off.
    [[nodiscard]] bool is_on(std::string_view name) const {
        const OptionEntry* option = option_by_name(name);
        return !all(name).empty() && (!option->is_switch() || all(name).back() == "true");
    }

private:
    static constexpr const char* words_name = "words";
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

OutputFormat format_of(const Flags& flags) {
    const std::vector<std::string>& words = flags.all("output");
    const auto form = std::find_if(forms.begin(), forms.end(), [&words](const Form& one) {
        return !words.empty() && one.word == words.back();
    });
    return form == forms.end() ? OutputFormat::text : static_cast<OutputFormat>(form - forms.begin());
}

// For the form of a refusal, where nothing else may have been understood.
const CommandEntry* first_command(const Flags& flags) {
    for (const std::string& word : flags.words()) {
        if (const CommandEntry* command = command_by_word(word); command != nullptr) return command;
    }
    return nullptr;
}

void refuse_wrong_choices(const Flags& flags) {
    for (const OptionEntry& option : option_entries()) {
        if (option.choices.empty() || flags.all(option.name).empty()) continue;
        const std::string& word = flags.all(option.name).back();
        if (std::find(option.choices.begin(), option.choices.end(), word) != option.choices.end()) continue;
        const std::string what = option.kind.empty()
                                     ? "value \"" + word + "\" for --" + std::string(option.name)
                                     : std::string(option.kind) + " \"" + word + "\"";
        refuse("unknown " + what + ": " + listed_choices(option, Marked::no));
    }
}

const CommandEntry& known_command(const std::string& word) {
    if (const CommandEntry* command = command_by_word(word); command != nullptr) return *command;
    std::vector<std::string_view> words;
    for (const CommandEntry& command : command_entries()) words.push_back(command.word);
    const std::string near = nearest(word, words);
    refuse("unknown command \"" + word + "\"" + (near.empty() ? "" : "; did you mean " + near + "?"));
}

CommandOptions read_words(const Flags& flags) {
    const std::vector<std::string>& words = flags.words();
    if (words.empty())
        return flags.is_on("version") ? CommandOptions{VersionOptions{}} : CommandOptions{HelpOptions{}};
    CommandOptions command = known_command(words.front()).beginning;
    auto* help = std::get_if<HelpOptions>(&command);
    if (help != nullptr && words.size() > 1) help->topic = &known_command(words[1]);
    const std::size_t most = help != nullptr ? 2 : 1;
    if (words.size() > most) refuse("unexpected argument \"" + words[most] + "\"");
    return command;
}

// A flag of another command is a mistake, not a wish to be ignored.
void refuse_foreign_flags(const Flags& flags, const CommandEntry& command) {
    for (const OptionEntry& option : option_entries()) {
        if (flags.all(option.name).empty() || takes(command, option)) continue;
        refuse("--" + std::string(option.name) + " is no flag of this command");
    }
}

/// The command, or the help or version that was asked for in its place.
CommandOptions read_command(const Flags& flags) {
    CommandOptions command = read_words(flags);
    if (flags.is_on("help")) {
        if (std::holds_alternative<HelpOptions>(command)) return command;
        return HelpOptions{flags.words().empty() ? nullptr : &entry_of(command)};
    }
    if (flags.is_on("version")) command = VersionOptions{};
    if (flags.words().empty() && !flags.is_on("version")) refuse("no command; try diagnose, or help");
    refuse_foreign_flags(flags, entry_of(command));
    return command;
}

void surround(CommandOptions& command, const Surroundings& surroundings) {
    const std::string kubectl = surroundings.kubectl_path.empty() ? "kubectl" : surroundings.kubectl_path;
    std::visit(
        [&](auto& options) {
            if constexpr (requires { options.look.kubectl; }) options.look.kubectl.program = kubectl;
            if constexpr (requires { options.kubectl; }) options.kubectl.program = kubectl;
            if constexpr (requires { options.state_home; }) options.state_home = surroundings.state_home;
        },
        command);
}

/// Is this option, which was given, to be set, with what else was given?
bool is_set_beside(const OptionEntry& option, const Flags& flags) {
    if (option.tie == Tie::none || !flags.is_on(option.name)) return true;
    const bool has_other = flags.is_on(option.other);
    const std::string name = "--" + std::string(option.name);
    const std::string other = "--" + std::string(option.other);
    if (option.tie == Tie::excludes && has_other) refuse(name + " and " + other + " cannot be had together");
    if (option.tie == Tie::needs && !has_other) refuse(name + " goes with " + other);
    return option.tie != Tie::yields_to || !has_other;
}

void set_all(Options& options, const Flags& flags) {
    for (const OptionEntry& option : option_entries()) {
        const Setter set = option.set.at(options.command.index());
        if (set == nullptr) continue;
        Given given{.option = option, .values = flags.all(option.name)};
        const bool is_given = !given.values.empty();
        if (!is_given && option.standard.empty()) continue;
        if (!is_given) given.values.emplace_back(option.standard);
        if (!is_given || is_set_beside(option, flags)) set(options, given);
    }
}

}  // namespace

Options parse_options(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
    const Spelled spelled = spelled_out(arguments);
    const Flags flags(spelled.arguments);
    try {
        if (!spelled.problem.empty()) refuse(spelled.problem);
        refuse_wrong_choices(flags);
        Options options{.command = read_command(flags)};
        surround(options.command, surroundings);
        set_all(options, flags);
        return options;
    } catch (UsageError& error) {
        error.format = format_of(flags);
        error.command = first_command(flags);
        throw;
    }
}

}  // namespace cfee
