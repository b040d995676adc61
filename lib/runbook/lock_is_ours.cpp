#include "lib/runbook/lock_is_ours.hpp"

#include <algorithm>

#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/hung_one.hpp"
#include "lib/runbook/namesake.hpp"
#include "lib/runbook/restart.hpp"

namespace cfee {

namespace {

using State = Condition::State;

// A Locket that hung is left in peace for a while: the answer may be an earlier look's.
std::string how_long_ago(const Facts& facts) {
    std::chrono::seconds age{0};
    for (const AskedPod& asked : facts.bbs) {
        if (asked.locks() != Locks::hangs || !asked.inside->locks_asked) continue;
        age = std::max(age, std::chrono::floor<std::chrono::seconds>(facts.snapshot.started -
                                                                     *asked.inside->locks_asked));
    }
    return age.count() < 1 ? "" : " (" + std::to_string(age.count()) + " s ago)";
}

// Every BBS waits for the lock, and every Locket's requests for one where a hang waits: nobody else holds it then,
// whomever the row names that nobody can remove.
bool all_wait_at_hanging_lockets(const Facts& facts) {
    const HangLook look = hang_look_of(facts.snapshot);
    return !look.bbs.empty() && !look.lockets.empty() &&
           std::all_of(look.bbs.begin(), look.bbs.end(), waits_for_the_lock) &&
           std::all_of(look.lockets.begin(), look.lockets.end(), shows_a_hang);
}

State state_of_owner(const Facts& facts, const std::string& owner) {
    const bool is_left_over = facts.is_former(owner) && all_wait_at_hanging_lockets(facts);
    return facts.is_ours(owner) || is_left_over ? State::holds : State::speaks_against;
}

// What the BBS pods were told by Locket, asked for its locks.
struct Told {
    State state = State::holds;
    std::vector<std::string> hanging;
    std::string owner;
};

// `hung_one`: the Locket at which all wait; empty: none.
Told told_by_locket(const Facts& facts, const std::string& hung_one) {
    Told told;
    State& state = told.state;
    for (const AskedPod& asked : facts.bbs) {
        switch (asked.locks()) {
            case Locks::hangs:
                told.hanging.push_back(asked.pod.name);
                break;
            case Locks::owner:
                told.owner = asked.inside->lock_owner;
                state = both(state, state_of_owner(facts, told.owner));
                break;
            case Locks::nobody:
                // Another Locket has let the row expire; who waits at one that hangs learns nothing of it.
                state = both(state, hung_one.empty() ? State::speaks_against : State::holds);
                break;
            case Locks::no_locket:
            case Locks::database_error:
            case Locks::database_refuses:
                state = both(state, State::speaks_against);
                break;
            case Locks::error:
            case Locks::unasked:
            case Locks::absent:
            case Locks::unknown:
                state = both(state, State::unknown);
                break;
        }
    }
    return told;
}

// A Locket that does not even listen hangs nobody: then something else is wrong too.
State lockets_listen(const Facts& facts) {
    State state = State::holds;
    for (const AskedPod& asked : facts.lockets.empty() ? facts.bbs : facts.lockets) {
        const bool is_known =
            asked.inside != nullptr && asked.inside->locket_port && asked.inside->locket_port->was_asked();
        state = both(state, !is_known                              ? State::unknown
                            : asked.inside->locket_port->is_open() ? State::holds
                                                                   : State::speaks_against);
    }
    return state;
}

}  // namespace

Condition lock_is_ours(const Facts& facts) {
    const std::string hung_one = locket_all_wait_at(facts);
    const auto [told, hanging, owner] = told_by_locket(facts, hung_one);
    const State state = both(told, lockets_listen(facts));
    // Who answers and refuses does not hang, whomever it still names; nor does who waits for a slow database.
    for (const std::vector<std::string>& against : {facts.refusals(), blocked_lockets(facts)}) {
        if (!against.empty())
            return {ConditionName::lock_is_ours, State::speaks_against,
                    "Locket hangs, or names one of our own BBS pods (" + against.front() + ")"};
    }
    std::string text = owner.empty() ? "" : "Locket names our own " + owner + " as the owner of the lock";
    if (facts.is_former(owner)) text += ", which is no longer there";
    if (const Namesake namesake = namesake_of(facts, owner); namesake.state != Namesake::State::ours) {
        const bool is_known = namesake.state == Namesake::State::somebody_else;
        return {ConditionName::lock_is_ours, both(state, is_known ? State::speaks_against : State::unknown),
                text + " (" + namesake.why + ")"};
    }
    if (!hanging.empty())
        text += (text.empty() ? "Locket" : ", and") + std::string(" does not answer when asked from ") +
                enumerated(hanging) + how_long_ago(facts);
    if (text.empty() && !hung_one.empty())
        text = "no lock is held, and every BBS waits for one at " + hung_one + "'s Locket, which hangs";
    return {ConditionName::lock_is_ours, facts.bbs.empty() ? State::unknown : state,
            text.empty() ? "Locket hangs, or names one of our own BBS pods" : text};
}

}  // namespace cfee
