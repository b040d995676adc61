// kubectl cfee-stager evidence
#pragma once

#include "lib/commands/heal.hpp"

namespace cfee {

/// Looks, and keeps the evidence that heal would keep. Returns the exit status: 0, or 4 where it could not be
/// kept.
[[nodiscard]] int gather(const HealOptions& options, Host& host, Folder& folder, Console& console);

/// The document for something that stops everything before a look was possible.
void report_unkept(const HealOptions& options, const std::string& reason, int exit_status, Console& console);

}  // namespace cfee
