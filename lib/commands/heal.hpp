// kubectl cfee-stager heal
#pragma once

#include <chrono>
#include <string>

#include "lib/cluster/look.hpp"
#include "lib/commands/console.hpp"
#include "lib/runbook/limits.hpp"
#include "lib/world/folder.hpp"
#include "lib/world/host.hpp"
#include "lib/world/prompt.hpp"

namespace cfee {

/// What can be typed and has a default has it in the table of options.
struct HealOptions {
    LookOptions look;
    OutputFormat format = OutputFormat::text;
    bool is_verbose = false;
    std::chrono::milliseconds grace{};    ///< how long it must fail without a break
    std::chrono::milliseconds timeout{};  ///< for waiting, before and after acting
    std::chrono::milliseconds settle{};   ///< between the two looks that prove the cure
    DryRun dry_run = DryRun::none;
    Force force = Force::no;
    bool is_agreed = false;      ///< --yes
    std::string digest;          ///< --confirm; empty: not given
    bool may_ask = true;         ///< not --no-input
    bool wants_evidence = true;  ///< not --no-evidence
    std::string evidence;        ///< the directory; empty: one with a name of its own under `state_home`
    std::string state_home;      ///< $XDG_STATE_HOME, or what stands for it
    std::string replay;          ///< transcript to act on instead of a cluster; empty: none
};

/// Looks, judges, and where the remedy is a restart: plan, consent, evidence, act, verify. Returns the exit
/// status.
[[nodiscard]] int heal(const HealOptions& options, Host& host, Prompt& prompt, Folder& folder,
                       Console& console);

/// The document for something that stops everything before a look was possible.
void report_unhealed(const HealOptions& options, TimePoint now, const std::string& reason, int exit_status,
                     Console& console);

}  // namespace cfee
