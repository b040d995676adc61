// What heal is about to do, and what it did, for people.
#pragma once

#include <iosfwd>

#include "lib/facts/healing.hpp"
#include "lib/report/style.hpp"

namespace cfee {

/// The result: what was done, and whether it helped.
void write_healing(std::ostream& stream, const Healing& healing, const Style& style);
/// The plan as a table, with the exact commands and the digest.
void write_plan(std::ostream& stream, const Plan& plan, const Snapshot& snapshot, const Style& style);

}  // namespace cfee
