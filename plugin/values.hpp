// What the value of a flag may be. All of them throw UsageError, with the flag's name.
#pragma once

#include <chrono>
#include <string>

#include "lib/facts/probe.hpp"
#include "plugin/option_entries.hpp"

namespace cfee {

/// What was typed is repeated in the message, and may hold anything.
[[noreturn]] void refuse(const std::string& message);
/// The message where it is nothing, or nothing follows.
[[nodiscard]] std::string missing_value(const OptionEntry& option);

/// Anything but nothing.
[[nodiscard]] const std::string& some_value(const Given& given);
[[nodiscard]] std::chrono::milliseconds duration_value(const Given& given);
/// The time of one probe.
[[nodiscard]] std::chrono::seconds probe_seconds(const Given& given);
[[nodiscard]] const std::string& namespace_value(const Given& given);
[[nodiscard]] Address address_value(const Given& given);
/// From 1 on.
[[nodiscard]] int ordinal_value(const Given& given);

}  // namespace cfee
