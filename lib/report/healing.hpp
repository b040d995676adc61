// What heal did, for people and for scripts (kind Healing).
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "lib/cluster/deletion_result.hpp"
#include "lib/cluster/snapshot.hpp"
#include "lib/report/style.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "lib/runbook/plan.hpp"

namespace cfee {

/// A look and what it means.
struct Judged {
    Snapshot snapshot;
    Judgement judgement;
};

/// One deletion that was sent.
struct Action {
    TimePoint at;
    std::string pod;
    std::string uid;
    DeletionResult::Kind result = DeletionResult::Kind::unknown;
    std::string text;  ///< the API server's words, where it refused
};

struct Event {
    TimePoint at;
    std::string text;
};

enum class HealOutcome {
    healthy,           ///< nothing was wrong
    healed_by_itself,  ///< it passed while heal waited; nothing was changed
    healed,            ///< restarted, and proved
    planned,           ///< a dry run
    refused,           ///< nothing was changed
    declined,          ///< nothing was changed
    not_healed,        ///< acted, and the problem is still there
    unverified,        ///< acted, and whether that cured could not be found out
    deadline,          ///< acted, and the pods were still on their way when the time was up
    interrupted,
};
[[nodiscard]] std::string_view to_words(HealOutcome outcome);
/// Of an interrupt status_of(Interrupted) is the exit status, and not this.
[[nodiscard]] int exit_status_of(HealOutcome outcome);

struct Healing {
    TimePoint started;
    TimePoint ended;
    std::optional<Judged> before;
    std::optional<Judged> after;
    std::optional<Plan> plan;
    std::vector<Action> actions;
    std::vector<Event> timeline;
    std::string evidence;  ///< the directory; empty: none was written
    HealOutcome outcome = HealOutcome::refused;
    std::vector<std::string> reasons;  ///< why this outcome; for a refusal also what a person should do
    int exit_status = 0;
};

/// What `evidence` kept.
struct Kept {
    std::optional<Judged> judged;
    std::string path;     ///< empty: nothing
    std::string problem;  ///< why nothing
};
void write_json(std::ostream& stream, const Kept& kept, const std::string& tool_version, int exit_status);

void write_json(std::ostream& stream, const Healing& healing, const std::string& tool_version);
/// The result: what was done, and whether it helped.
void write_text(std::ostream& stream, const Healing& healing, const Style& style);
/// The plan as a table, with the exact commands and the digest.
void write_plan(std::ostream& stream, const Plan& plan, const Snapshot& snapshot, const Style& style);

}  // namespace cfee
