#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

std::optional<Quote> quote_at(string_view text, size_t at) {
    const size_t mark = skip(text, at, [](char c) { return c == '\\'; });
    if (mark == text.size() || !is_quote(text[mark])) return std::nullopt;
    return Quote{at, mark - at, text[mark], mark + 1};
}

size_t quoted_end(string_view text, const Quote& quote) {
    size_t backslashes = 0;
    size_t at = quote.after;
    for (; at < text.size() && !is_line_end(text[at]); ++at) {
        if (text[at] == '\\') {
            ++backslashes;
            continue;
        }
        // More backslashes of the text itself come in pairs, each of them escaped at our level.
        const size_t period = 2 * (quote.backslashes + 1);
        if (text[at] == quote.mark && backslashes % period == quote.backslashes)
            return at - quote.backslashes;
        backslashes = 0;
    }
    return at;
}

Key key_before(string_view text, size_t end) {
    constexpr size_t longest_key = 128;
    constexpr size_t longest_gap = 64;
    const auto floor = [](size_t from, size_t reach) { return from > reach ? from - reach : 0; };
    end = skip_back(text, end, floor(end, longest_gap), is_blank);
    string_view quote;
    if (end > 0 && is_quote(text[end - 1])) {
        const size_t mark = end;
        end = skip_back(text, end - 1, floor(end, longest_gap), [](char c) { return c == '\\'; });
        quote = text.substr(end, mark - end);
    }
    size_t begin = skip_back(text, end, floor(end, longest_key), is_word);
    const string_view name = text.substr(begin, end - begin);
    if (!quote.empty() && begin > 0 && text[begin - 1] == quote.back()) {
        begin = skip_back(text, begin - 1, floor(begin, longest_gap), [](char c) { return c == '\\'; });
    } else {
        quote = {};
    }
    return {name, begin, quote};
}

}  // namespace cfee::redaction_rows
