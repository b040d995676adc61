// No BBS runs in any of its pods. Only for lib/runbook.
#pragma once

#include "lib/runbook/causes.hpp"

namespace cfee {

Proof prove_bbs_not_running(const Facts& facts, const Findings& findings);
Proof prove_bbs_stopped(const Facts& facts, const Findings& findings);
Proof prove_unclear_why_none_runs(const Facts& facts, const Findings& findings);

}  // namespace cfee
