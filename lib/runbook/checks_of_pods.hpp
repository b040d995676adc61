// Checks that kubectl's own lists answer, named by the table of checks. Only for lib/runbook.
#pragma once

#include <string>

#include "lib/runbook/checks.hpp"

namespace cfee {

void judge_cc_ready(const Facts& facts, Finding& finding);
void judge_bbs_ready(const Facts& facts, Finding& finding);
void judge_bbs_active(const Facts& facts, Finding& finding);
void judge_bbs_endpoints(const Facts& facts, Finding& finding);

/// What to do about a question that could not be asked; `command` asks it by hand.
[[nodiscard]] std::string hint_for(const Trouble& trouble, const std::string& command);

}  // namespace cfee
