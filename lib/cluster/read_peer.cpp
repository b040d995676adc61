#include "lib/cluster/read_peer.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace cfee {

namespace {

// An IPv4 address as a socket for both kinds of addresses shows it.
constexpr std::string_view mapped = "0000000000000000FFFF0000";
constexpr std::size_t digits_of_ipv4 = 8;

/// "0700F40A:22BB": the address as one number of the machine, whose bytes stand in reverse on all that runs
/// this.
std::optional<std::string> address_of(std::string_view socket) {
    std::string_view digits = socket.substr(0, socket.find(':'));
    if (digits.starts_with(mapped)) digits.remove_prefix(mapped.size());
    std::uint32_t number = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number, 16);
    if (digits.size() != digits_of_ipv4 || error != std::errc{} || stop != end) return std::nullopt;
    std::string address;
    for (int shift = 0; shift < 32; shift += 8) {
        address += (shift == 0 ? "" : ".") + std::to_string((number >> shift) & 0xffU);
    }
    return address;
}

}  // namespace

std::string read_peer(std::string_view status, std::string_view text) {
    if (status != "0") return "";
    std::string peer;
    while (!text.empty()) {
        // Each behind a blank.
        if (text.front() != ' ') return "";
        text.remove_prefix(1);
        const std::string_view socket = text.substr(0, text.find(' '));
        const std::optional<std::string> address = address_of(socket);
        if (!address || (!peer.empty() && peer != *address)) return "";
        peer = *address;
        text.remove_prefix(socket.size());
    }
    return peer;
}

}  // namespace cfee
