// Of all that kubectl prints when it fails, the line that says why.
#pragma once

#include <string>

#include "lib/world/host.hpp"

namespace cfee {

/// One line; empty where nothing was said. Not kubectl's trailer about the exit status, of a proxy's page the title, of
/// a credential plugin its own last words, and what kubectl asked where nobody could answer.
[[nodiscard]] std::string telling_line(const Outcome& outcome);

}  // namespace cfee
