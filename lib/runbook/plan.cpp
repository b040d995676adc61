#include "lib/runbook/plan.hpp"

#include <algorithm>

#include "lib/runbook/restart.hpp"
#include "lib/runbook/sha256.hpp"

namespace cfee {

namespace {

std::string age_of(std::chrono::system_clock::duration age) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    constexpr long minute = 60;
    constexpr long hour = 60 * minute;
    constexpr long day = 24 * hour;
    if (seconds < 0) return "-";
    if (seconds < 2 * minute) return std::to_string(seconds) + "s";
    if (seconds < 2 * hour) return std::to_string(seconds / minute) + "m";
    if (seconds < 2 * day) return std::to_string(seconds / hour) + "h";
    return std::to_string(seconds / day) + "d";
}

std::string label_of(const Pod& pod) {
    if (pod.label == ActiveLabel::absent) return "-";
    return pod.label == ActiveLabel::active ? "true" : "false";
}

// The ordinal of a StatefulSet's pod; -1 where the name has none.
int ordinal_of(const Pod& pod) {
    const std::string text = pod.name.substr(pod.name.rfind('-') + 1);
    constexpr std::size_t most_digits = 6;
    if (text.empty() || text.size() > most_digits ||
        text.find_first_not_of("0123456789") != std::string::npos) {
        return -1;
    }
    return std::stoi(text);
}

// A ReplicaSet's pods are alike: it does without those that it has too many.
long count_of(const Snapshot& snapshot, const Owner& owner) {
    const auto& pods = snapshot.pods.value();
    return std::count_if(pods.begin(), pods.end(), [&owner](const Pod& pod) {
        return pod.owner && pod.owner->uid == owner.uid && !pod.has_ended();
    });
}

// Nobody but its controller brings a deleted pod back; so it must exist, stay, and still want this pod.
std::string why_not_recreated(const Snapshot& snapshot, const Pod& pod) {
    if (!pod.owner) return pod.name + " has no controller that would recreate it";
    const std::string owner = pod.owner->kind + " " + pod.owner->name;
    const bool is_replica_set = pod.owner->kind == "ReplicaSet";
    if (!is_replica_set && pod.owner->kind != "StatefulSet")
        return pod.name + " belongs to " + owner + ", which is not known to recreate pods";
    const auto& known = is_replica_set ? snapshot.replica_sets : snapshot.controllers;
    if (!known.is_known()) return "it is not known whether " + owner + " would recreate " + pod.name;
    const auto& controllers = known.value();
    const auto found =
        std::find_if(controllers.begin(), controllers.end(), [&pod](const Controller& controller) {
            return controller.name == pod.owner->name && controller.uid == pod.owner->uid;
        });
    if (found == controllers.end()) return owner + ", which would recreate " + pod.name + ", is not there";
    if (found->is_deleting) return owner + ", which would recreate " + pod.name + ", is being deleted";
    const bool is_wanted = is_replica_set ? count_of(snapshot, *pod.owner) <= found->wanted
                                          : ordinal_of(pod) >= 0 && ordinal_of(pod) < found->wanted;
    if (!is_wanted) {
        return owner + " does not want " + pod.name +
               " any more (replicas: " + std::to_string(found->wanted) + ")";
    }
    return "";
}

// A label may be frozen, and then leads nowhere; with a ready endpoint somebody is behind it.
std::string why_protected(const Snapshot& snapshot, const Pod& pod, const Restart& restart, Force force) {
    if (pod.label != ActiveLabel::active || pod.is_terminating()) return "";
    if (force == Force::no && restart.may_be_active) return "";
    if (!snapshot.endpoints.is_known()) {
        return force == Force::no ? ""
                                  : pod.name +
                                        " is labelled active, and it is not known whether the service "
                                        "leads to it";
    }
    const std::string service = Facts(snapshot).probed_service();
    for (const Endpoints& endpoints : snapshot.endpoints.value()) {
        const auto& ready = endpoints.ready;
        if (endpoints.service == service && std::find(ready.begin(), ready.end(), pod.name) != ready.end())
            return pod.name + " is labelled active, and service " + service + " leads to it";
    }
    return "";
}

std::string_view to_words(Condition::State state) {
    if (state == Condition::State::holds) return "holds";
    return state == Condition::State::unknown ? "unknown" : "speaks against";
}

std::string digest_of(const Snapshot& snapshot, const Judgement& judgement, const Plan& plan) {
    std::string text = snapshot.server + "\n" + snapshot.context + "\n" + snapshot.name_space + "\n" +
                       std::string(judgement.diagnosis.id) + "\n";
    for (const Condition& condition : plan.conditions)
        text += std::string{condition.letter()} + " " + std::string(to_words(condition.state)) + "\n";
    std::vector<std::string> uids;
    for (const Deletion& deletion : plan.deletions()) uids.push_back(deletion.uid);
    std::sort(uids.begin(), uids.end());
    for (const std::string& uid : uids) text += uid + "\n";
    constexpr std::size_t length = 12;
    return sha256(text).substr(0, length);
}

constexpr std::string_view why_locket = "Locket does not give the lock";

Deletion deletion_of(const Snapshot& snapshot, const Pod& pod, std::string_view reason) {
    return {
        .pod = pod.name,
        .uid = pod.uid,
        .owner = pod.owner ? pod.owner->kind + "/" + pod.owner->name : "-",
        .owner_uid = pod.owner ? pod.owner->uid : "",
        .state = pod.summary(),
        .active = label_of(pod),
        .age = age_of(snapshot.now() - pod.created),
        .reason = std::string(reason),
    };
}

void warn_of(const Pod& pod, const std::vector<std::string>& unready_nodes, Plan& plan) {
    if (pod.pulls_always) plan.warnings.push_back(pod.name + ": its image must be pulled again");
    if (std::find(unready_nodes.begin(), unready_nodes.end(), pod.node) != unready_nodes.end())
        plan.warnings.push_back(pod.name + ": its node " + pod.node + " is not ready");
}

}  // namespace

