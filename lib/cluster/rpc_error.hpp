// Errors of gRPC, as cfdot and the logs of BBS and Locket print them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cfee {

/// Who says it: what Locket itself answered is a fact; the client's own words say only that no answer came.
enum class RpcSide { server, client };

struct RpcError {
    std::string code;  ///< a number (2018) or a name (2022)
    std::string text;  ///< what stands behind "desc = "
    RpcSide side = RpcSide::server;

    /// Locket's word about the lock and nothing else: somebody holds it, or two asked at once. No failure.
    [[nodiscard]] bool is_about_the_lock() const;
    /// What the database answered, which so was reached.
    [[nodiscard]] bool is_the_databases() const;
};

/// From "rpc error: code = CODE desc = TEXT", to the end of the line; nothing where there is none.
[[nodiscard]] std::optional<RpcError> rpc_error_in(std::string_view text);
/// From an error that stands in Locket's own log without "rpc error": "sql-unknown", "context canceled", ...
[[nodiscard]] RpcError bare_error(std::string_view text);

}  // namespace cfee
