#include "lib/facts/snapshot.hpp"

#include <algorithm>

namespace cfee {

TimePoint Snapshot::now() const {
    // By the API server's clock it is at least as late. A pod that does not say when it was made has no such time.
    std::optional<TimePoint> at_least;
    if (pods.is_known()) {
        for (const Pod& pod : pods.value()) {
            if (pod.created != TimePoint::max()) at_least = std::max(at_least, std::optional{pod.created});
        }
    }
    std::optional<TimePoint> earliest;
    const auto take = [&](TimePoint clock) {
        const bool is_behind = at_least && *at_least - clock > most_that_clocks_differ;
        if (!is_behind && (!earliest || clock < *earliest)) earliest = clock;
    };
    take(started);
    for (const Inside& inside : insides) {
        if (inside.clock) take(*inside.clock);
    }
    return earliest ? *earliest : *at_least;
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

const Edition& Snapshot::edition() const {
    if (!pods.is_known()) return unknown_edition;
    const std::span<const Controller> known = controllers.is_known()
                                                  ? std::span<const Controller>(controllers.value())
                                                  : std::span<const Controller>{};
    return edition_of(pods.value(), known, locket_place());
}

std::string Snapshot::bbs_service() const {
    if (!services.is_known()) return "";
    for (const std::string_view wanted : edition().bbs_services) {
        if (std::any_of(services.value().begin(), services.value().end(),
                        [wanted](const Service& service) { return service.name == wanted; }))
            return std::string(wanted);
    }
    return "";
}

}  // namespace cfee
