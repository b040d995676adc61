// Words for a shell.
#pragma once

#include <string>
#include <string_view>

namespace cfee {

/// The word, quoted where a shell would do something with it.
[[nodiscard]] std::string shell_word(std::string_view word);

}  // namespace cfee
