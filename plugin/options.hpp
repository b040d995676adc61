// argv becomes a value before anything happens.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/commands/diagnose.hpp"
#include "lib/commands/heal.hpp"

namespace cfee {

enum class CommandName { none, diagnose, heal, evidence, version, help };

enum class ColourChoice { automatic, always, never };

/// What the user wants.
struct Options {
    CommandName command = CommandName::none;
    CommandName help_topic = CommandName::none;  ///< for `help` and for -h
    ColourChoice colour = ColourChoice::automatic;
    DiagnoseOptions diagnose;
    HealOptions heal;  ///< also for `evidence`
};

/// Why argv makes no sense: one line, to be shown after the program's name. Exit status 2.
struct UsageError {
    std::string message;
    OutputFormat format = OutputFormat::text;  ///< where -o json itself was understood
    CommandName command = CommandName::none;   ///< as far as that was understood
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
    enum class Section { look, heal, output, kubectl, general } section;
    enum class For { every_command, looking, diagnose, diagnose_and_heal, heal, heal_and_evidence } commands;
};
[[nodiscard]] std::span<const OptionEntry> option_entries();
/// Does the command take the option?
[[nodiscard]] bool takes(CommandName command, const OptionEntry& option);

/// What the environment says.
struct Surroundings {
    std::string kubectl_path;  ///< $KUBECTL_PATH, where it names a program; else empty
    std::string state_home;    ///< $XDG_STATE_HOME, or ~/.local/state
};

/// Throws UsageError.
[[nodiscard]] Options parse_options(const std::vector<std::string>& arguments,
                                    const Surroundings& surroundings);

}  // namespace cfee
