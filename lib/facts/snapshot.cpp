#include "lib/facts/snapshot.hpp"

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
    std::copy_if(pods.value().begin(), pods.value().end(), std::back_inserter(found),
                 [role](const Pod& pod) { return pod.role == role && pod.phase != "Succeeded"; });
    return found;
}

const Inside* Snapshot::inside_of(const std::string& pod) const {
    const auto found = std::find_if(insides.begin(), insides.end(),
                                    [&pod](const Inside& inside) { return inside.pod == pod; });
    return found == insides.end() ? nullptr : &*found;
}

// The list is a SELECT: who answers it has asked its database.
bool Snapshot::lock_was_answered() const {
    return std::any_of(insides.begin(), insides.end(), [this](const Inside& inside) {
        return inside.locks_asked == started &&
               (inside.locks == Locks::owner || inside.locks == Locks::nobody);
    });
}

LocketPlace Snapshot::locket_place() const {
    const auto any_inside = [this](bool runs_locket) {
        return std::any_of(insides.begin(), insides.end(), [&](const Inside& inside) {
            const auto& all = pods.value();
            return inside.runs_locket == runs_locket &&
                   std::any_of(all.begin(), all.end(), [&](const Pod& pod) {
                       return pod.name == inside.pod && pod.role == Role::bbs;
                   });
        });
    };
    if (!pods.is_known()) return LocketPlace::unknown;
    if (any_inside(true)) return LocketPlace::inside_bbs_pods;
    const bool is_wanted =
        controllers.is_known() &&
        std::any_of(controllers.value().begin(), controllers.value().end(),
                    [](const Controller& controller) { return role_of(controller.name) == Role::locket; });
    if (any_inside(false) || is_wanted || !pods_of(Role::locket).empty()) return LocketPlace::own_pods;
    return LocketPlace::unknown;
}

Edition Snapshot::judged_edition() const {
    const std::span<const Controller> known = controllers.is_known()
                                                  ? std::span<const Controller>(controllers.value())
                                                  : std::span<const Controller>{};
    return edition_of(pods.value(), known, locket_place());
}

}  // namespace cfee
