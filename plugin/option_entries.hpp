// An option is one row, and parser, messages, help and the manual's test read the same one.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plugin/options.hpp"

namespace cfee {

struct OptionEntry;

/// An option with its values in the order of the command line, or with its default alone. Never empty; of a
/// switch, "true" or "false".
struct Given {
    const OptionEntry& option;
    std::vector<std::string> values;

    /// Where only one value counts, it is the last.
    [[nodiscard]] const std::string& value() const { return values.back(); }
    [[nodiscard]] bool is_on() const { return value() == "true"; }
};

/// Takes the values over into the options. Throws UsageError where they make no sense.
using Setter = void (*)(Options&, const Given&);
/// One for each alternative of CommandOptions; nullptr where that command does not take the option.
using Setters = std::array<Setter, std::variant_size_v<CommandOptions>>;

/// What it means for an option that another one was given too.
enum class Tie { none, excludes, needs, yields_to };

struct OptionEntry {
    enum class Section { look, heal, output, kubectl, general };

    std::string_view name;         ///< without dashes
    char letter = 0;               ///< 0: none
    std::string_view argument;     ///< empty: a switch
    std::string_view description;  ///< {default} and {choices} stand for the columns of these names
    Section section;
    std::string_view standard;                  ///< the default; empty: where it is not given, nothing is set
    std::string_view bare;                      ///< what it means without a value; empty: it needs one
    std::span<const std::string_view> choices;  ///< empty: what its setter takes
    std::string_view kind;  ///< what a wrong choice is called; empty: a value for this flag
    Tie tie = Tie::none;
    std::string_view other;  ///< the name that the tie is to
    Setters set;

    [[nodiscard]] bool is_switch() const { return argument.empty(); }
};

[[nodiscard]] std::span<const OptionEntry> option_entries();
/// nullptr where no option has this name, or this letter.
[[nodiscard]] const OptionEntry* option_by_name(std::string_view name);
[[nodiscard]] const OptionEntry* option_by_letter(char letter);
/// Does the command take the option?
[[nodiscard]] bool takes(const CommandEntry& command, const OptionEntry& option);
/// "text (default) or json": with the default marked, for help; without, for messages.
enum class Marked { no, yes };
[[nodiscard]] std::string listed_choices(const OptionEntry& option, Marked marked);

}  // namespace cfee
