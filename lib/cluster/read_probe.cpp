#include "lib/cluster/read_probe.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "lib/cluster/sentinel.hpp"

namespace cfee {

namespace {

struct Wording {
    std::string_view part;  ///< lower case
    Reach reach;
};
// Read top to bottom, the first that occurs decides. No host's name looks like one of them.
constexpr std::array wordings{
    Wording{"temporary failure in name resolution", Reach::lookup_failed},
    Wording{"try again", Reach::lookup_failed},
    Wording{"host name lookup failure", Reach::lookup_failed},
    Wording{"name or service not known", Reach::name_unknown},
    Wording{"no address associated", Reach::name_unknown},
    Wording{"name does not resolve", Reach::name_unknown},
    Wording{"nodename nor servname", Reach::name_unknown},
    Wording{"unknown host", Reach::name_unknown},
    Wording{"bad address", Reach::name_unknown},
    Wording{"could not resolve", Reach::name_unknown},
    Wording{": getaddrinfo", Reach::lookup_failed},
    Wording{"connection refused", Reach::refused},
    Wording{"no route to host", Reach::unreachable},
    Wording{"is unreachable", Reach::unreachable},
    Wording{"host is down", Reach::unreachable},
    Wording{" timed out", Reach::timed_out},
    Wording{": timeout", Reach::timed_out},
};

// By timeout: with SIGKILL, or where it did not need that.
bool was_ended(std::string_view exit_status) {
    return exit_status == "137" || exit_status == "124";
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return result;
}

std::optional<Reach> reach_by_wording(const std::string& words) {
    for (const Wording& wording : wordings) {
        if (words.find(wording.part) != std::string::npos) return wording.reach;
    }
    return std::nullopt;
}

std::string line_before_last(std::string_view text) {
    const std::size_t end = text.find_last_not_of("\r\n");
    const std::size_t start = end == std::string_view::npos ? end : text.find_last_of("\r\n", end);
    return start == std::string_view::npos ? "" : last_line(text.substr(0, start));
}

// Whatever the reason is: it says that it tried, and could not connect. Bash says so in a line of its own.
bool says_that_it_failed(std::string_view tool, std::string_view exit_status, const Connection& connection,
                         std::string_view text) {
    if (tool == "bash") return exit_status == "1" && text.find("connect: ") != std::string_view::npos;
    return (exit_status == "1" || exit_status == "2") && connection.text.find(": ") != std::string::npos;
}

}  // namespace

Connection read_connection(std::string_view status, std::string_view text) {
    const std::size_t space = status.find(' ');
    const std::string_view exit_status = status.substr(0, space);
    const std::string_view tool =
        space == std::string_view::npos ? std::string_view{} : status.substr(space + 1);
    if (tool != "nc" && tool != "bash") return {.text = "the answer is garbled"};
    Connection connection{.text = last_line(text)};
    if (exit_status == "0") {
        connection.reach = Reach::connected;
        return connection;
    }
    const std::string all = lower(text);
    if (exit_status == "126" || exit_status == "127" || all.find("usage:") != std::string::npos ||
        all.find("invalid option") != std::string::npos) {
        connection.text = "the container has neither a usable nc nor bash";
        return connection;
    }
    // The last line tells: before it netcat-traditional may say that the address has no name. But behind a name
    // that bash could not look up it says only that.
    const std::string before = line_before_last(text);
    const bool is_lookup = tool == "bash" && connection.text.ends_with(": Invalid argument") &&
                           !before.empty() && before.find("connect: ") == std::string::npos;
    if (is_lookup) connection.text = before;
    if (const auto reach = reach_by_wording(lower(connection.text))) {
        connection.reach = *reach;
    } else if (is_lookup) {
        connection.reach = Reach::lookup_failed;
    } else if (was_ended(exit_status) && tool == "nc") {
        // nc's own limit for the connection is the shorter one, so it was still looking up the name.
        connection.reach = Reach::lookup_failed;
        connection.text = "no answer to the name look-up within the limit";
    } else if (was_ended(exit_status)) {
        connection.reach = Reach::timed_out;
        connection.text = "no answer within the limit";
    } else if (says_that_it_failed(tool, exit_status, connection, text)) {
        connection.reach = Reach::failed;
    } else if (connection.text.empty()) {
        connection.text = "the tool ended with status " + std::string(exit_status) + " and said nothing";
    }
    return connection;
}

Connection without_lookup(Connection connection, std::string_view host) {
    const bool is_number = host.find_first_not_of("0123456789.") == std::string_view::npos;
    if (is_number && connection.reach == Reach::lookup_failed) {
        connection.reach = Reach::timed_out;
        connection.text = "no answer within the limit";
    }
    return connection;
}

Address parse_address(std::string_view text, int default_port) {
    constexpr int largest_port = 65535;
    const std::size_t colon = text.find(':');
    const std::string_view host = text.substr(0, colon);
    const auto is_host_character = [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '.' || letter == '-';
    };
    if (host.empty() || host.front() == '-' || !std::all_of(host.begin(), host.end(), is_host_character))
        return {};
    if (colon == std::string_view::npos) return {std::string(host), default_port};
    int port = 0;
    const std::string_view number = text.substr(colon + 1);
    if (number.empty() || number.size() > 5) return {};
    for (const char digit : number) {
        if (digit < '0' || digit > '9') return {};
        port = port * 10 + (digit - '0');
    }
    if (port < 1 || port > largest_port) return {};
    return {std::string(host), port};
}

Probe read_probe(std::string_view pod, std::string_view output) {
    Probe probe{.pod = std::string(pod)};
    const auto parts = read_parts(output);
    const auto address = parts.find("address");
    if (address == parts.end()) {
        probe.trouble = {Trouble::Kind::garbled, "the probe left no answer"};
        return probe;
    }
    probe.address = parse_address(address->second.text, 0);
    const std::string& source = address->second.status;
    probe.source = source == "override"  ? AddressSource::given
                   : source == "service" ? AddressSource::service
                                         : AddressSource::configuration;
    const auto answer = parts.find("probe");
    if (!probe.address.is_known()) {
        probe.trouble = {
            Trouble::Kind::not_found,
            "no address: Cloud Controller's configuration names none, and there is no BBS service"};
    } else if (answer == parts.end()) {
        probe.trouble = {Trouble::Kind::garbled, "the probe did not come to its end"};
    } else {
        probe.connection =
            without_lookup(read_connection(answer->second.status, answer->second.text), probe.address.host);
        if (!probe.connection.was_asked()) probe.trouble = {Trouble::Kind::no_program, probe.connection.text};
    }
    return probe;
}

}  // namespace cfee
