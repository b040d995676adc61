#include "lib/runbook/gate.hpp"

#include <algorithm>

#include "lib/runbook/restart.hpp"

namespace cfee {

/// Whoever can make a ClearedDeletion.
class Gate {
public:
    static std::vector<ClearedDeletion> open(const std::vector<Deletion>& deletions) {
        std::vector<ClearedDeletion> cleared;
        cleared.reserve(deletions.size());
        for (const Deletion& one : deletions) cleared.push_back(ClearedDeletion(one));
        return cleared;
    }
};

namespace {

using State = Condition::State;
using Reasons = std::vector<std::string>;

std::vector<std::string> sorted_uids(const Plan& plan) {
    std::vector<std::string> uids;
    for (const Deletion& one : plan.deletions()) uids.push_back(one.uid);
    std::sort(uids.begin(), uids.end());
    return uids;
}

// The texts of the conditions that are so.
Reasons in_state(const std::vector<Condition>& conditions, State state) {
    Reasons texts;
    for (const Condition& condition : conditions) {
        if (condition.state == state) texts.push_back("this is not so: " + condition.text);
    }
    return texts;
}

// What of the conditions is not as it was agreed to. None speaks against: then there would be no plan.
Reasons changes(const std::vector<Condition>& agreed, const std::vector<Condition>& now) {
    Reasons found;
    for (std::size_t index = 0; index < std::min(agreed.size(), now.size()); ++index) {
        if (agreed[index].state == now[index].state) continue;
        const bool was_known = agreed[index].state == State::holds;
        found.push_back((was_known ? "it is not known any more that " : "by now it is known that ") +
                        now[index].text);
    }
    return found;
}

Reasons differences(const Plan& agreed, const Plan& now) {
    Reasons found = now.refusals;
    for (std::string& change : changes(agreed.conditions, now.conditions)) found.push_back(std::move(change));
    if (sorted_uids(agreed) != sorted_uids(now))
        found.emplace_back("the pods are not those of the plan any more");
    const std::vector<Deletion> deletions = agreed.deletions();
    for (const Deletion& one : now.deletions()) {
        const bool has_changed = std::any_of(deletions.begin(), deletions.end(), [&one](const Deletion& old) {
            return old.uid == one.uid && (old.owner != one.owner || old.owner_uid != one.owner_uid);
        });
        if (has_changed) found.push_back(one.pod + " belongs to " + one.owner + " by now");
    }
    if (found.empty() && agreed.digest != now.digest) found.emplace_back("the plan is another one now");
    return found;
}

// Nothing has been deleted yet: all must be as it was agreed to.
GateAnswer before_the_first(const History& history, const Judged& look, const Limits& limits) {
    const Diagnosis& now = look.judgement.diagnosis;
    GateAnswer answer{.kind = GateAnswer::Kind::refused};
    if (now.id != history.diagnosis.id && now.is_conclusive())
        answer.reasons.push_back("the diagnosis has changed to " + std::string(now.id));
    if (consider(look.snapshot, look.judgement, limits.force).may_act) {
        for (std::string& one : differences(*history.plan, make_plan(look, limits.force, {})))
            answer.reasons.push_back(std::move(one));
        if (answer.reasons.empty()) answer.kind = GateAnswer::Kind::cleared;
        return answer;
    }
    const auto conditions = history.diagnosis.restart->conditions(Facts(look.snapshot), {});
    for (std::string& one : in_state(conditions, State::speaks_against))
        answer.reasons.push_back(std::move(one));
    // Nothing was seen, which is no change.
    if (answer.reasons.empty()) answer.kind = GateAnswer::Kind::unseen;
    return answer;
}

OwnDoing own_doing(const History& history, const std::vector<Deletion>& due) {
    OwnDoing own;
    for (const Deletion& one : history.plan->deletions()) {
        own.planned.push_back(one.uid);
        const bool was_sent =
            std::any_of(history.actions.begin(), history.actions.end(), [&one](const Deletion& action) {
                return action.uid == one.uid && !is_refusal(action.result.kind);
            });
        const bool is_due = std::any_of(due.begin(), due.end(),
                                        [&one](const Deletion& other) { return other.uid == one.uid; });
        if (!was_sent || is_due) continue;
        own.deleted.push_back(one.uid);
        own.owners.push_back(one.owner_uid);
    }
    return own;
}

// What stands against deleting these pods themselves, each as it was planned.
Reasons against_pods(const History& history, const Judged& look, const std::vector<Deletion>& due,
                     const OwnDoing& own, Force force) {
    Reasons found;
    const Restart& restart = *history.diagnosis.restart;
    const Facts facts(look.snapshot);
    const auto is_planned = [&own](const Pod& pod) {
        return std::find(own.planned.begin(), own.planned.end(), pod.uid) != own.planned.end();
    };
    std::size_t seen = 0;
    bool has_stranger = false;
    for (const AskedPod* asked : facts.diego()) {
        const Pod& pod = asked->pod;
        if (restart.concerns(facts, pod) && !is_planned(pod) && !own.covers(pod)) has_stranger = true;
        const auto planned =
            std::find_if(due.begin(), due.end(), [&pod](const Deletion& one) { return one.uid == pod.uid; });
        if (planned == due.end()) continue;
        ++seen;
        std::string reason = why_not_deleted(look.snapshot, pod, restart, force);
        if (reason.empty() && pod.owner->uid != planned->owner_uid)
            reason = pod.name + " belongs to another owner by now";
        if (!reason.empty()) found.push_back(std::move(reason));
    }
    if (seen != due.size() || has_stranger) found.emplace_back("the pods are not those of the plan any more");
    return found;
}

// Something has been deleted. What that did by itself is excused, and what is not known allows nothing,
// forced or not.
GateAnswer before_another(const History& history, const Judged& look, const std::vector<Deletion>& due,
                          const Limits& limits) {
    const OwnDoing own = own_doing(history, due);
    const auto conditions = history.diagnosis.restart->conditions(Facts(look.snapshot), own);
    GateAnswer answer{.kind = GateAnswer::Kind::refused,
                      .reasons = in_state(conditions, State::speaks_against)};
    for (std::string& one : against_pods(history, look, due, own, limits.force))
        answer.reasons.push_back(std::move(one));
    if (!answer.reasons.empty()) return answer;
    const bool is_known = in_state(conditions, State::unknown).empty();
    answer.kind = is_known ? GateAnswer::Kind::cleared : GateAnswer::Kind::unseen;
    return answer;
}

}  // namespace

bool is_stale(const Judged& look, TimePoint now, const Limits& limits) {
    return now - look.snapshot.ended > limits.look_counts_for;
}

GateAnswer may_delete(const History& history, const Judged& look, TimePoint now, const Limits& limits) {
    const bool is_agreed = history.plan && history.agreed && look.snapshot.started >= *history.agreed;
    if (!is_agreed || !look.snapshot.pods.is_known() || is_stale(look, now, limits)) return {};
    const bool is_first = history.actions.empty();
    std::vector<Deletion> due = history.unanswered_deletions();
    if (due.empty()) due = history.plan->stages[is_first ? 0 : history.stage + 1].deletions;
    GateAnswer answer =
        is_first ? before_the_first(history, look, limits) : before_another(history, look, due, limits);
    if (answer.kind == GateAnswer::Kind::cleared) answer.deletions = Gate::open(due);
    return answer;
}

}  // namespace cfee
