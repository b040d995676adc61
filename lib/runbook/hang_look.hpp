// A look, and the looks before it, as a proof of a hang. Only for lib/runbook.
#pragma once

#include <optional>
#include <vector>

#include "lib/facts/snapshot.hpp"
#include "lib/runbook/hang.hpp"

namespace cfee {

/// What of a look speaks for and against a hang.
[[nodiscard]] HangLook hang_look_of(const Snapshot& snapshot);

/// By the latest look and any of those before it; not proved where none will do.
[[nodiscard]] Hang proved_hang(const std::vector<HangLook>& earlier, const HangLook& latest,
                               HangProof prove = prove_hang);

/// When a look that shows what the latest one shows would prove it; nothing where none would. `earlier` holds
/// the latest one too.
[[nodiscard]] std::optional<TimePoint> provable_at(const std::vector<HangLook>& earlier,
                                                   const HangLook& latest, HangProof prove = prove_hang);

}  // namespace cfee
