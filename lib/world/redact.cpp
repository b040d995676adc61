// A scanner by hand: regular expressions are slow on megabytes of logs, and std::regex overflows the stack on
// long lines. Each search finds the spans of one sort of secret; they are united and replaced at the end. All
// of them are linear in the length of the text. Longer than most files here, because the searches share their
// alphabet.
#include "lib/world/redact.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cfee {

namespace {

using std::size_t;
using std::string_view;
constexpr size_t none = string_view::npos;

struct Span {
    size_t begin;
    size_t end;
};
using Spans = std::vector<Span>;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || is_upper(c);
}
bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}
bool is_base64(char c) {
    return is_word(c) || c == '+' || c == '/' || c == '=' || c == '~';
}
bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}
bool is_space(char c) {
    return is_blank(c) || is_line_end(c);
}
bool is_quote(char c) {
    return c == '"' || c == '\'' || c == '`';
}
char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equals_ignoring_case(string_view text, string_view lower_word) {
    return std::equal(text.begin(), text.end(), lower_word.begin(), lower_word.end(),
                      [](char a, char b) { return lower(a) == b; });
}

bool starts_ignoring_case(string_view text, string_view lower_word) {
    return equals_ignoring_case(text.substr(0, lower_word.size()), lower_word);
}

template <typename Predicate>
size_t skip(string_view text, size_t from, Predicate predicate) {
    while (from < text.size() && predicate(text[from])) ++from;
    return from;
}

size_t line_end(string_view text, size_t from) {
    return skip(text, from, [](char c) { return !is_line_end(c); });
}

/// A quotation mark with the backslashes before it: inside JSON inside JSON it is `\"`, one level deeper
/// `\\\"`.
struct Quote {
    size_t backslashes;
    char mark;
    size_t after;
};

std::optional<Quote> quote_at(string_view text, size_t at) {
    const size_t mark = skip(text, at, [](char c) { return c == '\\'; });
    if (mark == text.size() || !is_quote(text[mark])) return std::nullopt;
    return Quote{mark - at, text[mark], mark + 1};
}

/// Where the text that `quote` opened ends: before the closing mark and its backslashes, or at the end of the
/// line.
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

/// Is what follows a separator the next pair (`;host=`), so that the value before it has ended?
bool begins_next_pair(string_view text, size_t at) {
    at = skip(text, at, is_blank);
    if (at == text.size() || is_space(text[at]) || quote_at(text, at)) return true;
    const size_t end = skip(text, at, is_word);
    return end > at && end < text.size() && (text[end] == '=' || text[end] == ':');
}

size_t bare_end(string_view text, size_t begin) {
    size_t at = begin;
    size_t depth = 0;  // of brackets that the value itself opened: `${TOKEN}`
    for (; at < text.size() && !is_space(text[at]); ++at) {
        const char c = text[at];
        if (is_quote(c)) {
            while (at > begin && text[at - 1] == '\\') --at;
            return at;
        }
        if ((c == ',' || c == ';' || c == '&') && begins_next_pair(text, at + 1)) return at;
        if (string_view("({[<").find(c) != none) {
            ++depth;
        } else if (string_view(")}]>").find(c) != none && depth > 0) {
            --depth;
        } else if (string_view(")}]>").find(c) != none) {
            const size_t next = skip(text, at, [](char d) { return string_view(")}]>").find(d) != none; });
            const bool is_end = next == text.size() || is_space(text[next]) || is_quote(text[next]);
            if (is_end || text[next] == ',') return at;
            at = next - 1;
        }
    }
    return at;
}

/// `$NAME`, `${…}` and `$(…)` say where a secret comes from, and are none; so are the words for "nothing".
bool is_harmless(string_view value) {
    static constexpr std::array<string_view, 8> words = {"null",  "nil",   "none",   "true",
                                                         "false", "<nil>", "<none>", "<masked>"};
    for (const string_view word : words) {
        if (equals_ignoring_case(value, word)) return true;
    }
    if (value.size() > 2 && value[0] == '$') {
        if (value[1] == '{') return value.find('}') == value.size() - 1;
        if (value[1] == '(') return true;
        return skip(value, 1, [](char c) { return is_upper(c) || c == '_' || is_digit(c); }) ==
                   value.size() &&
               !is_digit(value[1]);
    }
    return value.empty();
}

