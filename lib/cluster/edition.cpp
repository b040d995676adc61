#include "lib/cluster/edition.hpp"

#include <algorithm>

namespace cfee {

namespace {

// What a StatefulSet, a ReplicaSet or a Deployment appends to its name: an ordinal or hashes.
bool is_suffix(std::string_view text) {
    const bool has_digit = text.find_first_of("0123456789") != std::string_view::npos;
    return has_digit &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

}  // namespace

std::string role_selector() {
    std::string names;
    for (const RoleName& role : role_names) names += (names.empty() ? "" : ",") + std::string(role.name);
    return std::string(role_labels.front()) + " in (" + names + ")";
}

Role role_of(std::string_view role_name) {
    for (const RoleName& role : role_names) {
        if (role.name == role_name) return role.role;
    }
    return Role::other;
}

std::string role_name_by_name(std::string_view pod_name, std::string_view owner_name) {
    // The longest name first: api-group-0 belongs to api-group, not to api.
    std::string_view best;
    for (const RoleName& role : role_names) {
        const bool is_owner = owner_name == role.name;
        const bool is_prefix = pod_name.size() > role.name.size() + 1 && pod_name.starts_with(role.name) &&
                               pod_name[role.name.size()] == '-' &&
                               is_suffix(pod_name.substr(role.name.size() + 1));
        // An owner that is somebody else's StatefulSet (api-worker-0) speaks against the prefix.
        const bool owner_agrees = owner_name.empty() || owner_name == role.name ||
                                  (owner_name.starts_with(std::string(role.name) + "-") &&
                                   is_suffix(owner_name.substr(role.name.size() + 1)));
        if ((is_owner || (is_prefix && owner_agrees)) && role.name.size() > best.size()) best = role.name;
    }
    return std::string(best);
}

Edition edition_of(std::span<const Pod> pods) {
    const auto name_of = [&](Role role) -> std::string_view {
        const auto found =
            std::find_if(pods.begin(), pods.end(), [role](const Pod& pod) { return pod.role == role; });
        return found == pods.end() ? std::string_view{} : std::string_view{found->role_name};
    };
    const std::string_view cloud_controller = name_of(Role::cloud_controller);
    const std::string_view locket = name_of(Role::locket);
    if (name_of(Role::bbs).empty()) return unknown_edition;
    for (const Edition& edition : editions) {
        if (edition.cloud_controller == cloud_controller && edition.locket == locket) return edition;
    }
    return unknown_edition;
}

std::string bbs_service(std::span<const Service> services) {
    for (const std::string_view wanted : bbs_services) {
        if (std::any_of(services.begin(), services.end(),
                        [wanted](const Service& service) { return service.name == wanted; }))
            return std::string(wanted);
    }
    return "";
}

}  // namespace cfee
