// What nc, or bash, told in a pod of an attempt to open a connection.
#pragma once

#include <string_view>

#include "lib/facts/probe.hpp"

namespace cfee {

/// Reads what `connect` of in_pod/common.sh reports. `status` is "EXIT_STATUS TOOL"; the exit status alone
/// proves only success. Wordings: OpenBSD netcat old and new, traditional netcat, ncat, busybox, bash.
[[nodiscard]] Connection read_connection(std::string_view status, std::string_view text);

/// The same connection, for an address that needs no look-up: then it was not that which took too long.
[[nodiscard]] Connection without_lookup(Connection connection, std::string_view host);

/// "host" or "host:port"; nothing known where it is neither (letters, digits, dots and dashes; ports 1 to
/// 65535).
[[nodiscard]] Address parse_address(std::string_view text, int default_port);

/// Reads the output of in_pod/cloud_controller.sh. Without its sentinels nothing was asked, whatever exit
/// status kubectl had.
[[nodiscard]] Probe read_probe(std::string_view pod, std::string_view output);

}  // namespace cfee
