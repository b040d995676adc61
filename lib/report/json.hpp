// Reports for scripts: a contract (apiVersion cfee-stager/v1; the schema is schema.json beside this file).
#pragma once

#include <iosfwd>
#include <string>

#include "lib/report/report.hpp"

namespace cfee {

/// Exactly one document, of kind Diagnosis, Healing or Evidence.
void write_json(std::ostream& stream, const Report& report, const std::string& tool_version);

}  // namespace cfee
