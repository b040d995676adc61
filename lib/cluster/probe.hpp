// How an attempt to open a TCP connection ended, as nc or bash told it in a pod.
#pragma once

#include <string>
#include <string_view>

#include "lib/cluster/answer.hpp"

namespace cfee {

enum class Reach {
    connected,
    refused,        ///< somebody said no: nothing listens, or a service without endpoints
    timed_out,      ///< silence
    name_unknown,   ///< DNS says that there is no such name
    lookup_failed,  ///< DNS did not say anything of use
    unreachable,    ///< no route
    could_not_ask,  ///< nothing is known about the address
};

struct Connection {
    Reach reach = Reach::could_not_ask;
    std::string text;  ///< what the tool printed, its last line; or why nobody could ask

    [[nodiscard]] bool is_open() const { return reach == Reach::connected; }
    [[nodiscard]] bool was_asked() const { return reach != Reach::could_not_ask; }
};

/// "connected", "refused", "timed out", ... for a person.
[[nodiscard]] std::string_view to_words(Reach reach);

/// Reads what `connect` of in_pod/common.sh reports. `status` is "EXIT_STATUS TOOL"; the exit status alone
/// proves only success. Wordings: OpenBSD netcat old and new, traditional netcat, ncat, busybox, bash.
[[nodiscard]] Connection read_connection(std::string_view status, std::string_view text);

/// The same connection, for an address that needs no look-up: then it was not that which took too long.
[[nodiscard]] Connection without_lookup(Connection connection, std::string_view host);

/// HOST:PORT.
struct Address {
    std::string host;
    int port = 0;

    [[nodiscard]] std::string text() const { return host + ":" + std::to_string(port); }
    [[nodiscard]] bool is_known() const { return !host.empty(); }
};
/// "host" or "host:port"; nothing known where it is neither (letters, digits, dots and dashes; ports 1 to
/// 65535).
[[nodiscard]] Address parse_address(std::string_view text, int default_port);

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
/// Reads the output of in_pod/cloud_controller.sh. Without its sentinels nothing was asked, whatever exit
/// status kubectl had.
[[nodiscard]] Probe read_probe(std::string_view pod, std::string_view output);

}  // namespace cfee
