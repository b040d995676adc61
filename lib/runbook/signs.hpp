// What a history and its latest look show. Only for lib/runbook.
#pragma once

#include <chrono>
#include <optional>

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

/// How long the run of failing looks must still last.
[[nodiscard]] std::chrono::system_clock::duration rest_of_run(const Seen& seen);
/// How long until a look would prove the hang; nothing where none would soon.
[[nodiscard]] std::optional<std::chrono::system_clock::duration> until_the_proof(const Seen& seen);

/// How two looks prove what the latest one is taken for.
[[nodiscard]] HangProof proof_for(const Seen& seen);

}  // namespace cfee
