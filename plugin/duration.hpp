// Durations as kubectl writes them.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace cfee {

/// "5s", "2m", "1m30s", "1h", "1500ms"; also "0". Nothing where it is something else, or more than a day.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace cfee
