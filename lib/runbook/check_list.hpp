// The functions that the table of checks names, and what they share. Only for lib/runbook.
#pragma once

#include <algorithm>
#include <string>

#include "lib/runbook/checks.hpp"

namespace cfee {

void judge_cc_ready(const Facts& facts, Finding& finding);
void judge_bbs_reachable(const Facts& facts, Finding& finding);
void judge_bbs_ready(const Facts& facts, Finding& finding);
void judge_bbs_active(const Facts& facts, Finding& finding);
void judge_bbs_endpoints(const Facts& facts, Finding& finding);
void judge_bbs_serving(const Facts& facts, Finding& finding);
void judge_lock_owner(const Facts& facts, Finding& finding);
void judge_locket_ready(const Facts& facts, Finding& finding);
void judge_database_reachable(const Facts& facts, Finding& finding);

/// What to do about a question that could not be asked; `command` asks it by hand.
[[nodiscard]] std::string hint_for(const Trouble& trouble, const std::string& command);

}  // namespace cfee
