// The table of checks: each asks one question of the facts, none depends on another.
#pragma once

#include <span>
#include <vector>

#include "lib/facts/verdict.hpp"
#include "lib/runbook/facts.hpp"

namespace cfee {

struct Check {
    CheckName name;
    std::string_view id;
    std::string_view title;
    std::string_view step;
    Group group;
    bool is_forgivable;
    /// Fills in verdict, evidence, hint and subjects.
    void (*judge)(const Facts&, Finding&);
};

/// In the order of the report.
[[nodiscard]] std::span<const Check> checks();
[[nodiscard]] std::vector<Finding> run_checks(const Facts& facts);

}  // namespace cfee
