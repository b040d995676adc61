#include "lib/runbook/gate.hpp"

#include <algorithm>

#include "lib/runbook/restart.hpp"

namespace cfee {

namespace {

using State = Condition::State;

// That the pods are young, or on their way out, is our own doing by then.
std::vector<Condition> conditions_but_for_age(const Judged& look) {
    std::vector<Condition> conditions = restart_conditions(Facts(look.snapshot));
    std::erase_if(conditions, [](const Condition& condition) { return condition.letter == 'e'; });
    return conditions;
}

GateAnswer before_the_first(const History& history, const Judged& look) {
    const std::string_view id = look.judgement.diagnosis.id;
    // Nothing was seen, which is no change.
    if (id != history.agreed_diagnosis && id == "inconclusive") return {};
    GateAnswer answer{.kind = GateAnswer::Kind::cleared};
    if (id != history.agreed_diagnosis)
        answer.reasons.push_back("the diagnosis has changed to " + std::string(id));
    std::vector<std::string> uids;
    for (const Role role : {Role::locket, Role::bbs}) {
        for (const Pod& pod : look.snapshot.pods_of(role)) uids.push_back(pod.uid);
    }
    std::vector<std::string> planned;
    for (const Deletion& deletion : history.plan->deletions()) planned.push_back(deletion.uid);
    std::sort(uids.begin(), uids.end());
    std::sort(planned.begin(), planned.end());
    if (uids != planned) answer.reasons.emplace_back("the pods are not those of the plan any more");
    if (!answer.reasons.empty()) answer.kind = GateAnswer::Kind::refused;
    return answer;
}

GateAnswer before_another(const Judged& look, bool is_repeated, const Limits& limits) {
    bool all_hold = true;
    for (const Condition& condition : conditions_but_for_age(look)) {
        if (condition.state == State::speaks_against)
            return {.kind = GateAnswer::Kind::refused, .reasons = {condition.text}};
        all_hold = all_hold && condition.state == State::holds;
    }
    if (all_hold || is_repeated || limits.force == Force::yes) return {.kind = GateAnswer::Kind::cleared};
    return {};
}

}  // namespace

class Gate {
public:
    static std::vector<ClearedDeletion> open(const std::vector<Deletion>& deletions) {
        std::vector<ClearedDeletion> cleared;
        for (const Deletion& one : deletions) cleared.push_back(ClearedDeletion(one));
        return cleared;
    }
};

GateAnswer may_delete(const History& history, const Judged& look, TimePoint, const Limits& limits) {
    if (!history.plan || !look.snapshot.pods.is_known()) return {};
    const bool is_first = history.actions.empty();
    const std::vector<Deletion> unanswered = history.unanswered_deletions();
    GateAnswer answer =
        is_first ? before_the_first(history, look) : before_another(look, !unanswered.empty(), limits);
    if (answer.kind != GateAnswer::Kind::cleared) return answer;
    const std::size_t next = is_first ? 0 : history.stage + 1;
    answer.deletions = Gate::open(unanswered.empty() ? history.plan->stages[next].deletions : unanswered);
    return answer;
}

}  // namespace cfee
