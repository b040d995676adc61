// One Locket of several that hangs. Only for lib/runbook.
#pragma once

#include <string>

#include "lib/runbook/causes.hpp"
#include "lib/runbook/hang.hpp"

namespace cfee {

/// The one Locket at which every BBS waits for the lock, and in which requests for it wait where a hang waits,
/// while they do in no other: its pod. Empty where there is none, or where any of that is not known.
[[nodiscard]] std::string locket_all_wait_at(const Facts& facts);

/// In one look: it waits for Locket's answer to its request for the lock.
[[nodiscard]] bool waits_for_the_lock(const HangLook::Bbs& bbs);
/// In one look: requests for the lock wait where a hang waits, and none is under way.
[[nodiscard]] bool shows_a_hang(const HangLook::Locket& locket);
Proof prove_hung_one_that_all_ask(const Facts& facts, const Findings& findings);

}  // namespace cfee
