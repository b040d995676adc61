// What to do next: a value, made by decide() and carried out by whoever has a Host.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lib/facts/cleared.hpp"
#include "lib/facts/healing.hpp"
#include "lib/runbook/history.hpp"

namespace cfee {

struct LookAgain {
    enum class Depth { look, glance, rest_of_glance };
    std::chrono::system_clock::duration after{0};
    std::string waiting_for;  ///< empty: it is not said
    Depth depth = Depth::look;
};
struct MakePlan {};
/// The plan is shown, but where it was agreed to by its digest.
struct Ask {
    bool shows_plan = true;
    std::string question;  ///< empty: it is agreed to already
};
struct SaveEvidence {};
/// The server-side dry run of all that is planned.
struct TryDeletions {};
struct Delete {
    std::vector<ClearedDeletion> deletions;
    std::size_t stage = 0;
};
/// What was not deleted, and need not or must not be any more.
struct LeaveAlone {
    std::vector<Deletion> deletions;
};
/// Nothing is to be done for the next phase to begin with the same look.
struct GoOn {};
struct End {
    HealOutcome outcome = HealOutcome::refused;
    std::vector<std::string> reasons;
    std::string advice = {};  ///< what a person should do
    bool shows_plan = false;
};

struct Decision {
    std::variant<LookAgain, MakePlan, Ask, SaveEvidence, TryDeletions, Delete, LeaveAlone, GoOn, End> what;
    std::optional<Phase> next;       ///< the phase that begins with it
    std::vector<std::string> notes;  ///< for the person who watches
};

}  // namespace cfee
