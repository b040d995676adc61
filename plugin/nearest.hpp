// The word that somebody probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cfee {

/// The candidate with the fewest letters to change; empty where none is near enough to be worth suggesting.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace cfee
