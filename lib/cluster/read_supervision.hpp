// Reads what a BBS pod says of its BBS's process, and of who would start it.
#pragma once

#include "lib/cluster/sentinel.hpp"
#include "lib/facts/supervision.hpp"

namespace cfee {

/// Reads what in_pod/supervision.sh prints.
[[nodiscard]] Supervision read_supervision(const ScriptParts& parts);

}  // namespace cfee
