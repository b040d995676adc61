// Reads the logs of BBS and Locket.
#pragma once

#include <string_view>

#include "lib/facts/lock_log.hpp"

namespace cfee {

/// Whose log it is.
enum class Job { bbs, locket };

/// Both shapes of lager's JSON lines, epoch and RFC 3339; other lines may stand between.
[[nodiscard]] LockLog read_lock_log(Job job, std::string_view text);

}  // namespace cfee
