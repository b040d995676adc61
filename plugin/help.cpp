#include "plugin/help.hpp"

#include <array>
#include <ostream>

#include "lib/report/wrap.hpp"

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

void write_options(std::ostream& stream, CommandName topic) {
    for (const SectionTitle& section : sections) {
        bool is_first = true;
        for (const OptionEntry& option : option_entries()) {
            if (option.section != section.section || !takes(topic, option)) continue;
            if (is_first) stream << "\n" << section.title << ":\n";
            is_first = false;
            stream << "  " << (option.letter == 0 ? "    " : std::string("-") + option.letter + ", ") << "--"
                   << option.name;
            if (!option.argument.empty()) stream << " " << option.argument;
            stream << "\n";
            if (!option.description.empty())
                stream << std::string(indent, ' ') << wrapped(option.description, indent, indent, width)
                       << "\n";
        }
    }
}

void write_examples(std::ostream& stream, const CommandEntry& command, const std::string& program) {
    for (const auto& [line, purpose] : command.examples)
        stream << "  # " << purpose << "\n  " << program << " " << line << "\n";
}

struct ExitStatus {
    int status;
    std::string_view meaning;
    bool is_diagnose;
    bool is_heal;
    bool is_evidence;
};
constexpr std::array exit_statuses{
    ExitStatus{0, "healthy; heal: or healed and verified, or a dry run; evidence: kept", true, true, true},
    ExitStatus{1, "diagnose: a problem was found. heal: it acted, and the problem is still there", true, true,
               false},
    ExitStatus{2, "wrong usage", true, true, true},
    ExitStatus{3, "diagnose: inconclusive, something that matters could not be checked", true, false, false},
    ExitStatus{4,
               "heal: refused, declined or could not begin; nothing was changed. evidence: could not be kept",
               false, true, true},
    ExitStatus{5, "heal: it acted, and whether that cured could not be found out", false, true, false},
    ExitStatus{6, "heal: it acted, and the time was up while the pods were on their way", false, true, false},
};

void write_exit_statuses(std::ostream& stream, CommandName topic) {
    stream << "\nExit status:\n";
    for (const ExitStatus& entry : exit_statuses) {
        const bool is_meant = topic == CommandName::none       ? true
                              : topic == CommandName::diagnose ? entry.is_diagnose
                              : topic == CommandName::evidence ? entry.is_evidence
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
    write_options(stream, CommandName::none);
    write_exit_statuses(stream, CommandName::none);
    stream << "\nFlags go after the plugin's name. More: " << program << " help COMMAND\n";
}

}  // namespace

std::string program_name(const std::string& argv0) {
    const std::string base = argv0.substr(argv0.rfind('/') + 1);
    return base.empty() || base.starts_with("kubectl-") ? "kubectl cfee-stager" : base;
}

void write_help(std::ostream& stream, CommandName topic, const std::string& program) {
    for (const CommandEntry& command : command_entries()) {
        if (command.name != topic) continue;
        stream << "Examples:\n";
        write_examples(stream, command, program);
        stream << "\nUsage:\n  " << program << " " << command.synopsis << "\n\n"
               << wrapped(command.description, 0, 0, width) << "\n";
        write_options(stream, topic);
        if (topic != CommandName::version && topic != CommandName::help) write_exit_statuses(stream, topic);
        return;
    }
    write_overview(stream, program);
}

}  // namespace cfee
