// kubectl cfee-stager evidence
#pragma once

#include <string>

#include "lib/cluster/look.hpp"
#include "lib/commands/console.hpp"
#include "lib/world/folder.hpp"
#include "lib/world/host.hpp"

namespace cfee {

struct EvidenceOptions {
    LookOptions look;
    OutputFormat format = OutputFormat::text;
    bool is_verbose = false;
    std::string evidence;    ///< the directory; empty: one with a name of its own under `state_home`
    std::string state_home;  ///< $XDG_STATE_HOME, or what stands for it
};

/// Looks, and keeps the evidence that heal would keep. Returns the exit status: 0, or 4 where it could not be
/// kept.
[[nodiscard]] int gather(const EvidenceOptions& options, Host& host, Folder& folder, Console& console);

/// The document for something that stops everything before a look was possible.
void report_unkept(const EvidenceOptions& options, const std::string& reason, int exit_status,
                   Console& console);

}  // namespace cfee
