// Reads what pods say of the stacks of their processes.
#pragma once

#include <string_view>

#include "lib/facts/stacks.hpp"

namespace cfee {

/// Reads what in_pod/stacks.sh prints of one job.
[[nodiscard]] Stacks read_stacks(std::string_view status, std::string_view text);

}  // namespace cfee
