// argv becomes a value before anything happens.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/commands/diagnose.hpp"

namespace cfee {

enum class CommandName { none, diagnose, version, help };

enum class ColourChoice { automatic, always, never };

/// What the user wants.
struct Options {
    CommandName command = CommandName::none;
    CommandName help_topic = CommandName::none;  ///< for `help` and for -h
    ColourChoice colour = ColourChoice::automatic;
    DiagnoseOptions diagnose;
};

/// Why argv makes no sense: one line, to be shown after the program's name. Exit status 2.
struct UsageError {
    std::string message;
    OutputFormat format = OutputFormat::text;  ///< where -o json itself was understood
};

/// A command, as help shows it.
struct CommandEntry {
    CommandName name;
    std::string_view word;
    std::string_view summary;
    std::string_view synopsis;  ///< after the program's name
    std::string_view description;
    std::vector<std::pair<std::string_view, std::string_view>>
        examples;  ///< command line after the program's name, and what for
};
[[nodiscard]] const std::vector<CommandEntry>& command_entries();

/// An option, as parsing, help and the man pages' test see it.
struct OptionEntry {
    std::string_view name;      ///< without dashes
    char letter;                ///< 0: none
    std::string_view argument;  ///< empty: a switch
    std::string_view description;
    enum class Section { look, output, kubectl, general } section;
    enum class For { every_command, diagnose } commands;
};
[[nodiscard]] std::span<const OptionEntry> option_entries();

/// Throws UsageError. `kubectl_path` is $KUBECTL_PATH, or empty.
[[nodiscard]] Options parse_options(const std::vector<std::string>& arguments,
                                    const std::string& kubectl_path);

}  // namespace cfee
