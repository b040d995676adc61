// The Locket that hangs and that only the auctioneer asks. Only for lib/runbook.
#pragma once

#include "lib/runbook/causes.hpp"

namespace cfee {

Proof prove_hung_one_for_auctioneer(const Facts& facts, const Findings& findings);

}  // namespace cfee
