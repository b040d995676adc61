// Which packaging of Cloud Foundry this is: names of pods, containers, labels and services.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/pod.hpp"
#include "lib/facts/service.hpp"

namespace cfee {

/// A role's name in some edition. Its main container and its StatefulSet bear the same name.
struct RoleName {
    std::string_view name;
    Role role;
};
inline constexpr std::array role_names{
    RoleName{"api", Role::cloud_controller}, RoleName{"api-group", Role::cloud_controller},
    RoleName{"diego-api", Role::bbs},        RoleName{"diego-locket", Role::locket},
    RoleName{"locket", Role::locket},
};

/// Roles in whose pods the auctioneer runs. Asked for only where its lock is missing: hence not among the others.
inline constexpr std::array<std::string_view, 2> auctioneer_roles{"diego-brain", "auctioneer"};

/// Labels that name a role, in the order in which they are believed.
inline constexpr std::array<std::string_view, 2> role_labels{"skiff-role-name",
                                                             "app.kubernetes.io/component"};
/// KubeCF's own label for a role. Its names may bear a deployment's name before them, and then nothing is found by them.
inline constexpr std::string_view instance_group_label = "quarks.cloudfoundry.org/instance-group-name";
inline constexpr std::string_view active_label = "skiff-role-active";

/// Services by which Cloud Controller may know the BBS, the likeliest first.
inline constexpr std::array<std::string_view, 3> bbs_services{"diego-api-bbs", "diego-api", "diego-api-set"};

/// Containers of service meshes, beside or before a pod's own, through which its connections go.
inline constexpr std::array<std::string_view, 6> mesh_containers{
    "istio-proxy", "linkerd-proxy", "consul-dataplane", "envoy-sidecar", "kuma-sidecar", "envoy",
};

inline constexpr int bbs_port = 8889;
inline constexpr int locket_port = 8891;

/// Where Locket runs; by which of its pods exist it cannot be told: they may all be missing.
enum class LocketPlace { unknown, inside_bbs_pods, own_pods };

/// Where an edition came from: what tells it apart, and its usual name.
struct Edition {
    std::string_view id;
    std::string_view cloud_controller;  ///< role name
    std::string_view locket;            ///< role name; empty: inside the BBS pods
    std::string_view locket_service;    ///< where the BBS asks Locket that has pods of its own
    std::string_view title;
};
/// New editions are added here.
inline constexpr std::array editions{
    Edition{"cfee-1", "api", "diego-locket", "diego-locket",
            "CFEE 1 or SCF 2.5-2.11, Locket in diego-locket pods"},
    Edition{"cfee-2", "api", "", "", "CFEE 2 or SCF 2.12-2.14, Locket in the diego-api pods"},
    Edition{"cfee-3", "api-group", "", "", "CFEE 3 or SCF 2.14-2.15, Locket in the diego-api pods"},
    Edition{"scf-2.16", "api-group", "locket", "locket-locket", "SCF 2.16-2.20, Locket in locket pods"},
};
inline constexpr Edition unknown_edition{"unknown", "", "", "", "unknown edition"};

/// The selector that finds all pods that concern us, whatever the size of the namespace.
[[nodiscard]] std::string role_selector();
[[nodiscard]] std::string auctioneer_selector();
/// Role::other where nobody knows the name.
[[nodiscard]] Role role_of(std::string_view role_name);
/// The role's name that a pod of an unlabelled edition must have, judged by its owner's and its own name
/// ("diego-api-0", "diego-api-7c9d5f-x2x4z"); empty where there is none.
[[nodiscard]] std::string role_name_by_name(std::string_view pod_name, std::string_view owner_name);
/// Where the place is not known, the pods tell it.
[[nodiscard]] Edition edition_of(std::span<const Pod> pods, std::span<const Controller> controllers = {},
                                 LocketPlace place = LocketPlace::unknown);
/// The first of bbs_services that exists; empty where none does.
[[nodiscard]] std::string bbs_service(std::span<const Service> services);

}  // namespace cfee
