#include "lib/facts/edition.hpp"

#include <algorithm>

namespace cfee {

namespace {

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// What a Deployment and a ReplicaSet append: letters without vowels, and digits. Old ones are plain numbers.
bool is_hash(std::string_view text) {
    constexpr std::size_t shortest = 5;
    constexpr std::size_t longest = 10;
    const bool is_safe = text.find_first_not_of("bcdfghjklmnpqrstvwxz2456789") == std::string_view::npos;
    return text.size() >= shortest && text.size() <= longest && (is_safe || is_number(text));
}

// "0", or "7c9d5f4b6d-x2x4z".
bool is_pod_suffix(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return is_number(text);
    return is_hash(text.substr(0, dash)) && is_hash(text.substr(dash + 1));
}

// What follows "NAME-"; empty where the text does not begin so.
std::string_view after(std::string_view text, std::string_view name) {
    const bool begins = text.size() > name.size() + 1 && text.starts_with(name) && text[name.size()] == '-';
    return begins ? text.substr(name.size() + 1) : std::string_view{};
}

}  // namespace

std::string role_selector() {
    std::string names;
    for (const RoleName& role : role_names) names += (names.empty() ? "" : ",") + std::string(role.name);
    return std::string(role_labels.front()) + " in (" + names + ")";
}

std::string auctioneer_selector() {
    std::string names;
    for (const std::string_view name : auctioneer_roles)
        names += (names.empty() ? "" : ",") + std::string(name);
    return std::string(role_labels.front()) + " in (" + names + ")";
}

Role role_of(std::string_view role_name) {
    for (const RoleName& role : role_names) {
        if (role.name == role_name) return role.role;
    }
    return Role::other;
}

std::string role_name_by_name(std::string_view pod_name, std::string_view owner_name) {
    for (const RoleName& role : role_names) {
        // A StatefulSet bears the role's name, a ReplicaSet that and a hash; an owner that is neither
        // (api-worker) speaks against the pod's own name (api-worker-0).
        const bool is_owned = owner_name == role.name || is_hash(after(owner_name, role.name));
        if (is_owned || (owner_name.empty() && is_pod_suffix(after(pod_name, role.name))))
            return std::string(role.name);
    }
    return "";
}

Edition edition_of(std::span<const Pod> pods, std::span<const Controller> controllers, LocketPlace place) {
    const auto name_of = [&](Role role) -> std::string_view {
        const auto found =
            std::find_if(pods.begin(), pods.end(), [role](const Pod& pod) { return pod.role == role; });
        return found == pods.end() ? std::string_view{} : std::string_view{found->role_name};
    };
    const std::string_view cloud_controller = name_of(Role::cloud_controller);
    std::string_view locket = name_of(Role::locket);
    if (name_of(Role::bbs).empty()) return unknown_edition;
    if (place == LocketPlace::inside_bbs_pods) locket = {};
    for (const Controller& controller : controllers) {
        if (place == LocketPlace::own_pods && locket.empty() && role_of(controller.name) == Role::locket)
            locket = controller.name;
    }
    const bool any_locket = place == LocketPlace::own_pods && locket.empty();  // all its pods are missing
    for (const Edition& edition : editions) {
        if (edition.cloud_controller != cloud_controller) continue;
        if (any_locket ? !edition.locket.empty() : edition.locket == locket) return edition;
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
