// SHA-256, from libmd.
#pragma once

#include <string>
#include <string_view>

namespace cfee {

/// In hexadecimal, lower case.
[[nodiscard]] std::string sha256(std::string_view text);

}  // namespace cfee
