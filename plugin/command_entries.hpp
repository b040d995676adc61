// What the user wants done: one alternative a command, with what that command may be told and nothing else.
#pragma once

#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lib/cluster/kubectl.hpp"
#include "lib/commands/diagnose.hpp"
#include "lib/commands/evidence.hpp"
#include "lib/commands/heal.hpp"

namespace cfee {

struct CommandEntry;

struct VersionOptions {
    Kubectl kubectl;
};

struct HelpOptions {
    const CommandEntry* topic = nullptr;  ///< nullptr: the whole
};

using CommandOptions =
    std::variant<HelpOptions, VersionOptions, DiagnoseOptions, HealOptions, EvidenceOptions>;

/// A command, as the parser and help see it.
struct CommandEntry {
    CommandOptions beginning;  ///< as it is before any option is set
    std::string_view word;
    std::string_view summary;
    std::string_view synopsis;  ///< after the program's name
    std::string_view description;
    /// Command line after the program's name, and what for.
    std::vector<std::pair<std::string_view, std::string_view>> examples;

    template <typename Alternative>
    [[nodiscard]] bool is() const {
        return std::holds_alternative<Alternative>(beginning);
    }
};
[[nodiscard]] const std::vector<CommandEntry>& command_entries();
/// nullptr where no command has this name.
[[nodiscard]] const CommandEntry* command_by_word(std::string_view word);
/// The command's own row.
[[nodiscard]] const CommandEntry& entry_of(const CommandOptions& command);

}  // namespace cfee
