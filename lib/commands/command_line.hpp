// A command as a person would type it.
#pragma once

#include <string>

#include "lib/commands/console.hpp"
#include "lib/world/narrator.hpp"

namespace cfee {

/// In a shell's words, without secrets.
[[nodiscard]] std::string command_line(const Command& command);

/// The world, which says each command line on standard error as it runs (-v).
[[nodiscard]] Narrator narrated(Host& host, const Console& console, bool is_verbose);

}  // namespace cfee
