// Checks that need an exec, named by the table of checks. Only for lib/runbook.
#pragma once

#include "lib/runbook/checks.hpp"

namespace cfee {

void judge_bbs_reachable(const Facts& facts, Finding& finding);
void judge_bbs_serving(const Facts& facts, Finding& finding);
void judge_lock_owner(const Facts& facts, Finding& finding);
void judge_locket_ready(const Facts& facts, Finding& finding);
void judge_database_reachable(const Facts& facts, Finding& finding);

}  // namespace cfee
