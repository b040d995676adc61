// Which pods go, in which order and why. Only text until it is acted on.
#pragma once

#include <string>
#include <vector>

#include "lib/facts/condition.hpp"
#include "lib/facts/deletion.hpp"

namespace cfee {

/// Pods of one stage go all at once; a stage begins when the one before it is back.
struct PlanStage {
    Role role = Role::bbs;
    std::vector<Deletion> deletions;
};

struct Plan {
    std::vector<PlanStage> stages;      ///< Locket's own pods first, then BBS pods
    std::vector<std::string> refusals;  ///< why it must not be acted on; empty: it may
    std::vector<std::string> warnings;  ///< what may make it slow or fail
    std::vector<Condition> conditions;  ///< as they were seen when it was made
    std::string digest;  ///< bound to server, context, namespace, UIDs, diagnosis and conditions

    [[nodiscard]] std::vector<Deletion> deletions() const;
};

}  // namespace cfee
