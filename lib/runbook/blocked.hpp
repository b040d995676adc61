// Whether the database's own locks hold up Locket. Only for lib/runbook.
#pragma once

#include "lib/runbook/causes.hpp"

namespace cfee {

Proof prove_database_blocked(const Facts& facts, const Findings& findings);

}  // namespace cfee
