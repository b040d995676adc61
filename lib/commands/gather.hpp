// kubectl cfee-stager evidence
#pragma once

#include "lib/commands/heal.hpp"

namespace cfee {

/// Looks, and keeps the evidence that heal would keep. Returns the exit status: 0, or 4 where it could not be
/// kept.
[[nodiscard]] int gather(const HealOptions& options, Host& host, Folder& folder, Console& console);

}  // namespace cfee
