// What is wrapped once more: JSON strings, and per cent signs. It is unwrapped, searched, and the places are
// carried back, so that not a byte beside the secrets changes.
#include "lib/text/redact_wrapped.hpp"

#include "lib/text/redact_rows.hpp"

namespace cfee::redaction_rows {

namespace {

/// A text, and for each of its bytes where it comes from; one place more for the end.
struct Unwrapped {
    std::string text;
    std::vector<size_t> origin;
};

int digit_of(char c) {
    if (is_digit(c)) return c - '0';
    const char small = lower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// The number that `count` hexadecimal digits at `at` spell; -1 for none.
int hexadecimal(string_view text, size_t at, size_t count) {
    if (at + count > text.size()) return -1;
    int number = 0;
    for (const char c : text.substr(at, count)) {
        if (digit_of(c) < 0) return -1;
        number = 16 * number + digit_of(c);
    }
    return number;
}

Unwrapped without_json_escapes(string_view raw) {
    Unwrapped result;
    result.text.reserve(raw.size());
    result.origin.reserve(raw.size() + 1);
    for (size_t at = 0; at < raw.size();) {
        result.origin.push_back(at);
        if (raw[at] != '\\' || at + 1 == raw.size()) {
            result.text.push_back(raw[at++]);
            continue;
        }
        constexpr string_view letters = "bfnrt";
        constexpr string_view meanings = "\b\f\n\r\t";
        const char letter = raw[at + 1];
        if (letter == 'u') {
            const int code = hexadecimal(raw, at + 2, 4);
            result.text.push_back(code >= 0 && code < 128 ? static_cast<char>(code) : '\x80');
            at = std::min(at + 6, raw.size());
        } else {
            const size_t known = letters.find(letter);
            result.text.push_back(known == none ? letter : meanings[known]);
            at += 2;
        }
    }
    result.origin.push_back(raw.size());
    return result;
}

Unwrapped without_per_cent_signs(string_view raw) {
    Unwrapped result;
    for (size_t at = 0; at < raw.size();) {
        result.origin.push_back(at);
        const int code = raw[at] == '%' ? hexadecimal(raw, at + 1, 2) : -1;
        result.text.push_back(code >= 0 ? static_cast<char>(code) : raw[at]);
        at += code >= 0 ? 3 : 1;
    }
    result.origin.push_back(raw.size());
    return result;
}

std::string escaped(string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\') result.push_back('\\');
        result.push_back(c);
    }
    return result;
}

}  // namespace

std::string without_escapes(string_view raw) {
    return without_json_escapes(raw).text;
}

void find_in_json_string(string_view raw, size_t offset, int depth, Spans& spans) {
    if (raw.find('\\') == none) {
        for (Span& span : find_all(raw, depth))
            spans.push_back({offset + span.begin, offset + span.end, escaped(span.instead)});
        return;
    }
    const Unwrapped inside = without_json_escapes(raw);
    for (const Span& span : find_all(inside.text, depth))
        spans.push_back(
            {offset + inside.origin[span.begin], offset + inside.origin[span.end], escaped(span.instead)});
}

void find_in_percent_signs(string_view text, int depth, Spans& spans) {
    const auto is_part = [](char c) { return !is_space(c) && !is_quote(c); };
    for (size_t sign = text.find('%'), done = size_t{0}; sign != none; sign = text.find('%', sign)) {
        const size_t begin = skip_back(text, sign, done, is_part);
        const size_t end = done = skip(text, sign, is_part);
        const string_view word = text.substr(begin, end - begin);
        const Unwrapped inside = without_per_cent_signs(word);
        sign = end;
        if (inside.text.size() == word.size()) continue;
        for (const Span& span : find_all(inside.text, depth)) {
            const Span there{begin + inside.origin[span.begin], begin + inside.origin[span.end]};
            // What cannot be seen as it stands.
            if (text.substr(there.begin, there.end - there.begin) != there.instead) spans.push_back(there);
        }
    }
}

}  // namespace cfee::redaction_rows
