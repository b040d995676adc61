// What heal does next. Pure: by what has happened, the latest look and the time.
#pragma once

#include "lib/runbook/decision.hpp"

namespace cfee {

/// `look` is the latest one, and `history` has seen it.
[[nodiscard]] Decision decide(const History& history, const Judged& look, TimePoint now,
                              const Limits& limits);

}  // namespace cfee
