// kubectl's JSON into plain values. Nothing that a cluster can answer makes these throw.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/answer.hpp"
#include "lib/facts/pod.hpp"
#include "lib/facts/service.hpp"

namespace cfee {

/// `kubectl get pods -o json`. Pods that are no concern of ours are left out.
[[nodiscard]] Answer<std::vector<Pod>> parse_pods(std::string_view text);

/// Likewise the pods in which the auctioneer runs, by their label, and no others.
[[nodiscard]] Answer<std::vector<Pod>> parse_auctioneer_pods(std::string_view text);

/// `kubectl get services,endpoints,statefulsets -o json`, or any of the three.
struct Objects {
    std::vector<Service> services;
    std::vector<Endpoints> endpoints;
    std::vector<Controller> controllers;
};
[[nodiscard]] Answer<Objects> parse_objects(std::string_view text);

/// Names of the nodes that are not ready; nothing where the text is no list of nodes.
[[nodiscard]] std::vector<std::string> parse_unready_nodes(std::string_view text);

/// `kubectl config view --minify -o json`.
struct Context {
    std::string name;
    std::string server;
};
[[nodiscard]] Answer<Context> parse_context(std::string_view text);

/// `kubectl version --client -o json`: the version as kubectl writes it, "v1.27.4".
[[nodiscard]] Answer<std::string> parse_client_version(std::string_view text);

}  // namespace cfee
