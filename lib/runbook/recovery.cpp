#include "lib/runbook/recovery.hpp"

#include <algorithm>

#include "lib/runbook/facts.hpp"

namespace cfee {

namespace {

template <class Things>
bool is_among(const Things& things, const Pod& pod) {
    return std::any_of(things.begin(), things.end(),
                       [&pod](const auto& thing) { return thing.uid == pod.uid; });
}

bool has_endpoint(const Snapshot& snapshot) {
    const Facts facts(snapshot);
    const std::string service = facts.probed_service();
    if (!snapshot.endpoints.is_known()) return false;
    const auto& all = snapshot.endpoints.value();
    return std::any_of(all.begin(), all.end(), [&service](const Endpoints& endpoints) {
        return endpoints.service == service && !endpoints.ready.empty();
    });
}

}  // namespace

Recovery recovery_of(const Snapshot& snapshot, const std::vector<Deletion>& deletions, Role role,
                     const std::vector<Deletion>& denied) {
    if (!snapshot.pods.is_known())
        return {.summary = "the API server does not answer: " + snapshot.pods.trouble().text};
    Recovery recovery{.state = Recovery::State::under_way};
    const std::vector<Pod> pods = snapshot.pods_of(role);
    std::string waiting;
    std::size_t back = 0;
    for (const Pod& pod : pods) {
        if (is_among(denied, pod)) continue;
        if (is_among(deletions, pod) || pod.is_terminating()) {
            waiting += (waiting.empty() ? "" : ", ") + pod.name + " is still being deleted";
        } else if (const std::string reason = pod.hopeless(); !reason.empty()) {
            recovery.state = Recovery::State::hopeless;
            recovery.summary = pod.name + ": " + reason;
            return recovery;
        } else if (!pod.is_ready()) {
            waiting += (waiting.empty() ? "" : ", ") + pod.name + " is " + pod.summary();
        } else {
            ++back;
        }
    }
    if (back < deletions.size() && waiting.empty())
        waiting = std::to_string(deletions.size() - back) + " pods are not there yet";
    recovery.summary = waiting;
    if (!waiting.empty()) return recovery;
    recovery.state = Recovery::State::back;
    const Facts facts(snapshot);
    const auto active = std::count_if(facts.bbs.begin(), facts.bbs.end(),
                                      [](const AskedPod& asked) { return asked.is_labelled_active(); });
    const bool one_is_active = active == 1 || !facts.label_is_used();
    recovery.looks_healthy = one_is_active && has_endpoint(snapshot);
    recovery.summary = !one_is_active           ? "waiting for exactly one BBS pod to be labelled active"
                       : recovery.looks_healthy ? "all pods are back"
                                                : "waiting for the service to have an endpoint";
    return recovery;
}

Fingerprint fingerprint_of(const Snapshot& snapshot) {
    Fingerprint fingerprint;
    for (const Role role : {Role::bbs, Role::locket}) {
        for (const Pod& pod : snapshot.pods_of(role)) {
            fingerprint[pod.name] = pod.uid + " " + std::to_string(pod.restarts()) +
                                    (pod.label == ActiveLabel::active ? " active" : "");
        }
    }
    return fingerprint;
}

}  // namespace cfee
