#include "lib/text/wrap.hpp"

namespace cfee {

std::string wrapped(std::string_view text, int column, int indent, int width) {
    std::string result;
    bool is_line_start = true;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (word.empty()) continue;
        const int size = static_cast<int>(word.size());
        if (!is_line_start && column + 1 + size > width) {
            result += '\n';
            result.append(static_cast<std::size_t>(indent), ' ');
            column = indent;
            is_line_start = true;
        }
        if (!is_line_start) {
            result += ' ';
            ++column;
        }
        result += word;
        column += size;
        is_line_start = false;
    }
    return result;
}

}  // namespace cfee
