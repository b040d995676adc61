// Watching deleted pods come back. Judges what `get` shows only as far as it decides what to ask next.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lib/facts/deletion.hpp"
#include "lib/facts/snapshot.hpp"

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

/// `denied` could not be deleted, and is not waited for. Judges a snapshot that holds pods, services and
/// endpoints, and no exec.
[[nodiscard]] Recovery recovery_of(const Snapshot& snapshot, const std::vector<Deletion>& deletions,
                                   Role role, const std::vector<Deletion>& denied = {});

/// What must not change in an unbroken run of looks: by name, each pod's UID, restarts and active label.
using Fingerprint = std::map<std::string, std::string>;
[[nodiscard]] Fingerprint fingerprint_of(const Snapshot& snapshot);

}  // namespace cfee
