// Reports for scripts: a contract (apiVersion cfee-stager/v1; the schema is schema.json beside this file).
#pragma once

#include <iosfwd>
#include <string>

#include "lib/facts/snapshot.hpp"
#include "lib/runbook/diagnosis.hpp"

namespace cfee {

/// Exactly one document, kind Diagnosis. `exit_status` is what the program will end with.
void write_json(std::ostream& stream, const Snapshot& snapshot, const Judgement& judgement,
                const std::string& tool_version, int exit_status);

}  // namespace cfee
