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
    SectionTitle{OptionEntry::Section::output, "Output"},
    SectionTitle{OptionEntry::Section::kubectl, "kubectl (passed on to each kubectl that is run)"},
    SectionTitle{OptionEntry::Section::general, "General"},
};

bool belongs(const OptionEntry& option, CommandName topic) {
    return option.commands == OptionEntry::For::every_command || topic == CommandName::diagnose;
}

void write_options(std::ostream& stream, CommandName topic) {
    for (const SectionTitle& section : sections) {
        bool is_first = true;
        for (const OptionEntry& option : option_entries()) {
            if (option.section != section.section || !belongs(option, topic)) continue;
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

void write_exit_statuses(std::ostream& stream) {
    stream << "\nExit status:\n"
              "  0 healthy   1 a problem was found   2 wrong usage\n"
              "  3 inconclusive: something that matters could not be checked\n"
              "  130, 143 interrupted by SIGINT, SIGTERM\n";
}

void write_overview(std::ostream& stream, const std::string& program) {
    stream << "Examples:\n";
    for (const CommandEntry& command : command_entries()) write_examples(stream, command, program);
    stream << "\nSays whether Cloud Foundry's stager is unavailable (170010) because no Diego BBS\n"
              "gets its lock from Locket, or because of something else, and why.\n\nCommands:\n";
    for (const CommandEntry& command : command_entries()) {
        stream << "  " << command.word << std::string(10 - command.word.size(), ' ') << command.summary
               << "\n";
    }
    write_options(stream, CommandName::none);
    write_exit_statuses(stream);
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
        if (topic == CommandName::diagnose) write_exit_statuses(stream);
        return;
    }
    write_overview(stream, program);
}

}  // namespace cfee
