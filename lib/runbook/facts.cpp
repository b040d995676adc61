#include "lib/runbook/facts.hpp"

#include <algorithm>

namespace cfee {

Facts::Facts(const Snapshot& look)
    : snapshot(look), now(look.now()), cloud_controllers(look.pods_of(Role::cloud_controller)) {
    const auto asked = [&](Role role) {
        std::vector<AskedPod> pods;
        for (Pod& pod : look.pods_of(role)) {
            const Inside* inside = look.inside_of(pod.name);
            if (inside != nullptr && inside->trouble) inside = nullptr;
            const bool is_lost = pod.deleting && now - *pod.deleting > patience_with_nodes;
            (is_lost ? lost : pods).push_back({std::move(pod), inside});
        }
        return pods;
    };
    bbs = asked(Role::bbs);
    lockets = asked(Role::locket);
}

int Facts::wanted_bbs() const {
    if (!snapshot.controllers.is_known()) return -1;
    const auto is_wanted = [this](const Controller& controller) {
        if (bbs.empty()) return role_of(controller.name) == Role::bbs;
        return bbs.front().pod.owner && bbs.front().pod.owner->kind == "StatefulSet" &&
               bbs.front().pod.owner->name == controller.name;
    };
    const auto& controllers = snapshot.controllers.value();
    const auto found = std::find_if(controllers.begin(), controllers.end(), is_wanted);
    return found == controllers.end() ? -1 : found->wanted;
}

int Facts::wanted_lockets() const {
    if (!locket_has_own_pods()) return 0;
    if (!snapshot.controllers.is_known()) return -1;
    for (const Controller& controller : snapshot.controllers.value()) {
        if (role_of(controller.name) == Role::locket) return controller.wanted;
    }
    return -1;
}

std::vector<std::string> Facts::missing_pods() const {
    std::vector<std::string> missing;
    const auto count = [&missing](int wanted, std::size_t there, std::string_view role) {
        const int gap = wanted - static_cast<int>(there);
        if (gap > 0)
            missing.push_back(std::to_string(gap) + " of " + std::to_string(wanted) + " " +
                              std::string(role) + " pods");
    };
    const auto lost_of = [this](Role role) {
        return static_cast<std::size_t>(std::count_if(
            lost.begin(), lost.end(), [role](const AskedPod& asked) { return asked.pod.role == role; }));
    };
    count(wanted_bbs(), bbs.size() + lost_of(Role::bbs), "BBS");
    count(wanted_lockets(), lockets.size() + lost_of(Role::locket), "Locket");
    return missing;
}

std::vector<std::string> Facts::names(const std::function<bool(const AskedPod&)>& wanted) const {
    std::vector<std::string> found;
    for (const AskedPod& asked : bbs) {
        if (wanted(asked)) found.push_back(asked.pod.name);
    }
    return found;
}

bool Facts::any_bbs(const std::function<bool(const AskedPod&)>& holds) const {
    return std::any_of(bbs.begin(), bbs.end(), holds);
}

bool Facts::every_bbs(const std::function<bool(const AskedPod&)>& holds) const {
    return !bbs.empty() && std::all_of(bbs.begin(), bbs.end(), holds);
}

bool AskedPod::keeps_dying(const LockLog Inside::*log) const {
    if (inside == nullptr || !inside->clock) return false;
    const CrashLoop& crashes = (inside->*log).crashes;
    const bool has_survived = crashes.restarted && *inside->clock - *crashes.restarted >= survival;
    return crashes.deaths >= 2 && crashes.last && *inside->clock - *crashes.last < may_die_again_for &&
           !has_survived;
}

long AskedPod::losses_lately() const {
    if (inside == nullptr || !inside->clock) return 0;
    const auto& losses = inside->bbs_log.losses;
    return std::count_if(losses.begin(), losses.end(),
                         [this](TimePoint loss) { return *inside->clock - loss < flapping; });
}

std::vector<const AskedPod*> Facts::diego() const {
    std::vector<const AskedPod*> all;
    for (const AskedPod& asked : bbs) all.push_back(&asked);
    for (const AskedPod& asked : lockets) all.push_back(&asked);
    return all;
}

int Facts::ready_cloud_controllers() const {
    return static_cast<int>(std::count_if(cloud_controllers.begin(), cloud_controllers.end(),
                                          [](const Pod& pod) { return pod.is_ready(); }));
}

bool Facts::is_ours(const std::string& lock_owner) const {
    if (any_bbs([&](const AskedPod& asked) { return asked.pod.name == lock_owner; })) return true;
    if (bbs.empty()) return false;
    for (int ordinal = 0; ordinal < wanted_bbs(); ++ordinal) {
        if (lock_owner == bbs.front().pod.role_name + "-" + std::to_string(ordinal)) return true;
    }
    return false;
}

bool Facts::is_former(const std::string& lock_owner) const {
    if (bbs.empty() || is_ours(lock_owner)) return false;
    const std::string start = bbs.front().pod.role_name + "-";
    return lock_owner.starts_with(start) && lock_owner.size() > start.size() &&
           lock_owner.find_first_not_of("0123456789", start.size()) == std::string::npos;
}

std::vector<std::string> Facts::serving() const {
    return names([](const AskedPod& asked) { return asked.ping() == Ping::serving; });
}

bool Facts::label_is_used() const {
    if (any_bbs([](const AskedPod& asked) { return asked.pod.label != ActiveLabel::absent; })) return true;
    if (!snapshot.services.is_known()) return true;
    const auto& services = snapshot.services.value();
    const auto& known = snapshot.edition().bbs_services;
    return std::any_of(services.begin(), services.end(), [&known](const Service& service) {
        return service.selects_active && std::find(known.begin(), known.end(), service.name) != known.end();
    });
}

bool Facts::lock_moved_within(std::chrono::seconds span) const {
    return any_bbs([span](const AskedPod& asked) {
        if (asked.inside == nullptr || !asked.inside->clock || !asked.inside->bbs_log.last_event)
            return false;
        return *asked.inside->clock - *asked.inside->bbs_log.last_event < span;
    });
}

std::vector<std::string> Facts::refusals() const {
    std::optional<TimePoint> acquired_at;
    std::optional<TimePoint> answered_since;
    for (const AskedPod* asked : diego()) {
        if (asked->inside == nullptr) continue;
        acquired_at = std::max(
            {acquired_at, asked->inside->bbs_log.acquired_at, asked->inside->locket_log.acquired_at});
    }
    answered_since = acquired_at;
    for (const AskedPod& asked : bbs) {
        if (asked.inside == nullptr) continue;
        const LockLog& log = asked.inside->bbs_log;
        answered_since = std::max(answered_since, log.asked_since);
        // One BBS may be told who holds the lock while the holder itself is refused, who may only read.
        if (log.collided_at)
            answered_since = std::max(answered_since, {*log.collided_at - until_refused_again});
    }
    std::vector<std::string> found;
    // A BBS may write down its first refusal only; that one counts until somebody got the lock.
    for (const AskedPod& asked : bbs) {
        if (asked.inside == nullptr || asked.inside->bbs_log.refusal.empty()) continue;
        const LockLog& log = asked.inside->bbs_log;
        if (!log.refused_at || !acquired_at || *log.refused_at >= *acquired_at)
            found.push_back("Locket answered " + asked.pod.name + ": " + log.refusal);
    }
    // Locket writes down each; of an unknown time it is not newer than the last answer.
    for (const AskedPod* asked : diego()) {
        if (asked->inside == nullptr || asked->inside->locket_log.refusal.empty()) continue;
        const LockLog& log = asked->inside->locket_log;
        if (log.refused_at && answered_since && *log.refused_at >= *answered_since)
            found.push_back("Locket in " + asked->pod.name + " refused the lock: " + log.refusal);
    }
    return found;
}

std::string Facts::probed_service() const {
    if (!snapshot.services.is_known()) return "";
    const auto& services = snapshot.services.value();
    for (const Probe& probe : snapshot.probes) {
        std::string name = probe.address.host.substr(0, probe.address.host.find('.'));
        if (std::any_of(services.begin(), services.end(),
                        [&name](const Service& service) { return service.name == name; }))
            return name;
    }
    return snapshot.bbs_service();
}

std::string unjudged_edition(const Facts& facts) {
    const std::vector<Pod> pods = facts.snapshot.pods_of(Role::unjudged_bbs);
    if (!facts.bbs.empty() || pods.empty()) return "";
    return "there is a BBS (" + pods.front().name + "), in an edition whose names are not known here";
}

std::string enumerated(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (index > 0) text += index + 1 == names.size() ? " and " : ", ";
        text += names[index];
    }
    return text;
}

}  // namespace cfee
