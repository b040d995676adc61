#include "lib/cluster/prospects.hpp"

#include <algorithm>
#include <array>

#include "lib/cluster/parse.hpp"

namespace cfee {

namespace {

constexpr std::chrono::seconds limit{10};

std::vector<Pod> diego_of(const Snapshot& snapshot) {
    std::vector<Pod> pods = snapshot.pods_of(Role::bbs);
    for (Pod& pod : snapshot.pods_of(Role::locket)) pods.push_back(std::move(pod));
    return pods;
}

}  // namespace

std::vector<std::string> unready_nodes(Host& host, const Kubectl& kubectl, const Snapshot& snapshot) {
    std::vector<std::string> names;
    for (const Pod& pod : diego_of(snapshot)) names.push_back(pod.node);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.empty()) return names;
    std::vector<std::string> what{"nodes"};
    what.insert(what.end(), names.begin(), names.end());
    const std::array batch{kubectl.get(std::move(what), limit)};
    const Outcome outcome = host.run(batch).front();
    return outcome.succeeded() ? parse_unready_nodes(outcome.out) : std::vector<std::string>{};
}

Answer<std::vector<Controller>> replica_sets(Host& host, const Kubectl& kubectl, const Snapshot& snapshot) {
    const std::vector<Pod> pods = diego_of(snapshot);
    const bool is_needed = std::any_of(pods.begin(), pods.end(), [](const Pod& pod) {
        return pod.owner && pod.owner->kind == "ReplicaSet";
    });
    if (!is_needed) return {};
    const std::array batch{kubectl.get({"replicasets"}, limit)};
    const Outcome outcome = host.run(batch).front();
    if (!outcome.succeeded()) return trouble_of(outcome);
    const Answer<Objects> objects = parse_objects(outcome.out);
    if (!objects.is_known()) return objects.trouble();
    return objects.value().controllers;
}

}  // namespace cfee
