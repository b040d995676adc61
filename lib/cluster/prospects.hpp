// What a look lacks where pods are about to be deleted: whether they would come back.
#pragma once

#include <string>
#include <vector>

#include "lib/cluster/kubectl.hpp"
#include "lib/facts/snapshot.hpp"
#include "lib/world/host.hpp"

namespace cfee {

/// The nodes of BBS and Locket pods that are not ready; none where that could not be found out.
[[nodiscard]] std::vector<std::string> unready_nodes(Host& host, const Kubectl& kubectl,
                                                     const Snapshot& snapshot);

/// Asked only where one of them owns a BBS or Locket pod; few editions have them there.
[[nodiscard]] Answer<std::vector<Controller>> replica_sets(Host& host, const Kubectl& kubectl,
                                                           const Snapshot& snapshot);

}  // namespace cfee
