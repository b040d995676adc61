// Reads what `cfdot locks` printed in a BBS pod.
#pragma once

#include "lib/cluster/sentinel.hpp"
#include "lib/facts/inside.hpp"

namespace cfee {

/// One JSON object a line and a lock, in any order; other lines are cfdot's own words. A lock that cannot be
/// read, or that stands there twice, makes the whole answer one that nobody can read. What silence means
/// depends on the connection to Locket, which has been read by then.
void read_locks(const ScriptPart& part, Inside& inside);

}  // namespace cfee
