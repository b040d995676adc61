// What the pods say of the lock that cannot all be true.
#include "lib/runbook/contradiction.hpp"

#include <set>

namespace cfee {

namespace {

bool has_rested(const AskedPod& asked) {
    return asked.inside != nullptr && asked.inside->clock && asked.inside->bbs_log.last_event &&
           *asked.inside->clock - *asked.inside->bbs_log.last_event >= until_all_agree;
}

}  // namespace

Proof contradictions(const Facts& facts) {
    Proof found;
    const std::vector<std::string> serving = facts.serving();
    if (serving.size() > 1)
        found.push_back(enumerated(serving) + " serve at the same time, and only one can have the lock");
    std::set<std::string> owners;
    Proof said;
    for (const AskedPod& asked : facts.bbs) {
        if (asked.locks() != Locks::owner) continue;
        owners.insert(asked.inside->lock_owner);
        said.push_back("Locket, asked from " + asked.pod.name + ", names " + asked.inside->lock_owner +
                       " as the owner of the lock");
    }
    if (owners.size() > 1) {
        found.insert(found.end(), said.begin(), said.end());
    } else if (owners.size() == 1 && serving.size() == 1 && *owners.begin() != serving.front()) {
        found.push_back(said.front());
        found.push_back("it is " + serving.front() + " that serves");
    }
    return found;
}

Proof prove_contradiction(const Facts& facts, const Findings&) {
    Proof proof = contradictions(facts);
    if (proof.empty() || !facts.every_bbs(has_rested)) return {};
    proof.emplace_back("the lock has not moved for 90 s");
    return proof;
}

}  // namespace cfee
