// (b) of a restart's conditions: Locket hangs, or names one of our own BBS pods.
#pragma once

#include "lib/facts/condition.hpp"
#include "lib/runbook/facts.hpp"

namespace cfee {

[[nodiscard]] Condition lock_is_ours(const Facts& facts);

}  // namespace cfee
