// The alphabet of redaction: what its searches have in common. Pure text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cfee::redaction_rows {

using std::size_t;
using std::string_view;
inline constexpr size_t none = string_view::npos;

/// What is hidden, and what stands there afterwards.
struct Span {
    size_t begin;
    size_t end;
    std::string instead = "REDACTED";
};
using Spans = std::vector<Span>;

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
inline bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || is_upper(c);
}
inline bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}
inline bool is_base64(char c) {
    return is_word(c) || c == '+' || c == '/' || c == '=' || c == '~';
}
inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
inline bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}
inline bool is_space(char c) {
    return is_blank(c) || is_line_end(c);
}
inline bool is_quote(char c) {
    return c == '"' || c == '\'' || c == '`';
}
inline bool is_opening(char c) {
    return c == '{' || c == '[';
}
inline bool is_closing(char c) {
    return c == '}' || c == ']';
}
inline char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool equals_ignoring_case(string_view text, string_view lower_word) {
    return std::equal(text.begin(), text.end(), lower_word.begin(), lower_word.end(),
                      [](char a, char b) { return lower(a) == b; });
}

inline bool starts_ignoring_case(string_view text, string_view lower_word) {
    return equals_ignoring_case(text.substr(0, lower_word.size()), lower_word);
}

/// The first place from `from` on of which `predicate` does not hold.
template <typename Predicate>
size_t skip(string_view text, size_t from, Predicate predicate) {
    while (from < text.size() && predicate(text[from])) ++from;
    return from;
}

/// The place after the last character before `end` of which `predicate` does not hold.
template <typename Predicate>
size_t skip_back(string_view text, size_t end, size_t begin, Predicate predicate) {
    while (end > begin && predicate(text[end - 1])) --end;
    return end;
}

inline size_t line_end(string_view text, size_t from) {
    return skip(text, from, [](char c) { return !is_line_end(c); });
}

/// A quotation mark with the backslashes before it: inside JSON inside JSON it is `\"`, one level deeper
/// `\\\"`.
struct Quote {
    size_t begin;
    size_t backslashes;
    char mark;
    size_t after;
};

std::optional<Quote> quote_at(string_view text, size_t at);

/// Where the text that `quote` opened ends: before the closing mark and its backslashes, or at the end of the
/// line.
size_t quoted_end(string_view text, const Quote& quote);

/// Where a key stands; `begin` is that of its quotation mark, if it has one.
struct Key {
    string_view name;
    size_t begin;
    string_view quote;
};

/// The key that ends just before `end`, with or without quotes.
Key key_before(string_view text, size_t end);

}  // namespace cfee::redaction_rows
