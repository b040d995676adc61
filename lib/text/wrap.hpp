// Lines of limited width.
#pragma once

#include <string>
#include <string_view>

namespace cfee {

/// Breaks at blanks so that no line is wider than `width`, unless a word is. `column` is where the text
/// begins on its first line; further lines are indented by `indent`. Bytes count as columns: give it ASCII.
[[nodiscard]] std::string wrapped(std::string_view text, int column, int indent, int width);

}  // namespace cfee
