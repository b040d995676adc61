// What a history and its latest look show. Only for lib/runbook.
#pragma once

#include "lib/runbook/history.hpp"

namespace cfee {

/// A history with its latest look.
struct Seen {
    const History& history;
    const Judged& look;
    TimePoint now;
    const Limits& limits;
};
[[nodiscard]] bool shows(Sign sign, const Seen& seen);

/// How two looks prove what the latest one is taken for.
[[nodiscard]] HangProof proof_for(const Seen& seen);

}  // namespace cfee
