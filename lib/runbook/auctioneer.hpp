// The auctioneer's lock: without somebody who holds it nothing is staged. Only for lib/runbook.
#pragma once

#include <optional>
#include <string>

#include "lib/runbook/causes.hpp"

namespace cfee {

/// Who holds it: empty where nobody does, nothing where that is not known.
[[nodiscard]] std::optional<std::string> auctioneer_of(const Facts& facts);

/// There are auctioneers, or it is not known whether there are, and it is not known that one has its lock. False
/// where nobody asked for them: in editions without cfdot, and in recordings of older versions.
[[nodiscard]] bool auctioneer_is_missed(const Facts& facts);
Proof prove_auctioneer_idle(const Facts& facts, const Findings& findings);
Proof prove_auctioneer_late(const Facts& facts, const Findings& findings);

}  // namespace cfee
