#include "lib/facts/edition.hpp"

#include <algorithm>
#include <vector>

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

// The auctioneer's pods are judged by nobody: they are a witness.
bool is_judged(const RoleNames& names) {
    return names.role != Role::other && names.role != Role::auctioneer;
}

bool is_of_auctioneer(const RoleNames& names) {
    return names.role == Role::auctioneer;
}

// nullptr where no edition has such a role.
template <class Holds>
const RoleNames* find_role(Holds holds) {
    for (const Edition& edition : editions) {
        for (const RoleNames& names : edition.roles) {
            if (holds(names)) return &names;
        }
    }
    return nullptr;
}

// Each name once, in the order of the rows.
std::vector<std::string_view> names_of(bool (*are_wanted)(const RoleNames&)) {
    std::vector<std::string_view> found;
    for (const Edition& edition : editions) {
        if (edition.role_labels.front() != selected_label) continue;
        for (const RoleNames& names : edition.roles) {
            if (are_wanted(names) && std::find(found.begin(), found.end(), names.name) == found.end())
                found.push_back(names.name);
        }
    }
    return found;
}

std::string selector_of(const std::vector<std::string_view>& names) {
    std::string text;
    for (const std::string_view name : names) text += (text.empty() ? "" : ",") + std::string(name);
    return std::string(selected_label) + " in (" + text + ")";
}

}  // namespace

std::string role_selector() {
    std::vector<std::string_view> names = names_of(is_judged);
    std::sort(names.begin(), names.end());  // recordings ask so
    return selector_of(names);
}

std::string auctioneer_selector() {
    return selector_of(names_of(is_of_auctioneer));
}

Role role_of(std::string_view role_name) {
    const RoleNames* const found = find_role(
        [role_name](const RoleNames& names) { return is_judged(names) && names.name == role_name; });
    return found == nullptr ? Role::other : found->role;
}

bool runs_auctioneer(std::string_view role_name) {
    return find_role([role_name](const RoleNames& names) {
               return is_of_auctioneer(names) && names.name == role_name;
           }) != nullptr;
}

bool is_main_container(std::string_view role_name, std::string_view container) {
    return find_role([&](const RoleNames& names) {
               return names.name == role_name && names.container == container;
           }) != nullptr;
}

std::string role_name_by_name(std::string_view pod_name, std::string_view owner_name) {
    const RoleNames* const found = find_role([&](const RoleNames& names) {
        if (!is_judged(names)) return false;
        // A StatefulSet bears the role's name, a ReplicaSet that and a hash; an owner that is neither
        // (api-worker) speaks against the pod's own name (api-worker-0).
        const bool is_owned = owner_name == names.name || is_hash(after(owner_name, names.name));
        return is_owned || (owner_name.empty() && is_pod_suffix(after(pod_name, names.name)));
    });
    return found == nullptr ? "" : std::string(found->name);
}

const Edition& edition_of(std::span<const Pod> pods, std::span<const Controller> controllers,
                          LocketPlace place) {
    const auto name_of = [&](Role role) -> std::string_view {
        const auto found =
            std::find_if(pods.begin(), pods.end(), [role](const Pod& pod) { return pod.role == role; });
        return found == pods.end() ? std::string_view{} : std::string_view{found->role_name};
    };
    std::string_view locket = name_of(Role::locket);
    if (place == LocketPlace::inside_bbs_pods) locket = {};
    for (const Controller& controller : controllers) {
        if (place == LocketPlace::own_pods && locket.empty() && role_of(controller.name) == Role::locket)
            locket = controller.name;
    }
    const bool any_locket = place == LocketPlace::own_pods && locket.empty();  // all its pods are missing
    const auto is_labelled_otherwise = [&](const Edition& edition) {
        return std::any_of(pods.begin(), pods.end(), [&edition](const Pod& pod) {
            return !pod.role_label.empty() &&
                   std::find(edition.role_labels.begin(), edition.role_labels.end(), pod.role_label) ==
                       edition.role_labels.end();
        });
    };
    for (const Edition& edition : editions) {
        if (edition.name_of(Role::bbs) != name_of(Role::bbs) ||
            edition.name_of(Role::cloud_controller) != name_of(Role::cloud_controller) ||
            is_labelled_otherwise(edition))
            continue;
        const std::string_view name = edition.name_of(Role::locket);
        if (any_locket ? !name.empty() : name == locket) return edition;
    }
    return unknown_edition;
}

}  // namespace cfee
