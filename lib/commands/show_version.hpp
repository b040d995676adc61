// kubectl cfee-stager version
#pragma once

#include <string>

#include "lib/cluster/kubectl.hpp"
#include "lib/commands/console.hpp"
#include "lib/world/host.hpp"

namespace cfee {

/// Our version, and that of the kubectl that would be run, or why it cannot be told. Returns the exit status:
/// 0.
[[nodiscard]] int show_version(const Kubectl& kubectl, const std::string& program, Host& host,
                               Console& console);

}  // namespace cfee
