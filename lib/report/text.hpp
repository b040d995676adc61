// Reports for people. Not a contract.
#pragma once

#include <iosfwd>

#include "lib/report/report.hpp"
#include "lib/report/style.hpp"

namespace cfee {

void write_text(std::ostream& stream, const Report& report, const Style& style);

}  // namespace cfee
