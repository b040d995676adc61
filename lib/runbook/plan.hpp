// Which pods go, in which order and why, and what will recreate them. Pure: a plan is only text until it is
// acted on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/runbook/diagnosis.hpp"

namespace cfee {

struct Deletion {
    std::string pod;
    std::string uid;
    std::string owner;   ///< "StatefulSet/diego-api"
    std::string state;   ///< "2/2 Running"
    std::string active;  ///< true, false or -: the label
    std::string age;     ///< "3h", "12m", "70s"
    std::string reason;
    std::string command;  ///< exactly what will run, for a person
};

/// Pods of one stage go all at once; a stage begins when the one before it is back.
struct PlanStage {
    Role role = Role::bbs;
    std::vector<Deletion> deletions;
};

struct Plan {
    std::vector<PlanStage> stages;      ///< Locket's own pods first, then BBS pods
    std::vector<std::string> refusals;  ///< why it must not be acted on; empty: it may
    std::vector<std::string> warnings;  ///< what may make it slow or fail
    std::string digest;                 ///< bound to server, context, namespace, UIDs and diagnosis

    [[nodiscard]] std::vector<Deletion> deletions() const;
};

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
