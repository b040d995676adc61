#include "lib/runbook/auctioneer.hpp"

#include <algorithm>

#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/hung_one.hpp"

namespace cfee {

namespace {

std::string told_of(const Auctioneer& auctioneer) {
    const std::string whose = auctioneer.pod.name + "'s auctioneer";
    switch (auctioneer.stacks.state) {
        case Stacks::State::known:
            return whose + (auctioneer.stacks.waiting_for_locket.empty()
                                ? " runs, and does not ask for its lock"
                                : " waits for Locket's answer to its request for the lock");
        case Stacks::State::closed:
            return whose + " does not run, or has no debug server";
        case Stacks::State::absent:
            return auctioneer.pod.name + " has no auctioneer";
        case Stacks::State::unknown:
            break;
    }
    return "of " + whose + " nothing is known: " + auctioneer.stacks.trouble.text;
}

/// A BBS serves, there are auctioneers, and nobody has their lock.
Proof nobody_has_it(const Facts& facts) {
    const std::vector<std::string> serving = facts.serving();
    const auto& auctioneers = facts.snapshot.auctioneers;
    if (serving.empty() || !auctioneers.is_known() || auctioneers.value().empty() ||
        auctioneer_of(facts) != "")
        return {};
    return {enumerated(serving) +
            " serves, and no auctioneer holds the lock without which nothing is staged"};
}

}  // namespace

// By the newest answers: one that was kept from an earlier look may be outdated.
std::optional<std::string> auctioneer_of(const Facts& facts) {
    std::optional<std::string> holder;
    std::optional<TimePoint> newest;
    for (const AskedPod* asked : facts.diego()) {
        if (asked->inside == nullptr) continue;
        const std::optional<std::string> owner = asked->inside->owner_of(auctioneer_lock);
        if (!owner || asked->inside->locks_asked < newest) continue;
        const bool is_newer = asked->inside->locks_asked > newest;
        if (is_newer || holder.value_or("").empty()) holder = owner;
        newest = asked->inside->locks_asked;
    }
    return holder;
}

bool auctioneer_is_missed(const Facts& facts) {
    const auto& auctioneers = facts.snapshot.auctioneers;
    const bool is_none_of_ours = auctioneers.is_known()
                                     ? auctioneers.value().empty()
                                     : auctioneers.trouble().kind == Trouble::Kind::not_asked;
    return !is_none_of_ours && auctioneer_of(facts).value_or("").empty();
}

// It takes its lock some seconds after a BBS, or a Locket, came back.
Proof prove_auctioneer_late(const Facts& facts, const Findings&) {
    Proof proof = nobody_has_it(facts);
    if (proof.empty()) return {};
    const auto is_new = [&facts](const Pod& pod) { return pod.is_terminating() || facts.is_young(pod); };
    const std::vector<const AskedPod*> diego = facts.diego();
    const auto& auctioneers = facts.snapshot.auctioneers.value();
    if (facts.lock_moved_within(until_all_agree)) {
        proof.emplace_back("the lock of the BBS moved less than 90 s ago");
    } else if (std::any_of(diego.begin(), diego.end(),
                           [&](const AskedPod* one) { return is_new(one->pod); }) ||
               std::any_of(auctioneers.begin(), auctioneers.end(),
                           [&](const Auctioneer& one) { return is_new(one.pod); })) {
        proof.emplace_back("a pod of BBS, Locket or auctioneer is younger than 60 s, or being deleted");
    } else {
        return {};
    }
    return proof;
}

Proof prove_auctioneer_idle(const Facts& facts, const Findings&) {
    Proof proof = nobody_has_it(facts);
    if (proof.empty()) return {};
    for (const Auctioneer& auctioneer : facts.snapshot.auctioneers.value())
        proof.push_back(told_of(auctioneer));
    for (const HangLook::Locket& locket : hang_look_of(facts.snapshot).lockets) {
        if (shows_a_hang(locket))
            proof.push_back("in " + locket.pod + "'s Locket requests for a lock wait where a hang waits");
    }
    return proof;
}

}  // namespace cfee
