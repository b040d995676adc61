// Which packaging of Cloud Foundry this is: names of pods, containers, labels and services.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "lib/facts/pod.hpp"

namespace cfee {

/// KubeCF's own label for a role. Its names may bear a deployment's name before them, and then nothing is found by them.
inline constexpr std::string_view instance_group_label = "quarks.cloudfoundry.org/instance-group-name";

/// Containers of service meshes, beside or before a pod's own, through which its connections go.
inline constexpr std::array<std::string_view, 6> mesh_containers{
    "istio-proxy", "linkerd-proxy", "consul-dataplane", "envoy-sidecar", "kuma-sidecar", "envoy",
};

inline constexpr int bbs_port = 8889;
inline constexpr int locket_port = 8891;

/// Where Locket runs; by which of its pods exist it cannot be told: they may all be missing.
enum class LocketPlace { unknown, inside_bbs_pods, own_pods };

/// What a role is called: by its label and its StatefulSet; and the container in which its work is done.
struct RoleNames {
    Role role = Role::other;
    std::string_view name;
    std::string_view container = name;
};

/// One packaging of Cloud Foundry, and all that differs in it. What is left out is as SCF and CFEE have it.
struct Edition {
    std::string_view id;
    std::string_view title;          ///< what tells it apart, and its usual name
    std::array<RoleNames, 5> roles;  ///< without Locket: that runs inside the BBS pods
    /// Where Locket is asked that has pods of its own, if bbs.json does not say.
    std::string_view locket_service;
    /// That name a role, the more believable first.
    std::array<std::string_view, 2> role_labels{"skiff-role-name", "app.kubernetes.io/component"};
    std::string_view active_label = "skiff-role-active";
    /// The folder in its pods in which BOSH keeps packages, jobs and logs.
    std::string_view bosh_folder = "/var/vcap";
    /// The program in its BBS pods, below that folder, that asks whether the BBS serves (/v1/ping).
    std::string_view ping = "jobs/global-properties/bin/readiness/diego-api";
    /// Where that label is used; without it, readiness itself says who is active.
    bool passive_is_ready = true;
    /// By which Cloud Controller may know the BBS, the likeliest first.
    std::array<std::string_view, 3> bbs_services{"diego-api-bbs", "diego-api", "diego-api-set"};

    /// Empty where there are no such pods.
    [[nodiscard]] constexpr std::string_view name_of(Role role) const {
        const auto* const found = std::find_if(roles.begin(), roles.end(),
                                               [role](const RoleNames& names) { return names.role == role; });
        return found == roles.end() ? std::string_view{} : found->name;
    }
};
/// New editions are added here.
inline constexpr std::array editions{
    Edition{
        .id = "cfee-1",
        .title = "CFEE 1 or SCF 2.5-2.11, Locket in diego-locket pods",
        .roles{{
            {Role::cloud_controller, "api"},
            {Role::bbs, "diego-api"},
            {Role::locket, "diego-locket"},
            {Role::auctioneer, "diego-brain"},
        }},
        .locket_service = "diego-locket",
    },
    Edition{
        .id = "cfee-2",
        .title = "CFEE 2 or SCF 2.12-2.14, Locket in the diego-api pods",
        .roles{{
            {Role::cloud_controller, "api"},
            {Role::bbs, "diego-api"},
            {Role::auctioneer, "diego-brain"},
        }},
    },
    Edition{
        .id = "cfee-3",
        .title = "CFEE 3 or SCF 2.14-2.15, Locket in the diego-api pods",
        .roles{{
            {Role::cloud_controller, "api-group"},
            {Role::bbs, "diego-api"},
            {Role::auctioneer, "diego-brain"},
        }},
    },
    Edition{
        .id = "scf-2.16",
        .title = "SCF 2.16-2.20, Locket in locket pods",
        .roles{{
            {Role::cloud_controller, "api-group"},
            {Role::bbs, "diego-api"},
            {Role::locket, "locket"},
            {Role::auctioneer, "diego-brain"},
            {Role::auctioneer, "auctioneer"},
        }},
        .locket_service = "locket-locket",
    },
};
inline constexpr Edition unknown_edition{.id = "unknown", .title = "unknown edition"};

/// The label by which pods are asked for; those that bear only another are found among all of the namespace's.
inline constexpr std::string_view selected_label = editions.front().role_labels.front();
/// Before the edition is known: the selector that finds all pods that concern us, whatever the size of the
/// namespace; and the one for the auctioneer's, which are asked for only where its lock is missing.
[[nodiscard]] std::string role_selector();
[[nodiscard]] std::string auctioneer_selector();
/// Role::other where no edition has such a name, and for the auctioneer's.
[[nodiscard]] Role role_of(std::string_view role_name);
[[nodiscard]] bool runs_auctioneer(std::string_view role_name);
[[nodiscard]] bool is_main_container(std::string_view role_name, std::string_view container);
/// The role's name that a pod of an unlabelled edition must have, judged by its owner's and its own name
/// ("diego-api-0", "diego-api-7c9d5f-x2x4z"); empty where there is none.
[[nodiscard]] std::string role_name_by_name(std::string_view pod_name, std::string_view owner_name);
/// Where the place is not known, the pods tell it.
[[nodiscard]] const Edition& edition_of(std::span<const Pod> pods,
                                        std::span<const Controller> controllers = {},
                                        LocketPlace place = LocketPlace::unknown);

}  // namespace cfee
