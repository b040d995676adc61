// When restarting helps: all of (a) to (e), and every one of them known. Only for lib/runbook.
#pragma once

#include <string>
#include <vector>

#include "lib/runbook/facts.hpp"

namespace cfee {

/// A condition for a restart. The proof of a restart needs `holds` of all of them.
struct Condition {
    enum class State { holds, speaks_against, unknown };
    char letter;  ///< of the design's list
    State state;
    std::string text;
};

/// (a) no BBS answers its ping; (b) Locket hangs, or names one of our own pods; (c) every database accepts
/// connections; (d) no migration runs; (e) no pod is Terminating or young.
[[nodiscard]] std::vector<Condition> restart_conditions(const Facts& facts);

}  // namespace cfee
