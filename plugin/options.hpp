// argv becomes a value before anything happens.
#pragma once

#include <string>
#include <vector>

#include "plugin/command_entries.hpp"

namespace cfee {

enum class ColourChoice { automatic, always, never };

/// What the user wants.
struct Options {
    CommandOptions command;
    ColourChoice colour = ColourChoice::automatic;
};

/// Why argv makes no sense: one line, to be shown after the program's name. Exit status 2.
struct UsageError {
    std::string message;
    OutputFormat format = OutputFormat::text;  ///< where -o json itself was understood
    const CommandEntry* command = nullptr;     ///< as far as that was understood
};

/// What the environment says.
struct Surroundings {
    std::string kubectl_path;  ///< $KUBECTL_PATH, where it names a program; else empty
    std::string state_home;    ///< $XDG_STATE_HOME, or ~/.local/state
};

/// Throws UsageError.
[[nodiscard]] Options parse_options(const std::vector<std::string>& arguments,
                                    const Surroundings& surroundings);

}  // namespace cfee
