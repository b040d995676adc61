// RFC 3339, as Kubernetes, the BBS and our own documents write it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cfee {

/// "2026-11-22T13:45:35Z", with or without a fraction of a second, in UTC or with an offset such as
/// "+09:00". Else nothing.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> parse_timestamp(std::string_view text);
/// Seconds since 1970, up to the year 2191; a fraction is left out. Else nothing.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> parse_epoch(std::string_view text);
/// As RFC 3339, with whole seconds or with milliseconds: what is finer is left out.
[[nodiscard]] std::string format_timestamp(std::chrono::system_clock::time_point time);
[[nodiscard]] std::string format_timestamp_ms(std::chrono::system_clock::time_point time);
/// "8 s ago", "12 min ago", "3 h ago", "2 d ago", for a person.
[[nodiscard]] std::string ago(std::chrono::system_clock::duration age);

}  // namespace cfee
