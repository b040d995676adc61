// What a key or a name in front says to be secret.
#include "lib/text/redact_pairs.hpp"

#include "lib/text/redact.hpp"
#include "lib/text/redact_keys.hpp"
#include "lib/text/redact_url.hpp"
#include "lib/text/redact_value.hpp"

namespace cfee::redaction_rows {

namespace {

void push(string_view text, Span value, Spans& spans) {
    if (value.end > value.begin && !is_harmless(text.substr(value.begin, value.end - value.begin)))
        spans.push_back(std::move(value));
}

/// `"auth": "dXNlcjpwYXNz"` is docker's; "auth: no such user" is a sentence.
bool looks_encoded(string_view value) {
    return value.size() >= 6 && skip(value, 0, is_base64) == value.size();
}

Span secret_after(string_view text, const Key& key, size_t separator) {
    const bool is_assigned = text[separator] == '=';
    if (!names_a_secret(key.name) && !(is_assigned && names_a_signature(key.name)))
        return {separator, separator};
    Span value = value_after(text, key, separator);
    if (equals_ignoring_case(key.name, "auth") && !is_assigned &&
        !looks_encoded(text.substr(value.begin, value.end - value.begin))) {
        return {separator, separator};
    }
    return value;
}

/// What stands between two members of an object: `",\n  "`, or between the lines of a list in YAML.
size_t next_member(string_view text, size_t at) {
    constexpr size_t widest = 80;
    const size_t limit = std::min(text.size(), at + widest);
    while (at < limit && (is_space(text[at]) || is_quote(text[at]) || text[at] == '\\' || text[at] == ','))
        ++at;
    return at;
}

struct Member {
    Key key;
    Span value;
    size_t after;
};

/// The member whose separator is at `separator`, with a value in quotes or of one line. One longer than
/// `longest` has none: looked for from every name to the end, a line would take for ever.
Member member_at(string_view text, size_t separator, size_t longest) {
    const string_view near = text.substr(0, longest < text.size() - separator ? separator + longest : none);
    const Key key = key_before(near, separator);
    const size_t begin = skip(near, separator + 1, is_blank);
    size_t end = 0;
    Span value{begin, begin};
    if (const auto quote = quote_at(near, begin)) {
        end = quoted_end(near, *quote);
        value = {quote->after, end};
    } else {
        end = skip(near, begin, [](char c) { return !is_line_end(c) && c != ',' && c != '}'; });
        value = {begin, skip_back(near, end, begin, is_blank)};
    }
    if (end == near.size() && near.size() < text.size()) value = {begin, begin};
    return {key, value, end};
}

}  // namespace

void find_pairs(string_view text, Spans& spans) {
    size_t done = 0;
    for (size_t at = text.find_first_of(":="); at != none; at = text.find_first_of(":=", at)) {
        if (text.substr(at).starts_with("://")) {  // what is inside is for another row
            done = at = url_end(text, at);
            continue;
        }
        const Key key = key_before(text, at);
        const bool is_scope =
            text.substr(at).starts_with("::") || (at > 0 && text[at - 1] == ':' && text[at] == ':');
        Span value{at, at};
        if (!is_scope && key.begin >= done) value = secret_after(text, key, at);
        if (value.end <= value.begin) {
            ++at;
            continue;
        }
        const string_view hidden = text.substr(value.begin, value.end - value.begin);
        if (const size_t harmless = harmless_beginning(hidden); harmless > 0 && harmless < hidden.size()) {
            const char next = hidden[harmless];
            if (string_view(" \t,;&)]}").find(next) != none && hidden[0] == '$') {
                at = done = value.begin + harmless;
                continue;
            }
            // `token: null, user: me`
            const size_t pair = skip(
                hidden, harmless, [](char c) { return is_blank(c) || string_view(",;&").find(c) != none; });
            const size_t word = skip(hidden, pair, is_word);
            if (pair > harmless && word > pair && word < hidden.size() &&
                (hidden[word] == '=' || hidden[word] == ':')) {
                at = done = value.begin + harmless;
                continue;
            }
        }
        at = done = value.end;
        push(text, std::move(value), spans);
    }
}

void find_variables(string_view text, Spans& spans) {
    for (size_t at = text.find_first_of(":="); at != none; at = text.find_first_of(":=", at + 1)) {
        const string_view name = key_before(text, at).name;
        const bool is_name = is_name_of_a_variable(name);
        if (!is_name && !is_value_of_a_variable(name)) continue;
        constexpr size_t longest_name = 200;
        constexpr size_t longest_before_its_name = 4000;
        const Member first = member_at(text, at, is_name ? longest_name : longest_before_its_name);
        const size_t next = next_member(text, first.after);
        const size_t separator = skip(text, skip(text, next, is_word),
                                      [](char c) { return is_quote(c) || c == '\\' || is_blank(c); });
        if (separator == text.size() || (text[separator] != ':' && text[separator] != '=')) continue;
        const string_view other = key_before(text, separator).name;
        if (!(is_name ? is_value_of_a_variable(other) : is_name_of_a_variable(other))) continue;
        const auto is_secret = [&](const Span& called) {
            return names_a_secret(text.substr(called.begin, called.end - called.begin));
        };
        if (is_name && is_secret(first.value)) {
            Span value = member_at(text, separator, none).value;
            at = std::max(separator, value.end - 1);
            push(text, std::move(value), spans);
        } else if (!is_name && is_secret(member_at(text, separator, longest_name).value)) {
            push(text, first.value, spans);
        }
    }
}

void find_elements(string_view text, Spans& spans) {
    for (size_t at = text.find('<'); at != none; at = text.find('<', at + 1)) {
        const size_t end = skip(text, at + 1, is_word);
        if (end == at + 1 || end >= text.size() || text[end] != '>') continue;
        if (!names_a_secret(text.substr(at + 1, end - at - 1))) continue;
        const size_t close = skip(text, end + 1, [](char c) { return c != '<' && !is_line_end(c); });
        // "<token> is missing" is a usage message, and ends without an end.
        if (text.substr(close).starts_with("</")) push(text, {end + 1, close}, spans);
    }
}

}  // namespace cfee::redaction_rows