std::string why_not_deleted(const Snapshot& snapshot, const Pod& pod, const Restart& restart, Force force) {
    std::string reason = why_not_recreated(snapshot, pod);
    return reason.empty() ? why_protected(snapshot, pod, restart, force) : reason;
}

Plan make_plan(const Judged& look, Force force, const std::vector<std::string>& unready_nodes) {
    const Snapshot& snapshot = look.snapshot;
    const Restart& restart = *look.judgement.diagnosis.restart;
    const Facts facts(snapshot);
    Plan plan{.conditions = restart.conditions(facts, {})};
    for (const Role role : {Role::locket, Role::bbs}) {
        PlanStage stage{.role = role};
        for (const Pod& pod : snapshot.pods_of(role)) {
            const bool is_lost =
                std::any_of(facts.lost.begin(), facts.lost.end(),
                            [&pod](const AskedPod& lost) { return lost.pod.uid == pod.uid; });
            if (is_lost)
                plan.refusals.push_back(pod.name + " does not go, and its owner makes no pods before it has");
            if (is_lost || !restart.concerns(facts, pod)) continue;
            if (const std::string reason = why_not_deleted(snapshot, pod, restart, force); !reason.empty())
                plan.refusals.push_back(reason);
            warn_of(pod, unready_nodes, plan);
            stage.deletions.push_back(
                deletion_of(snapshot, pod, role == Role::locket ? why_locket : restart.why_bbs));
        }
        if (!stage.deletions.empty()) plan.stages.push_back(std::move(stage));
    }
    if (plan.stages.size() > 1)
        plan.warnings.emplace_back("Locket goes first, and the BBS pods only where that was not enough");
    if (plan.stages.empty()) plan.refusals.emplace_back("there is no pod to restart");
    plan.digest = digest_of(snapshot, look.judgement, plan);
    return plan;
}

Consideration consider(const Snapshot& snapshot, const Judgement& judgement, Force force) {
    if (judgement.diagnosis.remedy == Remedy::restart) return {.may_act = true};
    Consideration consideration{.reasons = judgement.diagnosis.because};
    const Restart* restart = judgement.diagnosis.restart;
    if (force == Force::no || restart == nullptr || !snapshot.pods.is_known()) return consideration;
    const Facts facts(snapshot);
    std::vector<std::string> missing;
    for (const Condition& condition : restart->conditions(facts, {})) {
        if (condition.state == Condition::State::speaks_against) return consideration;
        if (condition.state == Condition::State::unknown)
            missing.push_back("it is not known that " + condition.text);
    }
    // Somebody must be known to fail: a gap alone is no reason to restart anything.
    const bool somebody_fails = facts.any_bbs([](const AskedPod& asked) {
        return asked.ping() == Ping::not_serving || asked.ping() == Ping::error;
    });
    const bool nobody_connects = std::none_of(snapshot.probes.begin(), snapshot.probes.end(),
                                              [](const Probe& probe) { return probe.connection.is_open(); });
    if (!somebody_fails || !nobody_connects || snapshot.probes.empty()) return consideration;
    return {.may_act = true, .reasons = std::move(missing)};
}

}  // namespace cfee
