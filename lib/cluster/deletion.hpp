// Deleting exactly one pod: the one with this UID, or none.
#pragma once

#include <chrono>
#include <string>

#include "lib/cluster/kubectl.hpp"
#include "lib/facts/cleared.hpp"
#include "lib/facts/deletion.hpp"
#include "lib/world/host.hpp"

namespace cfee {

/// The cluster, and its server's URL as kubectl's configuration has it.
struct Place {
    const Kubectl& kubectl;
    std::string server;
};

/// Older clients do not know --interactive; newer ones may have it set by the user's kuberc, and then refuse
/// --raw unless it is spelled out.
enum class Kuberc { unsaid, not_interactive };

/// `kubectl delete --raw [PATH OF THE SERVER'S URL]/api/v1/namespaces/NS/pods/POD -f -`, with the UID as a
/// precondition on standard input. There is no fallback to a plain delete: that would hit whatever pod has
/// the name by then.
[[nodiscard]] Command deletion(const Place& place, const ClearedDeletion& cleared, Kuberc kuberc,
                               std::chrono::milliseconds limit);

/// Its server-side dry run: the API server checks rights, admission and UID, and changes nothing. That it is
/// one must stand in the body: with --raw, kubectl ignores its own --dry-run flag and really deletes.
[[nodiscard]] Command rehearsal(const Place& place, const Deletion& planned, Kuberc kuberc,
                                std::chrono::milliseconds limit);

/// The same for a person to read and to type.
[[nodiscard]] std::string deletion_for_a_person(const Place& place, const Deletion& planned);

[[nodiscard]] DeletionResult read_deletion(const std::string& pod, const Outcome& outcome);

}  // namespace cfee
