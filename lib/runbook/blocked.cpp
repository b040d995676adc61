// A Locket whose requests for the lock wait for what its database does, and not at connections that are dead.
#include "lib/runbook/blocked.hpp"

#include <algorithm>

#include "lib/runbook/hang_look.hpp"

namespace cfee {

namespace {

/// Whoever gets no answer just now. Without one of them a request under way is one that is served.
bool waits_for_locket(const Facts& facts, const HangLook::Bbs& bbs) {
    return !bbs.stacks.waiting_for_locket.empty() || facts.any_bbs([&bbs](const AskedPod& asked) {
        return asked.pod.name == bbs.pod && asked.locks() == Locks::hangs;
    });
}

/// Where it is not known whom a BBS asks, each Locket may be the one.
bool is_waited_for(const Facts& facts, const HangLook& look, const HangLook::Locket& locket) {
    return std::any_of(look.bbs.begin(), look.bbs.end(), [&](const HangLook::Bbs& bbs) {
        return (bbs.locket.empty() || bbs.locket == locket.pod) && waits_for_locket(facts, bbs);
    });
}

}  // namespace

std::vector<std::string> blocked_lockets(const Facts& facts) {
    if (!facts.serving().empty()) return {};
    const HangLook look = hang_look_of(facts.snapshot);
    std::vector<std::string> blocked;
    for (const HangLook::Locket& locket : look.lockets) {
        if (!locket.stacks.is_known() || !is_waited_for(facts, look, locket)) continue;
        // One that waits where a hang waits: the others may be under way, or wait behind it.
        if (!locket.stacks.waiting_for_database.empty()) return {};
        const int waiting = locket.stacks.outside;
        if (waiting > 0)
            blocked.push_back("in " + locket.pod + "'s Locket " + std::to_string(waiting) +
                              (waiting == 1 ? " request" : " requests") +
                              " for the lock waited for what the database does, and none at a connection "
                              "that is dead");
    }
    return blocked;
}

Proof prove_database_blocked(const Facts& facts, const Findings&) {
    return blocked_lockets(facts);
}

}  // namespace cfee
