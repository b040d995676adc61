// A text, line by line.
#pragma once

#include <algorithm>
#include <string_view>

namespace cfee {

/// The first line, without its end, which goes out of the text with it. Only where the text is not empty.
[[nodiscard]] inline std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

}  // namespace cfee
