// Where the value ends that stands after a secret's key: in doubt at the end of the line.
#include "lib/text/redact_value.hpp"

#include "lib/text/redact.hpp"
#include "lib/text/redact_keys.hpp"

namespace cfee::redaction_rows {

namespace {

bool only_indentation_before(string_view text, size_t at) {
    at = skip_back(text, at, 0, [](char c) { return is_blank(c) || c == '-'; });
    return at == 0 || is_line_end(text[at - 1]);
}

size_t indentation_of(string_view text, size_t at) {
    const size_t last_break = text.substr(0, at).find_last_of("\r\n");
    const size_t line = last_break == none ? 0 : last_break + 1;
    return skip(text, line, is_blank) - line;
}

/// The end of the lines below the one that `end_of_head` ends, with more indentation or items of a list.
size_t block_end(string_view text, size_t end_of_head, size_t indentation) {
    size_t end = end_of_head;
    for (size_t next = end_of_head; next < text.size();) {
        const size_t begin = skip(text, next, is_line_end);
        const size_t first = skip(text, begin, is_blank);
        const bool is_item =
            text.substr(first).starts_with("- ") && first - begin == indentation && first < text.size();
        if (first - begin <= indentation && !is_item) break;
        end = next = line_end(text, first);
    }
    return end;
}

/// Does every key in `structure` only say where a secret is to be found? Then it is short.
bool only_references(string_view structure) {
    constexpr size_t longest = 2000;
    if (structure.size() > longest) return false;
    bool any = false;
    for (size_t at = structure.find(':'); at != none; at = structure.find(':', at + 1)) {
        if (!is_reference(key_before(structure, at).name)) return false;
        any = true;
    }
    return any;
}

/// The end of `{…}` or `[…]`, which goes on in the next lines only as JSON is printed: indented. What is cut
/// off ends there too.
size_t structure_end(string_view text, size_t at) {
    size_t depth = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (is_quote(c)) {
            size_t begin = skip_back(text, at, at > 64 ? at - 64 : 0, [](char d) { return d == '\\'; });
            if (const auto quote = quote_at(text, begin); quote && c != '\'')
                at = std::max(quoted_end(text, *quote) + quote->backslashes, at);
        } else if (is_opening(c)) {
            ++depth;
        } else if (is_closing(c) && --depth == 0) {
            return at + 1;
        }
        if (at >= text.size() || !is_line_end(text[at])) continue;
        const size_t next = skip(text, at, is_line_end);
        if (next == text.size() || (!is_blank(text[next]) && !is_closing(text[next]))) return at;
    }
    return text.size();
}

Span structure_after(string_view text, const Key& key, size_t at) {
    const size_t end = structure_end(text, at);
    const string_view structure = text.substr(at, end - at);
    const bool is_closed = is_closing(structure.back()) && structure.size() > 1;
    if (is_closed && skip(structure, 1, is_space) == structure.size() - 1) return {at, at};
    if (may_hold_references(key.name) && only_references(structure)) return {at, at};
    if (key.quote.empty()) return {at, line_end(text, end)};
    const std::string quote(key.quote);
    return {at, end, quote + "REDACTED" + quote};
}

Span block_after(string_view text, const Key& key, size_t at) {
    const size_t end = block_end(text, line_end(text, at), indentation_of(text, key.begin));
    if (may_hold_references(key.name) && only_references(text.substr(at, end - at))) return {at, at};
    return {std::min(skip(text, line_end(text, at), is_space), end), end};
}

/// `|`, `>` and their signs announce a block; so does nothing at all.
bool announces_block(string_view rest_of_line) {
    if (rest_of_line.find_first_not_of(" \t") == none) return true;
    return (rest_of_line[0] == '|' || rest_of_line[0] == '>') &&
           rest_of_line.find_first_not_of("+-123456789 \t", 1) == none;
}

Span quoted_after(string_view text, const Quote& quote) {
    const size_t end = quoted_end(text, quote);
    const size_t after = end + quote.backslashes + 1;
    // A quotation mark of its own, or the shell's way to join: the rest belongs to it.
    if (after < text.size() && (is_word(text[after]) || is_quote(text[after])))
        return {quote.after, line_end(text, end)};
    return {quote.after, end};
}

/// A number or a literal.
size_t json_literal_end(string_view text, size_t at) {
    return skip(text, at, [](char c) { return is_word(c) || c == '+'; });
}

bool is_authorization(const Key& key) {
    constexpr string_view name = "authorization";
    return key.name.size() >= name.size() &&
           equals_ignoring_case(key.name.substr(key.name.size() - name.size()), name);
}

/// A header is no sentence: "X-Auth-Token: invalid …" would be a strange thing to send, and "Authorization:
/// token x" is not.
bool may_be_prose(const Key& key) {
    return !is_authorization(key) && key.name.find("ookie") == none && !key.name.starts_with("X-");
}

/// After "Authorization:" the scheme may stay.
size_t after_scheme(string_view text, const Key& key, size_t at) {
    if (!is_authorization(key)) return at;
    for (const string_view scheme : {"bearer ", "basic ", "digest ", "negotiate "}) {
        if (starts_ignoring_case(text.substr(at), scheme)) return at + scheme.size();
    }
    return at;
}

/// After a key in quotes, where that does not begin its line: the literal that ends as JSON's do, or nothing
/// where it is prose.
std::optional<Span> literal_after(string_view text, const Key& key, size_t at) {
    const size_t literal = json_literal_end(text, at);
    const bool ends = literal == text.size() || string_view(" \t\r\n,}]\\").find(text[literal]) != none;
    const bool is_number = literal > at && (is_digit(text[at]) || text[at] == '-');
    if (ends && (is_number || is_harmless(text.substr(at, literal - at)))) return Span{at, literal};
    // volume "token" : failed to mount. No JSON and no YAML: prose.
    const char before = key.begin > 0 ? text[key.begin - 1] : '\n';
    if (!is_blank(before) || text.substr(at).starts_with('R')) return std::nullopt;
    const size_t last = skip_back(text, key.begin, 0, is_blank);
    const bool follows_a_word = last > 0 && is_letter(text[last - 1]);
    return follows_a_word ? std::optional(Span{at, at}) : std::nullopt;
}

}  // namespace

Span value_after(string_view text, const Key& key, size_t separator) {
    size_t at = separator + 1;
    if (at < text.size() && (text[at] == '>' || text[at] == '=')) ++at;  // `=>`, `:=`, `==`
    const size_t blanks = at;
    at = skip(text, at, is_blank);
    const bool is_first = text[separator] == ':' && only_indentation_before(text, key.begin);
    if (is_first) {
        const string_view rest_of_line = text.substr(at, line_end(text, at) - at);
        if (announces_block(rest_of_line)) return block_after(text, key, at);
    }
    if (at == text.size() || is_line_end(text[at])) return {at, at};
    if (const auto quote = quote_at(text, at)) {
        Span value = quoted_after(text, *quote);
        value.begin = std::min(after_scheme(text, key, value.begin), value.end);
        return value;
    }
    if (is_opening(text[at])) return structure_after(text, key, at);
    at = after_scheme(text, key, at);
    const size_t end = skip_back(text, line_end(text, at), at, is_blank);
    const string_view rest = text.substr(at, end - at);
    if (text[separator] != ':' || is_first) return {at, end};
    if (!key.quote.empty()) {
        if (const auto literal = literal_after(text, key, at)) return *literal;
    }
    if (at > blanks && may_be_prose(key) && is_prose(rest)) return {at, at};
    return {at, end};
}

}  // namespace cfee::redaction_rows