/// The key that ends just before `end`, with or without quotes, and where it begins.
std::pair<string_view, size_t> key_before(string_view text, size_t end) {
    while (end > 0 && is_blank(text[end - 1])) --end;
    if (end > 0 && is_quote(text[end - 1])) {
        --end;
        while (end > 0 && text[end - 1] == '\\') --end;
    }
    constexpr size_t longest_key = 128;
    size_t begin = end;
    while (begin > 0 && end - begin < longest_key && is_word(text[begin - 1])) --begin;
    return {text.substr(begin, end - begin), begin};
}

bool only_indentation_before(string_view text, size_t at) {
    while (at > 0 && (is_blank(text[at - 1]) || text[at - 1] == '-')) --at;
    return at == 0 || is_line_end(text[at - 1]);
}

/// How a value without quotes is written, to be told from where its key stands.
enum class Style {
    yaml,   ///< to the end of the line: the key is the first word of it
    json,   ///< a number or a literal: the key is in quotes
    plain,  ///< one word
};

/// After `key: |` (or `>`) the value is what follows with more indentation.
std::optional<Span> yaml_block(string_view text, size_t separator, size_t at) {
    if (at == text.size() || (text[at] != '|' && text[at] != '>')) return std::nullopt;
    const size_t end_of_head = line_end(text, at);
    if (text.substr(at + 1, end_of_head - at - 1).find_first_not_of("+-123456789 \t") != none)
        return std::nullopt;
    const size_t last_break = text.find_last_of("\r\n", separator);
    const size_t line = last_break == none ? 0 : last_break + 1;
    const size_t indentation = skip(text, line, is_blank) - line;
    size_t end = end_of_head;
    for (size_t next = end_of_head; next < text.size();) {
        const size_t begin = skip(text, next, is_line_end);
        const size_t first = skip(text, begin, is_blank);
        if (first - begin <= indentation) break;
        end = next = line_end(text, first);
    }
    return Span{skip(text, end_of_head, is_space), end};
}

/// The value that follows a separator; begin == end when there is none.
Span value_after(string_view text, size_t separator, Style style) {
    size_t at = separator + 1;
    if (at < text.size() && (text[at] == '>' || text[at] == '=')) ++at;  // `=>`, `:=`, `==`
    at = skip(text, at, is_blank);
    if (const auto quote = quote_at(text, at)) return {quote->after, quoted_end(text, *quote)};
    if (at < text.size() && (text[at] == '{' || text[at] == '['))
        return {at, at};  // a structure, with keys of its own
    if (style == Style::json) {
        return {at, skip(text, at,
                         [](char c) { return !is_space(c) && string_view(",}]\"'`\\").find(c) == none; })};
    }
    if (style == Style::yaml) {
        if (const auto block = yaml_block(text, separator, at)) return *block;
        size_t end = line_end(text, at);
        while (end > at && is_blank(text[end - 1])) --end;
        return {at, end};
    }
    return {at, bare_end(text, at)};
}

Style style_at(string_view text, size_t key, size_t separator) {
    const char before = text[std::max(text.find_last_not_of(" \t", separator - 1), key)];
    if (text[separator] == ':' && is_quote(before)) return Style::json;
    return text[separator] == ':' && only_indentation_before(text, key) ? Style::yaml : Style::plain;
}

/// After `Authorization:` the whole header is secret but for the scheme; Go prints it in brackets.
Span authorization_after(string_view text, size_t separator) {
    size_t at = skip(text, separator + 1, [](char c) { return is_blank(c) || c == '['; });
    size_t end = 0;
    if (const auto quote = quote_at(text, at)) {
        at = quote->after;
        end = quoted_end(text, *quote);
    } else {
        end = skip(text, at, [](char c) { return !is_line_end(c) && c != ']' && c != '"' && c != '\''; });
        while (end > at && text[end - 1] == '\\') --end;
    }
    for (const string_view scheme : {"bearer ", "basic ", "digest ", "negotiate "}) {
        if (starts_ignoring_case(text.substr(at, end - at), scheme)) at += scheme.size();
    }
    return {at, end};
}

