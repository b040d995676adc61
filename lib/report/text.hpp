// Reports for people. Not a contract.
#pragma once

#include <iosfwd>

#include "lib/facts/snapshot.hpp"
#include "lib/report/style.hpp"
#include "lib/runbook/diagnosis.hpp"

namespace cfee {

void write_text(std::ostream& stream, const Snapshot& snapshot, const Judgement& judgement,
                const Style& style);

}  // namespace cfee
