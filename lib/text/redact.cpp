// Redaction as a whole: what is JSON is searched as JSON, the text around it by rows.
#include "lib/text/redact.hpp"

#include <array>
#include <iterator>
#include <utility>

#include "lib/text/redact_flags.hpp"
#include "lib/text/redact_json.hpp"
#include "lib/text/redact_pairs.hpp"
#include "lib/text/redact_rows.hpp"
#include "lib/text/redact_shapes.hpp"
#include "lib/text/redact_url.hpp"
#include "lib/text/redact_wrapped.hpp"

namespace cfee {

namespace redaction_rows {

namespace {

/// JSON in JSON doubles its backslashes with each level: nobody means it.
constexpr int deepest = 6;

using Row = void (*)(string_view, Spans&);
constexpr auto rows = std::to_array<Row>({
    find_pairs,              // password=x, "token": "x", client_secret: x
    find_variables,          // {"name": "DB_PASSWORD", "value": "x"}
    find_elements,           // <password>x</password>
    find_flags,              // --token x, -u user:x
    find_logins,             // mysql -px, IDENTIFIED BY 'x'
    find_bearers,            // Bearer x
    find_known_shapes,       // AKIA…, ghp_…, eyJ….….…
    find_pem_blocks,         // -----BEGIN PRIVATE KEY-----
    find_urls,               // https://x@host?sig=x
    find_data_source_names,  // user:x@tcp(host)
});

void find_in_text(string_view text, size_t offset, int depth, Spans& all) {
    Spans spans;
    for (const Row row : rows) row(text, spans);
    find_in_percent_signs(text, depth + 1, spans);
    for (Span& span : spans) all.push_back({offset + span.begin, offset + span.end, std::move(span.instead)});
}

/// Where the JSON begins that the line ends with; its end if there is none.
size_t json_in(string_view line) {
    const size_t first = skip(line, 0, is_space);
    size_t begin = first;
    if (begin == line.size() || !(is_opening(line[begin]) || line[begin] == '"') ||
        !is_json(line.substr(begin))) {
        begin = line.find("{\"", first);  // behind a time, say
        if (begin == none || begin == first || !is_json(line.substr(begin))) return line.size();
    }
    // Or is it the value of what stands before?
    const string_view before = line.substr(0, begin);
    if (before.find_first_not_of(" \t\r\n") == none) return begin;
    const size_t last = skip_back(before, before.size(), 0, is_blank);
    const char sign = before[last - 1];
    if ((sign == ':' || sign == '=' || sign == '>') && names_a_secret(key_before(before, last - 1).name))
        return line.size();
    Spans spans;
    for (const Row row : rows) row(before, spans);
    return spans.empty() ? begin : line.size();
}

}  // namespace

Spans find_all(string_view text, int depth) {
    Spans spans;
    if (depth > deepest) {
        if (text.find_first_of("\\%:=") != none) spans.push_back({0, text.size()});
        return spans;
    }
    const size_t first = skip(text, 0, is_space);
    if (first == text.size()) return spans;
    if ((is_opening(text[first]) || text[first] == '"') && is_json(text)) {
        find_in_json(text, depth, spans);
        return spans;
    }
    size_t done = 0;
    for (size_t line = 0; line < text.size();) {
        const size_t end = line_end(text, line);
        const size_t begin = line + json_in(text.substr(line, end - line));
        if (begin < end) {
            find_in_text(text.substr(done, begin - done), done, depth, spans);
            Spans inside;
            find_in_json(text.substr(begin, end - begin), depth, inside);
            for (Span& span : inside)
                spans.push_back({begin + span.begin, begin + span.end, std::move(span.instead)});
            done = end;
        }
        line = skip(text, end, is_line_end);
    }
    find_in_text(text.substr(done), done, depth, spans);
    return spans;
}

std::string replaced(string_view text, Spans spans) {
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::string result;
    result.reserve(text.size());
    size_t done = 0;
    for (size_t i = 0; i < spans.size();) {
        Span span = std::move(spans[i]);
        for (++i; i < spans.size() && spans[i].begin < span.end; ++i)
            span.end = std::max(span.end, spans[i].end);
        result.append(text.substr(done, span.begin - done)).append(span.instead);
        done = span.end;
    }
    return result.append(text.substr(done));
}

}  // namespace redaction_rows

std::string redacted(std::string_view text) {
    std::string result(text);
    // A secret taken out may bring others to light, or move the borders of its neighbours: on, until it
    // rests. Each round takes out at least one; the bound is for input that was made to annoy us.
    for (int round = 0; round < 16; ++round) {
        std::string next = redaction_rows::replaced(result, redaction_rows::find_all(result, 0));
        if (next == result) break;
        result = std::move(next);
    }
    return result;
}

}  // namespace cfee
