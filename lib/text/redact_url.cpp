// URLs and the data source names of databases: who logs in, and signatures.
#include "lib/text/redact_url.hpp"

#include <array>

#include "lib/text/redact.hpp"
#include "lib/text/redact_keys.hpp"

namespace cfee::redaction_rows {

namespace {

/// Names that are none of a secret elsewhere: `?key=AIza…`, `?code=…` of OAuth.
bool names_a_secret_in_url(string_view key) {
    constexpr auto names =
        std::to_array<string_view>({"key", "code", "sas", "ticket", "assertion", "session"});
    return names_a_secret(key) || names_a_signature(key) ||
           std::find(names.begin(), names.end(), key) != names.end();
}

/// Where user info ends (at the `@`); `begin` if there is none.
size_t user_info_end(string_view text, size_t begin, size_t end) {
    const string_view rest = text.substr(begin, end - begin);
    const size_t slash = std::min(rest.find_first_of("/?#"), rest.size());
    size_t sign = rest.substr(0, slash).rfind('@');
    if (sign == none && rest.substr(0, slash).find(':') != none) {
        // An unescaped slash in the password? Then what follows the colon is no port.
        const size_t colon = rest.rfind(':', slash);
        const bool is_port = skip(rest, colon + 1, is_digit) == slash || rest.starts_with('[');
        if (!is_port) sign = rest.rfind('@');
    }
    return sign == none ? begin : begin + sign;
}

void find_in_query(string_view text, size_t begin, size_t end, Spans& spans) {
    const auto is_separator = [](char c) { return string_view("?&;#").find(c) != none; };
    for (size_t at = begin; at < end;) {
        const size_t pair_end = std::min(skip(text, at, [&](char c) { return !is_separator(c); }), end);
        const string_view pair = text.substr(at, pair_end - at);
        const size_t equals = pair.find('=');
        if (equals != none && equals + 1 < pair.size() &&
            names_a_secret_in_url(key_before(pair, equals).name) && !is_harmless(pair.substr(equals + 1))) {
            spans.push_back({at + equals + 1, pair_end});
        }
        at = pair_end + 1;
    }
}

}  // namespace

size_t url_end(string_view text, size_t at) {
    const size_t begin = at + 3;
    const size_t next = text.find("://", begin);
    const size_t end = skip(text.substr(0, next), begin, [](char c) {
        return !is_space(c) && !is_quote(c) && c != '<' && c != '>' && c != '\\';
    });
    if (end != next) return end;
    // Two URLs in one word: the second one's scheme is not of the first.
    return skip_back(text, next, begin, [](char c) { return is_word(c) || c == '+'; });
}

void find_urls(string_view text, Spans& spans) {
    for (size_t at = text.find("://"); at != none; at = text.find("://", at)) {
        const size_t begin = at + 3;
        const size_t end = url_end(text, at);
        const size_t sign = user_info_end(text, begin, end);
        if (sign > begin && !is_harmless(text.substr(begin, sign - begin))) spans.push_back({begin, sign});
        const size_t query = std::min(text.substr(0, end).find_first_of("?;#", sign), end);
        find_in_query(text, query, end, spans);
        at = end;
    }
}

void find_data_source_names(string_view text, Spans& spans) {
    const auto is_part = [](char c) { return !is_space(c) && !is_quote(c); };
    const auto is_login = [&](char c) { return is_part(c) && string_view("<>(/").find(c) == none; };
    const auto begins_host = [](char c) {
        return is_letter(c) || is_digit(c) || string_view("([/").find(c) != none;
    };
    size_t done = 0;
    for (size_t at = text.find('@'); at != none; at = text.find('@', done)) {
        const size_t floor = done;
        done = skip(text, at, is_part);
        const size_t sign = text.rfind('@', done - 1);  // the password may hold others
        const string_view host = text.substr(sign + 1, done - sign - 1);
        if (host.empty() || !begins_host(host[0])) continue;
        if (host.starts_with("sha256:") || host.starts_with("sha512:")) continue;  // an image's digest
        const size_t word = skip(host, 0, is_letter);
        const bool is_call = word < host.size() && host[word] == '(';  // Go's MySQL driver
        size_t begin =
            is_call ? skip_back(text, sign, floor, is_part) : skip_back(text, sign, floor, is_login);
        if (is_call &&
            text.substr(begin, sign - begin).find(':') == none)  // a quotation mark in the password
            begin = skip_back(text, sign, floor, [](char c) { return !is_space(c); });
        const string_view login = text.substr(begin, sign - begin);
        const size_t colon = login.find(':');
        const bool is_url = begin >= 3 && text.substr(begin - 3, 3) == "://";
        if (colon != none && colon + 1 < login.size() && !login.starts_with("mailto:") && !is_url)
            spans.push_back({begin + colon + 1, sign});
    }
}

}  // namespace cfee::redaction_rows
