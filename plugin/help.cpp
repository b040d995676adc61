#include "plugin/help.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "lib/runbook/outcome.hpp"
#include "lib/text/wrap.hpp"
#include "plugin/option_entries.hpp"

namespace cfee {

namespace {

constexpr int width = 80;
constexpr int indent = 8;

struct SectionTitle {
    OptionEntry::Section section;
    std::string_view title;
};
constexpr std::array sections{
    SectionTitle{OptionEntry::Section::look, "What to look at"},
    SectionTitle{OptionEntry::Section::heal, "What to do about it"},
    SectionTitle{OptionEntry::Section::output, "Output"},
    SectionTitle{OptionEntry::Section::kubectl, "kubectl (passed on to each kubectl that is run)"},
    SectionTitle{OptionEntry::Section::general, "General"},
};

std::string replaced(std::string text, std::string_view mark, std::string_view by) {
    const std::size_t found = text.find(mark);
    return found == std::string::npos ? text : text.replace(found, mark.size(), by);
}

std::string described(const OptionEntry& option) {
    const std::string text = replaced(std::string(option.description), "{default}", option.standard);
    return replaced(text, "{choices}", listed_choices(option, Marked::yes));
}

// Those of the whole are those that every command takes.
bool is_shown(const CommandEntry* topic, const OptionEntry& option) {
    if (topic != nullptr) return takes(*topic, option);
    const std::vector<CommandEntry>& all = command_entries();
    return std::all_of(all.begin(), all.end(),
                       [&option](const CommandEntry& command) { return takes(command, option); });
}

void write_options(std::ostream& stream, const CommandEntry* topic) {
    for (const SectionTitle& section : sections) {
        bool is_first = true;
        for (const OptionEntry& option : option_entries()) {
            if (option.section != section.section || !is_shown(topic, option)) continue;
            if (is_first) stream << "\n" << section.title << ":\n";
            is_first = false;
            stream << "  " << (option.letter == 0 ? "    " : std::string("-") + option.letter + ", ") << "--"
                   << option.name;
            if (!option.argument.empty()) stream << " " << option.argument;
            stream << "\n";
            if (!option.description.empty())
                stream << std::string(indent, ' ') << wrapped(described(option), indent, indent, width)
                       << "\n";
        }
    }
}

void write_examples(std::ostream& stream, const CommandEntry& command, const std::string& program) {
    for (const auto& [line, purpose] : command.examples)
        stream << "  # " << purpose << "\n  " << program << " " << line << "\n";
}

void write_exit_statuses(std::ostream& stream, const CommandEntry* topic) {
    stream << "\nExit status:\n";
    for (const ExitStatusRow& entry : exit_statuses()) {
        const bool is_meant = topic == nullptr               ? true
                              : topic->is<DiagnoseOptions>() ? entry.is_diagnose
                              : topic->is<EvidenceOptions>() ? entry.is_evidence
                                                             : entry.is_heal;
        if (is_meant) stream << "  " << entry.status << "  " << wrapped(entry.meaning, 5, 5, width) << "\n";
    }
    stream << "  129, 130, 143 interrupted by SIGHUP, SIGINT, SIGTERM\n";
}

void write_overview(std::ostream& stream, const std::string& program) {
    stream << "Examples:\n";
    for (const CommandEntry& command : command_entries()) write_examples(stream, command, program);
    stream << "\nSays whether Cloud Foundry's stager is unavailable (170010) because no Diego BBS\n"
              "gets its lock from Locket, or because of something else, and why; and cures that\n"
              "one fault.\n\nCommands:\n";
    for (const CommandEntry& command : command_entries()) {
        stream << "  " << command.word << std::string(10 - command.word.size(), ' ') << command.summary
               << "\n";
    }
    write_options(stream, nullptr);
    write_exit_statuses(stream, nullptr);
    stream << "\nFlags go after the plugin's name. More: " << program << " help COMMAND\n";
}

}  // namespace

std::string program_name(const std::string& argv0) {
    const std::string base = argv0.substr(argv0.rfind('/') + 1);
    return base.empty() || base.starts_with("kubectl-") ? "kubectl cfee-stager" : base;
}

void write_help(std::ostream& stream, const CommandEntry* topic, const std::string& program) {
    if (topic == nullptr) return write_overview(stream, program);
    stream << "Examples:\n";
    write_examples(stream, *topic, program);
    stream << "\nUsage:\n  " << program << " " << topic->synopsis << "\n\n"
           << wrapped(topic->description, 0, 0, width) << "\n";
    write_options(stream, topic);
    if (!topic->is<VersionOptions>() && !topic->is<HelpOptions>()) write_exit_statuses(stream, topic);
}

}  // namespace cfee
