// Which pods go, in which order and why, and what will recreate them. Pure: a plan is only text until it is
// acted on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/facts/plan.hpp"
#include "lib/runbook/diagnosis.hpp"

namespace cfee {

/// The command for a pod and its UID, as text.
using CommandText = std::function<std::string(const std::string& pod, const std::string& uid)>;

/// `unready_nodes`: names of nodes that are not ready, for warnings.
[[nodiscard]] Plan make_plan(const Snapshot& snapshot, const Judgement& judgement, const CommandText& command,
                             const std::vector<std::string>& unready_nodes);

/// May heal act on this? The remedy must be restart; with `forced`, a fact that could not be had may be
/// missing, but none may speak against.
struct Consideration {
    bool may_act = false;
    std::vector<std::string> reasons;  ///< why not; or, if forced, which facts were not had
};
enum class Force { no, yes };
[[nodiscard]] Consideration consider(const Snapshot& snapshot, const Judgement& judgement, Force force);

}  // namespace cfee
