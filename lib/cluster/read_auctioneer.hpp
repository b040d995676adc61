// Reads what is asked where nobody holds the auctioneer's lock.
#pragma once

#include <string>
#include <string_view>

#include "lib/facts/auctioneer.hpp"
#include "lib/facts/inside.hpp"

namespace cfee {

/// Reads what in_pod/auctioneer.sh printed in the auctioneer's pod.
void read_auctioneer(std::string_view output, Auctioneer& auctioneer);

/// Of what in_pod/lockets.sh printed in a BBS pod, what concerns the Locket at this address: its own answer.
void read_locket_at(const std::string& address, std::string_view output, Inside& locket);

}  // namespace cfee
