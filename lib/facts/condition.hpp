// A condition for a restart, as one look shows it.
#pragma once

#include <string>

namespace cfee {

enum class ConditionName {
    nobody_serves,
    lock_is_ours,
    databases_accept,
    nothing_migrates,
    all_are_settled,
    locket_answers,
    no_bbs_runs,
    monit_watches,
    log_explains_nothing,
    one_locket_hangs,
    one_serves,
    auctioneer_waits
};

/// The proof of a restart needs `holds` of all of them.
struct Condition {
    enum class State { holds, speaks_against, unknown };
    ConditionName name;
    State state;
    std::string text;  ///< what holds, as a sentence

    /// (a) to (e), as documents list them, and those of single causes.
    [[nodiscard]] char letter() const { return "abcdefghijkl"[static_cast<int>(name)]; }
};

}  // namespace cfee
