// What a stream may look like: decided once for each, from flags, environment and the kind of stream.
#pragma once

#include <functional>
#include <string>

#include "lib/report/style.hpp"
#include "plugin/options.hpp"

namespace cfee {

/// A variable's value, or nullptr.
using Environment = std::function<const char*(const char*)>;

/// --color, then NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR, then whether the stream is a terminal that
/// can.
[[nodiscard]] Style style_for(ColourChoice choice, bool is_terminal, const Environment& environment);

}  // namespace cfee
