#include "lib/cluster/snapshot.hpp"

#include <algorithm>

namespace cfee {

TimePoint Snapshot::now() const {
    TimePoint earliest = started;
    for (const Inside& inside : insides) {
        if (inside.clock) earliest = std::min(earliest, *inside.clock);
    }
    return earliest;
}

std::vector<Pod> Snapshot::pods_of(Role role) const {
    std::vector<Pod> found;
    if (!pods.is_known()) return found;
    std::copy_if(pods.value().begin(), pods.value().end(), std::back_inserter(found), [role](const Pod& pod) {
        return pod.role == role && !(pod.has_ended() && pod.phase == "Succeeded");
    });
    return found;
}

const Inside* Snapshot::inside_of(const std::string& pod) const {
    const auto found = std::find_if(insides.begin(), insides.end(),
                                    [&pod](const Inside& inside) { return inside.pod == pod; });
    return found == insides.end() ? nullptr : &*found;
}

}  // namespace cfee
