#include "lib/runbook/hung_one.hpp"

#include <algorithm>

#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/restart.hpp"

namespace cfee {

namespace {

using State = Condition::State;

bool shows_none(const HangLook::Locket& locket) {
    return locket.stacks.is_known() && locket.stacks.waiting_for_database.empty();
}

std::string one_that_all_ask(const HangLook& look) {
    if (look.bbs.empty() || look.lockets.size() < 2) return "";
    const std::string& one = look.bbs.front().locket;
    const bool all_wait = std::all_of(look.bbs.begin(), look.bbs.end(), [&one](const HangLook::Bbs& bbs) {
        return bbs.locket == one && waits_for_the_lock(bbs);
    });
    // A request for each: one that was lost on the way waits nowhere.
    const bool it_alone =
        std::all_of(look.lockets.begin(), look.lockets.end(), [&](const HangLook::Locket& locket) {
            const std::size_t waiting = locket.stacks.waiting_for_database.size();
            return locket.pod == one ? shows_a_hang(locket) && waiting >= look.bbs.size()
                                     : shows_none(locket);
        });
    return all_wait && it_alone ? one : "";
}

std::vector<Condition> conditions_of_the_one_all_ask(const Facts& facts, const OwnDoing& own) {
    std::vector<Condition> conditions = restart_conditions(facts, own);
    const std::string one = locket_all_wait_at(facts);
    conditions.push_back(
        {ConditionName::one_locket_hangs, one.empty() ? State::unknown : State::holds,
         "every BBS waits for the lock at " + (one.empty() ? "one" : one + "'s") +
             " Locket, in which requests for it wait where a hang waits, and they do in no other"});
    return conditions;
}

bool is_the_one_all_ask(const Facts& facts, const Pod& pod) {
    return pod.role == Role::locket && pod.name == locket_all_wait_at(facts);
}

// Of one Locket, or it is another restart.
Hang prove_the_one_all_ask(const HangLook& first, const HangLook& second) {
    Hang hang = prove_hang(first, second);
    const std::string one = one_that_all_ask(second);
    if (!hang.is_proved || hang.lockets == std::vector<std::string>{one}) return hang;
    return {.sentences = {"it is not one Locket alone that hangs"}};
}

}  // namespace

bool waits_for_the_lock(const HangLook::Bbs& bbs) {
    return bbs.stacks.is_known() && !bbs.stacks.waiting_for_locket.empty();
}

bool shows_a_hang(const HangLook::Locket& locket) {
    return locket.stacks.is_known() && !locket.stacks.waiting_for_database.empty() &&
           locket.stacks.outside == 0;
}

std::string locket_all_wait_at(const Facts& facts) {
    // Since when a BBS asks, and whether Locket refused it, only its log tells.
    const bool logs_are_known = facts.every_bbs(
        [](const AskedPod& asked) { return asked.inside != nullptr && asked.inside->bbs_log.is_known; });
    return facts.lockets.empty() || !logs_are_known ? "" : one_that_all_ask(hang_look_of(facts.snapshot));
}

Proof prove_hung_one_that_all_ask(const Facts& facts, const Findings&) {
    return proof_if_all_hold(conditions_of_the_one_all_ask(facts, {}));
}

const Restart restart_of_the_one_all_ask{conditions_of_the_one_all_ask, is_the_one_all_ask, false,
                                         prove_the_one_all_ask};

}  // namespace cfee
