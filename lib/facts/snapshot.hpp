// One look at the cluster: facts, no judgement.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/facts/answer.hpp"
#include "lib/facts/auctioneer.hpp"
#include "lib/facts/edition.hpp"
#include "lib/facts/inside.hpp"
#include "lib/facts/pod.hpp"
#include "lib/facts/probe.hpp"
#include "lib/facts/service.hpp"

namespace cfee {

/// Clocks that differ by more than this are not alike any more: one of them is wrong.
inline constexpr std::chrono::seconds most_that_clocks_differ{60};

struct Snapshot {
    TimePoint started;
    TimePoint ended;
    std::string name_space;
    std::string flags;    ///< what leads kubectl to this place again: "-n cf --context=..."; without secrets
    std::string context;  ///< empty where kubectl's configuration names none
    std::string server;   ///< likewise
    bool namespace_is_missing = false;
    Answer<std::vector<Pod>> pods;  ///< of all roles that concern us
    Answer<std::vector<Service>> services;
    Answer<std::vector<Endpoints>> endpoints;
    Answer<std::vector<Controller>> controllers;
    Answer<std::vector<Controller>> replica_sets;  ///< asked for where pods are about to be deleted
    std::vector<Probe> probes;                     ///< from each ready Cloud Controller pod
    std::vector<Inside> insides;                   ///< of each BBS and Locket pod that could be asked
    Answer<std::vector<Auctioneer>> auctioneers;   ///< asked for where a BBS serves and their lock is missing

    /// The time by which ages are judged: the earliest of our own clock and the pods', so that a wrong clock
    /// makes pods look younger than they are rather than older. But none that is behind the API server's,
    /// which wrote into each pod when it was made: by such a clock they would stay young until it catches up.
    [[nodiscard]] TimePoint now() const;
    /// Pods of a role, without those that have succeeded: one that failed stays, for it is missed. Empty
    /// where the pods are not known.
    [[nodiscard]] std::vector<Pod> pods_of(Role role) const;
    [[nodiscard]] const Inside* inside_of(const std::string& pod) const;
    /// Locket has answered somebody's question for the lock in this look: then its database has answered too.
    [[nodiscard]] bool lock_was_answered() const;
    /// By the jobs of the BBS pods, else by the StatefulSets and pods that there are.
    [[nodiscard]] LocketPlace locket_place() const;
    /// By all that is known so far.
    [[nodiscard]] const Edition& edition() const;
    /// The likeliest that there is by which Cloud Controller may know the BBS; empty where none is known.
    [[nodiscard]] std::string bbs_service() const;
};

}  // namespace cfee
