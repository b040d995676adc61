// A look, and the looks before it, as a proof of a hang. Only for lib/runbook.
#pragma once

#include <optional>
#include <vector>

#include "lib/facts/snapshot.hpp"
#include "lib/runbook/hang.hpp"

namespace cfee {

/// What of a look speaks for and against a hang.
[[nodiscard]] HangLook hang_look_of(const Snapshot& snapshot);

/// The one in which requests for a lock wait where a hang waits, with none under way, while in all others there is
/// no request for one at all, and they answer, asked by themselves: whoever waits for a lock waits there. nullptr
/// where that is not so, or not known.
[[nodiscard]] const HangLook::Locket* waits_alone(const std::vector<HangLook::Locket>& lockets);

/// By the latest look and any of those before it; not proved where none will do.
[[nodiscard]] Hang proved_hang(const std::vector<HangLook>& earlier, const HangLook& latest,
                               HangProof prove = prove_hang);

/// When a look that shows what the latest one shows would prove it; nothing where none would. `earlier` holds
/// the latest one too.
[[nodiscard]] std::optional<TimePoint> provable_at(const std::vector<HangLook>& earlier,
                                                   const HangLook& latest, HangProof prove = prove_hang);

}  // namespace cfee
