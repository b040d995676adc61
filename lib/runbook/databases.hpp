// What is known of a database that a pod names. Only for lib/runbook.
#pragma once

#include <string>

#include "lib/facts/verdict.hpp"
#include "lib/runbook/facts.hpp"

namespace cfee {

struct DatabaseState {
    Verdict verdict = Verdict::unknown;  ///< ok: it accepts; fail: it does not
    std::string text;                    ///< "db:5432 accepts connections"
    bool is_proved = false;              ///< it was heard itself, and not only a connection opened
};
/// Asked in its own language, by somebody who could.
[[nodiscard]] bool was_heard(const Database& database);
/// Its own words count, else the connection's; but of a pod in a mesh an open connection says nothing.
[[nodiscard]] DatabaseState state_of(const Facts& facts, const AskedPod& asked, const Database& database);

}  // namespace cfee