void find_pairs(string_view text, Spans& spans) {
    for (size_t at = text.find_first_of(":="); at != none; at = text.find_first_of(":=", at + 1)) {
        const auto [key, begin] = key_before(text, at);
        Span value{at, at};
        if (equals_ignoring_case(key, "authorization") || equals_ignoring_case(key, "proxy-authorization")) {
            value = authorization_after(text, at);
        } else if (names_a_secret(key)) {
            value = value_after(text, at, style_at(text, begin, at));
        }
        if (value.end <= value.begin || is_harmless(text.substr(value.begin, value.end - value.begin)))
            continue;
        spans.push_back(value);
        at = value.end - 1;
    }
}

/// `--token abc`: a command line, as logs and usage messages repeat it.
void find_flags(string_view text, Spans& spans) {
    for (size_t at = text.find("--"); at != none; at = text.find("--", at)) {
        const size_t name = at + 2;
        const size_t end = at = skip(text, name, is_word);
        const size_t begin = skip(text, end, is_blank);
        if (begin == end || begin == text.size() || text[begin] == '-') continue;
        if (!names_a_secret(text.substr(name, end - name))) continue;
        const auto quote = quote_at(text, begin);
        const Span value =
            quote ? Span{quote->after, quoted_end(text, *quote)} : Span{begin, bare_end(text, begin)};
        if (value.end > value.begin && !is_harmless(text.substr(value.begin, value.end - value.begin)))
            spans.push_back(value);
    }
}

void find_bearers(string_view text, Spans& spans) {
    for (size_t at = text.find("earer "); at != none; at = text.find("earer ", at + 1)) {
        const size_t begin = at + 6;
        const size_t end = skip(text, begin, is_base64);
        const string_view token = text.substr(begin, end - begin);
        // "Bearer authentication required" has no token.
        if (token.size() >= 8 && std::any_of(token.begin(), token.end(), is_digit))
            spans.push_back({begin, end});
    }
}

/// JSON Web Tokens: three parts with dots between, the first of which is `{"…` in base64.
void find_web_tokens(string_view text, Spans& spans) {
    for (size_t at = text.find("eyJ"); at != none; at = text.find("eyJ", at + 1)) {
        const size_t end = skip(text, at, is_word);
        const string_view token = text.substr(at, end - at);
        if (token.size() > 40 && std::count(token.begin(), token.end(), '.') >= 2) spans.push_back({at, end});
        at = end - 1;
    }
}

void find_url_passwords(string_view text, Spans& spans) {
    for (size_t at = text.find("://"); at != none; at = text.find("://", at + 1)) {
        const size_t begin = at + 3;
        const string_view rest_of_text = text.substr(begin, text.substr(begin).find("://"));
        const string_view rest = rest_of_text.substr(
            0, skip(rest_of_text, 0,
                    [](char c) { return !is_space(c) && !is_quote(c) && c != '<' && c != '>'; }));
        const size_t colon = rest.find(':');
        const size_t slash = std::min(rest.find_first_of("/?#"), rest.size());
        if (colon == none || colon > slash) continue;
        size_t sign = rest.substr(0, slash).rfind('@');
        if (sign == none) {  // an unescaped slash in the password? Then what follows the colon is no port.
            const size_t digits = skip(rest, colon + 1, is_digit);
            if (digits == slash) continue;
            sign = rest.rfind('@');
        }
        if (sign != none && sign > colon + 1) spans.push_back({begin + colon + 1, begin + sign});
    }
}

/// `user:password@tcp(host:3306)/name`, as Go's MySQL driver has it.
void find_data_source_passwords(string_view text, Spans& spans) {
    size_t after_last = 0;
    for (size_t at = text.find('@'); at != none; at = text.find('@', at + 1)) {
        const size_t word = skip(text, at + 1, is_letter);
        if (word == text.size() || text[word] != '(') continue;
        const auto reach_back = [&](auto&& stops) {
            size_t begin = at;
            while (begin > after_last && !stops(text[begin - 1])) --begin;
            return text.substr(begin, at - begin).find(':') == none
                       ? none
                       : begin + text.substr(begin, at - begin).find(':') + 1;
        };
        size_t begin = reach_back([](char c) { return is_space(c) || is_quote(c); });
        if (begin == none) begin = reach_back(is_space);  // a quotation mark in the password
        after_last = word;
        if (begin != none && begin < at) spans.push_back({begin, at});
    }
}

