// How a run can end: one table of exit statuses, one of heal's outcomes. Everybody reads these.
#pragma once

#include <span>
#include <string_view>

#include "lib/facts/healing.hpp"

namespace cfee {

/// An exit status, and which commands can end so.
struct ExitStatusRow {
    int status;
    std::string_view meaning;
    bool is_diagnose;
    bool is_heal;
    bool is_evidence;
};
/// Without those of signals.
[[nodiscard]] std::span<const ExitStatusRow> exit_statuses();

struct OutcomeRow {
    HealOutcome outcome;
    int exit_status;  ///< of an interrupt status_of(Interrupted) is the exit status, and not this
    Verdict verdict;  ///< by which it is marked
    std::string_view word;
    std::string_view sentence;
};
[[nodiscard]] const OutcomeRow& row_of(HealOutcome outcome);

}  // namespace cfee
