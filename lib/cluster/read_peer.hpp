// Which Locket a BBS asks, by the connection that it has.
#pragma once

#include <string>
#include <string_view>

namespace cfee {

/// Reads what in_pod/peer.sh prints: the address of the one peer, such as 10.244.0.7; empty where there is
/// none, more than one, or no such address (IPv6).
[[nodiscard]] std::string read_peer(std::string_view status, std::string_view text);

}  // namespace cfee