void find_private_keys(string_view text, Spans& spans) {
    constexpr string_view head = "-----BEGIN ";
    constexpr string_view dashes = "-----";
    const size_t last_end = text.rfind("-----END ");
    for (size_t at = text.find(head); at != none; at = text.find(head, at + 1)) {
        const size_t name_end = text.find(dashes, at + head.size());
        if (name_end == none) return;
        const string_view name = text.substr(at + head.size(), name_end - at - head.size());
        if (name.size() > 64 || name.find("PRIVATE KEY") == none) continue;
        const size_t begin = name_end + dashes.size();
        size_t end = 0;
        if (last_end != none && last_end >= begin) {
            end = text.find("-----END ", begin);
        } else {  // cut off: as far as it can be a key
            end = skip(text, begin, [](char c) {
                return is_base64(c) || is_space(c) || c == '\\' || c == ':' || c == ',';
            });
        }
        if (end > begin) spans.push_back({begin, end});
        at = end - 1;
    }
}

std::string redacted_once(string_view text) {
    Spans spans;
    find_pairs(text, spans);
    find_flags(text, spans);
    find_bearers(text, spans);
    find_web_tokens(text, spans);
    find_url_passwords(text, spans);
    find_data_source_passwords(text, spans);
    find_private_keys(text, spans);
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });

    std::string result;
    result.reserve(text.size());
    size_t done = 0;
    for (size_t i = 0; i < spans.size();) {
        Span span = spans[i];
        for (++i; i < spans.size() && spans[i].begin < span.end; ++i)
            span.end = std::max(span.end, spans[i].end);
        result.append(text.substr(done, span.begin - done)).append(redaction);
        done = span.end;
    }
    return result.append(text.substr(done));
}

}  // namespace

bool names_a_secret(string_view key) {
    static constexpr std::array<string_view, 16> endings = {
        "password",   "passwd",      "passphrase", "passwort",    "secret",     "token",
        "apikey",     "accesskey",   "secretkey",  "accesskeyid", "privatekey", "clientkeydata",
        "credential", "credentials", "pwd",        "signingkey"};
    std::string plain;
    for (const char c : key) {
        if (is_letter(c) || is_digit(c)) plain.push_back(lower(c));
    }
    return std::any_of(endings.begin(), endings.end(),
                       [&](string_view ending) { return plain.ends_with(ending); }) ||
           plain == "pass" || key.ends_with("_PASS") || key.ends_with("_pass");
}

std::string redacted(string_view text) {
    std::string result = redacted_once(text);
    if (result == text) return result;
    // A secret taken out may bring others to light, or move the borders of its neighbours: on, until it
    // rests. Each round takes out at least one; the bound is for input that was made to annoy us.
    for (int round = 0; round < 16; ++round) {
        std::string next = redacted_once(result);
        if (next == result) break;
        result = std::move(next);
    }
    return result;
}

std::vector<std::string> redacted_argv(std::span<const std::string> argv) {
    std::vector<std::string> result;
    result.reserve(argv.size());
    bool is_secret = false;  // the argument before was a flag that takes one
    for (const std::string& argument : argv) {
        if (is_secret) {
            result.emplace_back(redaction);
            is_secret = false;
            continue;
        }
        const bool is_flag = argument.starts_with("--") && argument.size() > 2;
        const size_t equals = argument.find('=');
        if (is_flag && names_a_secret(string_view(argument).substr(2, equals == none ? none : equals - 2))) {
            is_secret = equals == none;
            result.push_back(is_secret ? argument : argument.substr(0, equals + 1).append(redaction));
        } else {
            result.push_back(redacted(argument));
        }
    }
    return result;
}

}  // namespace cfee
