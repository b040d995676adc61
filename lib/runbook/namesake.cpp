#include "lib/runbook/namesake.hpp"

#include <algorithm>

#include "lib/runbook/hang_look.hpp"

namespace cfee {

namespace {

using State = Namesake::State;

bool was_told_that_it_is_taken(const AskedPod& asked) {
    return asked.inside != nullptr && asked.inside->bbs_log.found_it_held();
}

// It has the lock by what it says itself.
bool says_that_it_has_the_lock(const AskedPod& asked) {
    return asked.ping() == Ping::serving || asked.ping() == Ping::error ||
           (asked.inside != nullptr && asked.inside->bbs_log.says_active);
}

// (A) and (B) of a hang, of one look: the BBS waits for Locket, and Locket for its database. What could not be seen
// denies neither.
std::string why_it_does_not_wait(const Facts& facts, const std::string& owner) {
    const HangLook look = hang_look_of(facts.snapshot);
    const auto bbs = std::find_if(look.bbs.begin(), look.bbs.end(),
                                  [&owner](const HangLook::Bbs& one) { return one.pod == owner; });
    if (bbs == look.bbs.end() || !bbs->stacks.is_known()) return "";
    if (bbs->stacks.waiting_for_locket.empty()) return owner + "'s BBS does not wait for Locket's answer";
    const auto may_be_asked = [&bbs](const HangLook::Locket& one) {
        return bbs->locket.empty() || bbs->locket == one.pod;
    };
    const bool none_waits =
        std::none_of(look.lockets.begin(), look.lockets.end(), [&](const HangLook::Locket& one) {
            return may_be_asked(one) && (!one.stacks.is_known() || !one.stacks.waiting_for_database.empty());
        });
    return none_waits ? "the Locket that " + owner + "'s BBS asks does not wait for its database" : "";
}

}  // namespace

Namesake namesake_of(const Facts& facts, const std::string& owner) {
    const auto ours = std::find_if(facts.bbs.begin(), facts.bbs.end(),
                                   [&owner](const AskedPod& asked) { return asked.pod.name == owner; });
    const bool any_stands_by = facts.any_bbs(was_told_that_it_is_taken);
    if (ours == facts.bbs.end() || !any_stands_by || says_that_it_has_the_lock(*ours)) return {};
    if (was_told_that_it_is_taken(*ours))
        return {State::somebody_else, "our " + owner + " was told itself that another has the lock"};
    const std::string why = why_it_does_not_wait(facts, owner);
    if (why.empty()) return {};
    return {State::doubtful, why + ": its namesake in another foundation may have the lock"};
}

Proof prove_held_by_a_namesake(const Facts& facts, const Findings&) {
    if (!facts.serving().empty()) return {};
    for (const AskedPod& asked : facts.bbs) {
        if (asked.locks() != Locks::owner || !facts.is_ours(asked.inside->lock_owner)) continue;
        const std::string& owner = asked.inside->lock_owner;
        const Namesake namesake = namesake_of(facts, owner);
        if (namesake.state != State::somebody_else) continue;
        return {
            "Locket names " + owner + " as the owner of the lock, and " + namesake.why,
            "BBS pods are called alike in every foundation: restarting ours cannot take the lock from it"};
    }
    return {};
}

}  // namespace cfee
