// What heal did, for people and for scripts (kind Healing).
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "lib/facts/healing.hpp"
#include "lib/report/style.hpp"

namespace cfee {

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
