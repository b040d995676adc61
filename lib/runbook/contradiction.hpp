// What the pods say of the lock that cannot all be true. Only for lib/runbook.
#pragma once

#include "lib/runbook/causes.hpp"

namespace cfee {

/// Whenever the lock last moved.
[[nodiscard]] Proof contradictions(const Facts& facts);
Proof prove_contradiction(const Facts& facts, const Findings& findings);

}  // namespace cfee
