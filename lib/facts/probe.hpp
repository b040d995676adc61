// What one Cloud Controller pod said of the way to the BBS.
#pragma once

#include <string>

#include "lib/facts/answer.hpp"
#include "lib/facts/connection.hpp"

namespace cfee {

/// Why this address was probed.
enum class AddressSource { configuration, service, given };

/// What one Cloud Controller pod said.
struct Probe {
    std::string pod;
    Address address;
    AddressSource source = AddressSource::configuration;
    Connection connection;
    Trouble trouble;  ///< where the connection is could_not_ask: why
};

}  // namespace cfee
