#include "lib/cluster/rpc_error.hpp"

#include <algorithm>
#include <array>

#include "lib/cluster/sentinel.hpp"

namespace cfee {

namespace {

// Canceled, DeadlineExceeded and Unavailable are made by the client where no answer came.
constexpr std::array<std::string_view, 6> client_codes{
    "1", "4", "14", "Canceled", "DeadlineExceeded", "Unavailable"};
// Unknown and Internal are either side's: a transport's or context's words are the client's.
constexpr std::array<std::string_view, 6> client_words{
    "context ", "transport", "grpc:", "connection error", "stream terminated", "the client connection",
};
constexpr std::array<std::string_view, 6> words_about_the_lock{
    "lock-collision",     "sql-resource-exists", "sql-resource-not-found",
    "resource-not-found", "resource-exists",     "Lock already exists",
};

// Of what drivers hand on, and of Diego's own names for it: what a database answered. Whatever else a server says of its
// database may as well be that it was not reached, or hung up.
constexpr std::array<std::string_view, 5> words_of_databases{"pq: ", "sql-", "ERROR: ", "FATAL: ", "Error "};

bool begins_with_any(std::string_view text, const auto& starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [text](std::string_view start) { return text.starts_with(start); });
}

RpcSide side_of(std::string_view code, std::string_view text) {
    const bool is_clients = std::find(client_codes.begin(), client_codes.end(), code) != client_codes.end() ||
                            begins_with_any(text, client_words);
    return is_clients ? RpcSide::client : RpcSide::server;
}

}  // namespace

bool RpcError::is_about_the_lock() const {
    return begins_with_any(text, words_about_the_lock);
}

bool RpcError::is_the_databases() const {
    return side == RpcSide::server && begins_with_any(text, words_of_databases);
}

std::optional<RpcError> rpc_error_in(std::string_view text) {
    constexpr std::string_view start = "rpc error: code = ";
    constexpr std::string_view middle = " desc = ";
    const std::size_t at = text.find(start);
    if (at == std::string_view::npos) return std::nullopt;
    text.remove_prefix(at + start.size());
    text = text.substr(0, text.find('\n'));
    const std::size_t desc = text.find(middle);
    const std::string_view code = text.substr(0, desc);
    const std::string_view words =
        desc == std::string_view::npos ? std::string_view{} : text.substr(desc + middle.size());
    return RpcError{.code = first_line(code), .text = first_line(words), .side = side_of(code, words)};
}

RpcError bare_error(std::string_view text) {
    return {.code = "", .text = first_line(text), .side = side_of("", text)};
}

}  // namespace cfee
