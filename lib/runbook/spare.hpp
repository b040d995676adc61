// A BBS serves, and no other could take over; or a pod is lost with its node. Only for lib/runbook.
#pragma once

#include <string>

#include "lib/runbook/causes.hpp"

namespace cfee {

/// Of a pod that is lost with its node.
[[nodiscard]] std::string why_lost(const Facts& facts, const AskedPod& asked);
Proof prove_no_spare(const Facts& facts, const Findings& findings);
Proof prove_node_lost(const Facts& facts, const Findings& findings);

}  // namespace cfee
