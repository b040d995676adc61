// A snapshot, arranged for the questions that checks and diagnoses ask of it. Judges nothing yet.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "lib/facts/snapshot.hpp"

namespace cfee {

/// Younger than this a BBS or Locket pod is still starting: two rounds of the lock's 15 s and of the
/// readiness script's 10 s, with room to spare.
inline constexpr std::chrono::seconds youth{60};

/// A lock that moved less than this ago may be a failover: the lock's 15 s, and the readiness script's 10 s
/// until the labels follow (up to 22 s were seen).
inline constexpr std::chrono::seconds unrest{30};

/// A process that died at its start so long ago may have been started anew since: monit does it each 10 s,
/// and a kubelet waits longer from time to time.
inline constexpr std::chrono::seconds may_die_again_for{90};

/// A lock that is refused is asked for again each second, or each five: who was refused longer ago than that,
/// and not since, was answered in another way since.
inline constexpr std::chrono::seconds until_refused_again{15};

/// A pod that is being deleted should be gone at a known time; so much later it is lost with its node.
inline constexpr std::chrono::seconds patience_with_nodes{120};
/// A lock that is lost so often within such a time is no matter of failovers. Eight in ten minutes were seen.
inline constexpr std::chrono::minutes flapping{10};
inline constexpr long most_losses = 2;

/// A pod, and what it said when it was asked.
struct AskedPod {
    Pod pod;
    const Inside* inside = nullptr;  ///< nullptr: it was not asked, or the whole exec failed

    [[nodiscard]] Ping ping() const { return inside == nullptr ? Ping::unknown : inside->ping; }
    [[nodiscard]] Locks locks() const { return inside == nullptr ? Locks::unknown : inside->locks; }
    /// By its log, a process in it died twice or more in the same way, and not long ago, and has not survived its
    /// start since.
    [[nodiscard]] bool keeps_dying(const LockLog Inside::*log = &Inside::bbs_log) const;
    /// Its BBS's log has ended for so long that nobody starts the process any more. Only of one that should write.
    [[nodiscard]] bool is_silent_for_good() const {
        return inside != nullptr && inside->clock && inside->bbs_log.last_written &&
               *inside->clock - *inside->bbs_log.last_written >= may_die_again_for;
    }
    /// How often its BBS has lost the lock within the last `flapping`.
    [[nodiscard]] long losses_lately() const;
    [[nodiscard]] bool is_labelled_active() const {
        return pod.label == ActiveLabel::active && !pod.is_terminating();
    }
};

struct Facts {
    explicit Facts(const Snapshot& look);

    const Snapshot& snapshot;
    TimePoint now;
    std::vector<Pod> cloud_controllers;
    std::vector<AskedPod> bbs;
    std::vector<AskedPod> lockets;  ///< Locket's own pods, where it has some
    /// BBS and Locket pods that should have been gone for minutes: their node does not answer, they are
    /// nobody any more, and nobody comes in their place. Only here.
    std::vector<AskedPod> lost;

    [[nodiscard]] int wanted_bbs() const;  ///< by the owner's replicas; -1 where that is not known
    /// Likewise of Locket's own pods; 0 where it has none because it runs in the BBS pods.
    [[nodiscard]] int wanted_lockets() const;
    [[nodiscard]] bool locket_has_own_pods() const {
        return snapshot.locket_place() == LocketPlace::own_pods;
    }
    /// BBS and Locket pods that are wanted and not there, as "2 of 2 Locket pods"; empty where none is known.
    [[nodiscard]] std::vector<std::string> missing_pods() const;
    [[nodiscard]] std::vector<std::string> names(
        const std::function<bool(const AskedPod&)>& wanted) const;  ///< of BBS pods
    [[nodiscard]] bool any_bbs(const std::function<bool(const AskedPod&)>& holds) const;
    [[nodiscard]] bool every_bbs(
        const std::function<bool(const AskedPod&)>& holds) const;  ///< false where there is none
    /// BBS and Locket pods.
    [[nodiscard]] std::vector<const AskedPod*> diego() const;

    [[nodiscard]] bool is_young(const Pod& pod) const { return now - pod.created < youth; }
    [[nodiscard]] int ready_cloud_controllers() const;
    /// Whether this is the name of one of our BBS pods: one that is there, or one that its StatefulSet wants.
    [[nodiscard]] bool is_ours(const std::string& lock_owner) const;
    /// Nobody of ours by that name is there or wanted, as after a scale-down; or it is one of a larger foundation's.
    [[nodiscard]] bool is_former(const std::string& lock_owner) const;
    /// Pods whose /v1/ping is answered with 200.
    [[nodiscard]] std::vector<std::string> serving() const;
    /// Does the active label have a meaning here? Editions before SCF 2.11 do not write it.
    [[nodiscard]] bool label_is_used() const;
    /// Without the label, readiness itself says who is active, and a passive pod is never ready.
    [[nodiscard]] bool passive_is_ready() const {
        return label_is_used() && snapshot.edition().passive_is_ready;
    }
    /// A start, gain, loss or end in some BBS's log less than so long ago.
    [[nodiscard]] bool lock_moved_within(std::chrono::seconds span) const;
    /// Errors with which Locket itself refuses the lock, and no later answer of it is known: "diego-api-0: ...".
    [[nodiscard]] std::vector<std::string> refusals() const;
    /// The service by which Cloud Controller knows the BBS; empty where that is none of the namespace's.
    [[nodiscard]] std::string probed_service() const;
};

/// Lockets of which nobody serves for want of an answer, and whose requests for the lock wait in the database at
/// work, a sentence each: no hang, and a restart does not end it. Not known stacks say nothing.
[[nodiscard]] std::vector<std::string> blocked_lockets(const Facts& facts);

/// Where no BBS pod is known, and there are some of an edition whose names are not: a sentence, else nothing.
[[nodiscard]] std::string unjudged_edition(const Facts& facts);

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string enumerated(const std::vector<std::string>& names);

}  // namespace cfee
