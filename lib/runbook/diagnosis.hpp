// What the findings together mean: one of a closed list.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/judgement.hpp"
#include "lib/runbook/facts.hpp"

namespace cfee {

/// The command that a person should type next; empty where there is none.
[[nodiscard]] std::string next_command(const Snapshot& snapshot, const Diagnosis& diagnosis);

/// Pure: the same snapshot is always judged alike.
[[nodiscard]] Judgement judge(const Snapshot& snapshot);

}  // namespace cfee
