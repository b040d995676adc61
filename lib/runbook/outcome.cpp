#include "lib/runbook/outcome.hpp"

#include <algorithm>
#include <array>

#include "lib/facts/exit_status.hpp"

namespace cfee {

namespace {

constexpr std::array statuses{
    ExitStatusRow{exit_status::well, "healthy; heal: or healed and verified, or a dry run; evidence: kept",
                  true, true, true},
    ExitStatusRow{exit_status::problem,
                  "diagnose: a problem was found. heal: it acted, and the problem is still there", true, true,
                  false},
    ExitStatusRow{exit_status::wrong_usage, "wrong usage", true, true, true},
    ExitStatusRow{exit_status::inconclusive,
                  "diagnose: inconclusive, something that matters could not be checked", true, false, false},
    ExitStatusRow{
        exit_status::not_done,
        "heal: refused, declined or could not begin; nothing was changed. evidence: could not be kept", false,
        true, true},
    ExitStatusRow{exit_status::unverified, "heal: it acted, and whether that cured could not be found out",
                  false, true, false},
    ExitStatusRow{exit_status::out_of_time,
                  "heal: it acted, and the time was up while the pods were on their way", false, true, false},
};

constexpr std::array outcomes{
    OutcomeRow{HealOutcome::healthy, exit_status::well, Verdict::ok, "healthy",
               "The BBS works; nothing was changed."},
    OutcomeRow{HealOutcome::healed_by_itself, exit_status::well, Verdict::ok, "healed-by-itself",
               "It passed by itself; nothing was changed."},
    OutcomeRow{HealOutcome::healed, exit_status::well, Verdict::ok, "healed",
               "Healed, and proved by two looks."},
    OutcomeRow{HealOutcome::planned, exit_status::well, Verdict::ok, "planned",
               "This is what heal would do. Nothing was changed."},
    OutcomeRow{HealOutcome::refused, exit_status::not_done, Verdict::warn, "refused",
               "Not done. Nothing was changed."},
    OutcomeRow{HealOutcome::declined, exit_status::not_done, Verdict::warn, "declined",
               "Declined. Nothing was changed."},
    OutcomeRow{HealOutcome::not_healed, exit_status::problem, Verdict::fail, "not-healed",
               "The pods were restarted, and the problem is still there."},
    OutcomeRow{HealOutcome::unverified, exit_status::unverified, Verdict::unknown, "unverified",
               "The pods were restarted; whether that helped could not be found out."},
    OutcomeRow{HealOutcome::deadline, exit_status::out_of_time, Verdict::unknown, "deadline",
               "The time was up while the pods were still on their way."},
    OutcomeRow{HealOutcome::interrupted, exit_status::interrupted, Verdict::warn, "interrupted",
               "Interrupted."},
};

}  // namespace

std::span<const ExitStatusRow> exit_statuses() {
    return statuses;
}

const OutcomeRow& row_of(HealOutcome outcome) {
    return *std::find_if(outcomes.begin(), outcomes.end(),
                         [outcome](const OutcomeRow& row) { return row.outcome == outcome; });
}

}  // namespace cfee
