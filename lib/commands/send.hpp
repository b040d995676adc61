// Sends deletions, or their dry run, to the API server. Only for lib/commands.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/cluster/deletion.hpp"
#include "lib/world/host.hpp"

namespace cfee {

/// Sends these all at once, and once more where the user's kuberc stands in the way. The answers come in the order
/// of the pods.
[[nodiscard]] std::vector<DeletionResult> send(
    Host& host, const std::vector<std::string>& pods,
    const std::function<Command(std::size_t, Kuberc)>& command_for);

}  // namespace cfee
