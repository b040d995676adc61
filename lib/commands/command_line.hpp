// A command as a person would type it.
#pragma once

#include <string>

#include "lib/world/host.hpp"

namespace cfee {

/// In a shell's words, without secrets.
[[nodiscard]] std::string command_line(const Command& command);

}  // namespace cfee
