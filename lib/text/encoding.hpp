// Bytes, and how a transcript writes what JSON cannot hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cfee {

/// Well-formed UTF-8: neither overlong nor beyond U+10FFFF nor surrogates.
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Base64 with padding (RFC 4648 §4).
[[nodiscard]] std::string base64(std::string_view bytes);
/// Nothing when it is not base64.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace cfee
