// What heal found and did: a plain value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/facts/judgement.hpp"
#include "lib/facts/plan.hpp"

namespace cfee {

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

struct Healing {
    TimePoint started;
    TimePoint ended;
    std::optional<Judged> before;
    std::optional<Judged> after;
    std::optional<Plan> plan;
    std::vector<Deletion> actions;  ///< all that were sent
    std::vector<Event> timeline;
    std::string evidence;  ///< the directory; empty: none was written
    HealOutcome outcome = HealOutcome::refused;
    std::vector<std::string> reasons;  ///< why this outcome
    std::string advice;                ///< what a person should do; empty where that is nothing
    int exit_status = 0;
};

}  // namespace cfee
