// Which pods go, in which order and why, and what will recreate them. Pure: a plan is only text until it is
// acted on.
#pragma once

#include <string>
#include <vector>

#include "lib/facts/plan.hpp"
#include "lib/runbook/diagnosis.hpp"

namespace cfee {

/// May heal act on this? The remedy must be restart; with `forced`, a fact that could not be had may be
/// missing, but none may speak against.
struct Consideration {
    bool may_act = false;
    std::vector<std::string> reasons;  ///< why not; or, if forced, which facts were not had
};
enum class Force { no, yes };
[[nodiscard]] Consideration consider(const Snapshot& snapshot, const Judgement& judgement, Force force);

/// The pods of the diagnosis, which must be one on which heal may act. Without commands: those are kubectl's.
/// `unready_nodes`: names of nodes that are not ready, for warnings.
[[nodiscard]] Plan make_plan(const Judged& look, Force force, const std::vector<std::string>& unready_nodes);

/// Why this pod must not be deleted, whatever else is so: nobody would recreate it, or it is the active one.
/// Empty: it may.
[[nodiscard]] std::string why_not_deleted(const Snapshot& snapshot, const Pod& pod, const Restart& restart,
                                          Force force);

}  // namespace cfee
