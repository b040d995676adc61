// What the findings together mean: one of a closed list.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/judgement.hpp"
#include "lib/runbook/facts.hpp"

namespace cfee {

/// A row of the closed list. Its place in the list is its precedence.
struct Cause {
    std::string_view id;  ///< stable, kebab-case
    std::string_view title;
    Remedy remedy;
    std::string_view advice;  ///< what a person should do
    /// The findings that prove it, as sentences; empty where it is not proven.
    std::vector<std::string> (*proof)(const Facts&, const std::vector<Finding>&);
    const Restart* restart = nullptr;  ///< where that is the remedy, or may be forced
    Weight weight = Weight::conclusive;
};

/// Read from the top, the first that is proven is the diagnosis. `inconclusive` is last and always proven.
[[nodiscard]] std::span<const Cause> causes();

/// The command that a person should type next; empty where there is none.
[[nodiscard]] std::string next_command(const Snapshot& snapshot, const Diagnosis& diagnosis);

/// Pure: the same snapshot is always judged alike.
[[nodiscard]] Judgement judge(const Snapshot& snapshot);

}  // namespace cfee
