// How a row of the option table says which commands take the option and what it sets, in one breath.
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "plugin/option_entries.hpp"

namespace cfee {

/// The command's place in the variant.
template <typename Alternative, std::size_t index = 0>
constexpr std::size_t index_of() {
    if constexpr (std::is_same_v<std::variant_alternative_t<index, CommandOptions>, Alternative>)
        return index;
    else
        return index_of<Alternative, index + 1>();
}

/// `set(options of the command, given)` for each of these commands; it does not compile where the options of
/// one of them have nothing to set.
template <typename... Commands, typename Set>
constexpr Setters for_commands(Set /*set*/) {
    Setters setters{};
    const auto add = [&setters]<typename Alternative>(std::type_identity<Alternative> /*type*/) {
        setters[index_of<Alternative>()] = [](Options& options, const Given& given) {
            Set{}(std::get<Alternative>(options.command), given);
        };
    };
    (add(std::type_identity<Commands>{}), ...);
    return setters;
}

/// For those that look at a cluster.
template <typename Set>
constexpr Setters for_looking(Set set) {
    return for_commands<DiagnoseOptions, HealOptions, EvidenceOptions>(set);
}

/// `set(Options, given)` for every command.
template <typename Set>
constexpr Setters for_every_command(Set /*set*/) {
    Setters setters{};
    setters.fill([](Options& options, const Given& given) { Set{}(options, given); });
    return setters;
}

/// What the words of an option mean.
template <typename Value, std::size_t size>
struct Choices {
    std::array<std::string_view, size> words;
    std::array<Value, size> values;

    /// `word` is one of them: that has been seen to before any setter is called.
    [[nodiscard]] constexpr Value operator[](std::string_view word) const {
        return values.at(
            static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin()));
    }
};

}  // namespace cfee
