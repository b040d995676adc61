// When restarting helps: all of (a) to (e), and every one of them known. Only for lib/runbook.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/condition.hpp"
#include "lib/facts/deletion.hpp"
#include "lib/runbook/facts.hpp"
#include "lib/runbook/hang.hpp"

namespace cfee {

/// Pods that heal itself has deleted already, and those that came in their place: that they are young, or on
/// their way out, speaks against nothing.
struct OwnDoing {
    std::vector<std::string> deleted;  ///< UIDs
    std::vector<std::string> owners;   ///< UIDs of the owners of those
    std::vector<std::string> planned;  ///< UIDs of all that the plan names

    [[nodiscard]] bool is_any() const { return !deleted.empty(); }
    [[nodiscard]] bool covers(const Pod& pod) const;
};

/// (a) no BBS answers its ping; (b) Locket hangs, or names one of our own pods; (c) every database accepts
/// connections, and answers where it was asked in its own language; (d) no migration runs; (e) no pod is
/// Terminating or young.
[[nodiscard]] std::vector<Condition> restart_conditions(const Facts& facts, const OwnDoing& own = {});

/// What speaks against beats what is not known, and that what holds.
[[nodiscard]] Condition::State both(Condition::State one, Condition::State other);
/// What holds, as the proof of a restart: complete, or empty.
[[nodiscard]] std::vector<std::string> proof_if_all_hold(const std::vector<Condition>& conditions);
/// Why there is no such proof, a sentence for each condition that is missed.
[[nodiscard]] std::vector<std::string> why_no_restart(const std::vector<Condition>& conditions);

/// What a cause whose remedy is a restart needs for it, and which pods it is about.
struct Restart {
    std::vector<Condition> (*conditions)(const Facts&, const OwnDoing&);
    bool (*concerns)(const Facts&, const Pod&);
    bool may_be_active =
        false;  ///< it proves of a pod that is labelled active with an endpoint that it is broken
    /// Only two looks that prove it so allow the restart, and no grace period stands in for them.
    HangProof demanded_proof = nullptr;
    std::string_view why_bbs =
        "no BBS gets its lock, or works with it";  ///< what is said of a BBS pod in the plan
};
extern const Restart restart_of_all;             ///< the runbook's step 5
extern const Restart restart_of_the_broken_one;  ///< the same, of a BBS that has the lock and does not work
extern const Restart restart_of_bbs_that_are_gone;  ///< no BBS runs, and Locket has nothing to do with it
extern const Restart restart_of_the_one_all_ask;    ///< one Locket of several: hung_one.cpp
/// The same, of one that keeps the auctioneer waiting while a BBS serves by another: hung_for_auctioneer.cpp
extern const Restart restart_of_the_one_auctioneer_asks;

}  // namespace cfee
