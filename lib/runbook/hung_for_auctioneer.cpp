// A BBS serves through one Locket, and another one hangs and keeps the auctioneer waiting: all looks well, and
// nothing is staged.
#include "lib/runbook/hung_for_auctioneer.hpp"

#include <algorithm>

#include "lib/runbook/auctioneer.hpp"
#include "lib/runbook/contradiction.hpp"
#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/hung_one.hpp"
#include "lib/runbook/restart.hpp"

namespace cfee {

namespace {

using ByItself = HangLook::Locket::ByItself;
using State = Condition::State;

bool waits(const HangLook::Auctioneer& auctioneer) {
    return auctioneer.stacks.is_known() && !auctioneer.stacks.waiting_for_locket.empty();
}

// A BBS that could not be asked may serve as well; and only its log tells that the lock has not moved.
Condition one_serves(const Facts& facts) {
    const std::vector<std::string> serving = facts.serving();
    const bool any_unknown = facts.any_bbs([](const AskedPod& asked) {
        return asked.ping() == Ping::unknown || asked.ping() == Ping::absent ||
               !asked.inside->bbs_log.is_known;
    });
    const bool may_hold = serving.size() == 1 && contradictions(facts).empty();
    State state = may_hold ? State::holds : State::speaks_against;
    if (any_unknown && serving.size() < 2) state = State::unknown;
    return {ConditionName::one_serves, state,
            (serving.empty() ? "one BBS" : enumerated(serving)) + " serves, and no other"};
}

// With several the others wait too: one that was told of a holder, or asks nobody, is something else.
Condition auctioneer_waits(const Facts& facts, const HangLook& look) {
    const std::optional<std::string> holder = auctioneer_of(facts);
    const bool any_waits = std::any_of(look.auctioneers.begin(), look.auctioneers.end(), waits);
    const bool any_unknown = std::any_of(
        look.auctioneers.begin(), look.auctioneers.end(),
        [](const HangLook::Auctioneer& one) { return one.stacks.state == Stacks::State::unknown; });
    const bool any_does_not =
        std::any_of(look.auctioneers.begin(), look.auctioneers.end(),
                    [](const HangLook::Auctioneer& one) { return one.stacks.is_known() && !waits(one); });
    State state = State::holds;
    if (any_unknown || !holder || look.auctioneers.empty()) state = State::unknown;
    if (any_does_not || (!any_waits && !any_unknown && !look.auctioneers.empty()))
        state = State::speaks_against;
    if (holder && !holder->empty()) state = State::speaks_against;
    return {
        ConditionName::auctioneer_waits, state,
        "no auctioneer holds its lock, and each that runs waits for Locket's answer to its request for it"};
}

// Asked by itself it hangs, or answers over new connections once questions have used its dead ones up.
Condition one_hangs(const HangLook& look) {
    const HangLook::Locket* const one = waits_alone(look.lockets);
    const auto count = [&look](ByItself did) {
        return std::count_if(look.lockets.begin(), look.lockets.end(),
                             [did](const HangLook::Locket& locket) { return locket.by_itself == did; });
    };
    State state = State::unknown;
    if (count(ByItself::hangs) > 1) state = State::speaks_against;
    if (one != nullptr && count(ByItself::unknown) == 0 && look.lockets.size() > 1) state = State::holds;
    return {
        ConditionName::one_locket_hangs, state,
        "in " + (one == nullptr ? "one" : one->pod + "'s") +
            " Locket requests for a lock wait where a hang waits, and each other one has none, and answers "
            "where it is asked by itself"};
}

std::vector<Condition> conditions_of(const Facts& facts, const OwnDoing& own) {
    const HangLook look = hang_look_of(facts.snapshot);
    std::vector<Condition> conditions{one_serves(facts), auctioneer_waits(facts, look), one_hangs(look)};
    for (Condition& condition : restart_conditions(facts, own)) {
        if (condition.name == ConditionName::databases_accept ||
            condition.name == ConditionName::all_are_settled)
            conditions.push_back(std::move(condition));
    }
    return conditions;
}

bool is_the_hung_one(const Facts& facts, const Pod& pod) {
    const HangLook look = hang_look_of(facts.snapshot);
    const HangLook::Locket* const one = waits_alone(look.lockets);
    return pod.role == Role::locket && one != nullptr && one->pod == pod.name;
}

/// The same requests of the same processes at both looks, and old enough for one that does not heal itself.
std::vector<std::string> against_waiting(const HangLook& first, const HangLook& second,
                                         const HangLook::Auctioneer& now) {
    const auto before = std::find_if(first.auctioneers.begin(), first.auctioneers.end(),
                                     [&now](const HangLook::Auctioneer& one) { return one.pod == now.pod; });
    const bool is_same = before != first.auctioneers.end() && waits(*before) &&
                         before->stacks.waiting_for_locket == now.stacks.waiting_for_locket &&
                         !now.stacks.processes.empty() && before->stacks.processes == now.stacks.processes;
    if (!is_same) return {now.pod + "'s auctioneer did not wait at the first look as it does now"};
    const bool is_old = now.clock && now.asked_for_lock
                            ? *now.clock - *now.asked_for_lock >= oldest_request_that_heals
                            : second.began - first.ended >= oldest_request_that_heals;
    if (is_old) return {};
    return {"it is not known that " + now.pod + "'s auctioneer has asked for its lock for 60 s"};
}

Hang prove_the_one_auctioneer_asks(const HangLook& first, const HangLook& second) {
    const HangLook::Locket* const before = waits_alone(first.lockets);
    const HangLook::Locket* const now = waits_alone(second.lockets);
    if (before == nullptr || now == nullptr || before->pod != now->pod)
        return {.sentences = {"it is not one and the same Locket that hangs at both looks"}};
    std::vector<std::string> against = against_hang(*before, *now);
    const auto append = [&against](std::vector<std::string> more) {
        against.insert(against.end(), more.begin(), more.end());
    };
    if (second.began - first.ended < proof_time) append({"the two looks are less than 15 s apart"});
    append(against_databases(now->pod + "'s Locket", before->database, now->database));
    std::vector<std::string> waiting;
    for (const HangLook::Auctioneer& one : second.auctioneers) {
        if (!waits(one)) continue;
        append(against_waiting(first, second, one));
        waiting.push_back(one.pod + "'s auctioneer waits for Locket's answer to its request for the lock");
    }
    if (waiting.empty()) append({"no auctioneer waits for Locket"});
    if (!against.empty()) return {.sentences = std::move(against)};
    waiting.push_back("in " + now->pod +
                      "'s Locket requests have waited for the database for at least 15 s, and none "
                      "is answered");
    return {.is_proved = true, .lockets = {now->pod}, .sentences = std::move(waiting)};
}

}  // namespace

Proof prove_hung_one_for_auctioneer(const Facts& facts, const Findings&) {
    return proof_if_all_hold(conditions_of(facts, {}));
}

const Restart restart_of_the_one_auctioneer_asks{conditions_of, is_the_hung_one, false,
                                                 prove_the_one_auctioneer_asks};

}  // namespace cfee
