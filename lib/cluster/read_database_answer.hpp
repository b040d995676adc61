// Reads what databases answered to pods that asked them in their own language.
#pragma once

#include <string_view>

#include "lib/facts/database_answer.hpp"

namespace cfee {

/// Reads what in_pod/database_answer.sh prints. `status` is "EXIT_STATUS postgres" or "EXIT_STATUS mysql".
/// A pooler that asks clients for their password itself (pgbouncer, ProxySQL) is taken for the database.
[[nodiscard]] DatabaseAnswer read_database_answer(std::string_view status, std::string_view text);

}  // namespace cfee
