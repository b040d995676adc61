// Watching deleted pods come back. Judges what `get` shows only as far as it decides what to ask next.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lib/cluster/look.hpp"
#include "lib/runbook/plan.hpp"
#include "lib/world/host.hpp"

namespace cfee {

/// How far the pods of a stage are, by one `get`.
struct Recovery {
    enum class State {
        unseen,     ///< the `get` failed: no look
        under_way,  ///< old pods are still there, or new ones not ready
        back,       ///< every deleted UID gone, every wanted pod there with a new UID and ready
        hopeless,   ///< a new pod cannot come up (ImagePullBackOff, CrashLoopBackOff, Unschedulable)
    };
    State state = State::unseen;
    bool looks_healthy = false;  ///< back, exactly one active, and the service has an endpoint
    std::string summary;         ///< one line: what is waited for, or why it is hopeless
};

/// Judges a snapshot that holds pods, services and endpoints, and no exec.
[[nodiscard]] Recovery recovery_of(const Snapshot& snapshot, const std::vector<Deletion>& deletions,
                                   Role role);

/// What must not change between the two looks that prove a cure: UIDs, restarts and the active pod.
[[nodiscard]] std::map<std::string, std::string> fingerprint_of(const Snapshot& snapshot);

}  // namespace cfee
