// The only way to a deletion. Pure.
#pragma once

#include <string>
#include <vector>

#include "lib/facts/cleared.hpp"
#include "lib/runbook/history.hpp"

namespace cfee {

/// What the gate says to the deletions that are due: the first stage, the next one, or what of the present
/// one was not answered.
struct GateAnswer {
    enum class Kind {
        cleared,
        refused,  ///< something is not as it was agreed to, or speaks against it
        unseen,   ///< the latest look does not tell: look again
    };
    Kind kind = Kind::unseen;
    std::vector<ClearedDeletion> deletions;  ///< where cleared
    std::vector<std::string> reasons;        ///< where not
};

[[nodiscard]] bool is_stale(const Judged& look, TimePoint now, const Limits& limits);

/// Judges and plans the latest look anew, and compares that with what was agreed to.
[[nodiscard]] GateAnswer may_delete(const History& history, const Judged& look, TimePoint now,
                                    const Limits& limits);

}  // namespace cfee
