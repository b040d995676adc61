// Secrets that are known by their own shape.
#include "lib/text/redact_shapes.hpp"

#include <array>

namespace cfee::redaction_rows {

namespace {

/// A token of a known maker: how it begins, and how many characters follow at least.
struct Shape {
    string_view beginning;
    size_t least;
};
constexpr auto shapes = std::to_array<Shape>({
    {"AKIA", 16},          {"ASIA", 16},     {"AIza", 30},
    {"ya29.", 16},         {"ghp_", 16},     {"gho_", 16},
    {"ghs_", 16},          {"ghu_", 16},     {"glpat-", 16},
    {"github_pat_", 16},   {"xoxb-", 10},    {"xoxp-", 10},
    {"xoxa-", 10},         {"npm_", 20},     {"hvs.", 16},
    {"sk_live_", 10},      {"sk_test_", 10}, {"sk-", 20},
    {"dckr_pat_", 10},     {"SG.", 30},      {"hooks.slack.com/services/", 8},
    {"api/webhooks/", 20},
});

bool is_token(char c) {
    return is_base64(c) && c != '.';
}

/// Only base64: what can stand in a PEM block, also in a JSON string or indented.
bool is_pem(char c) {
    return is_letter(c) || is_digit(c) || is_space(c) || string_view("+/=\\:,-").find(c) != none;
}

}  // namespace

void find_bearers(string_view text, Spans& spans) {
    struct Scheme {
        string_view word;
        size_t least;
    };
    for (const auto& [word, least] : {Scheme{"earer ", 8}, Scheme{"asic ", 8}, Scheme{"egotiate ", 16}}) {
        for (size_t at = text.find(word); at != none; at = text.find(word, at + 1)) {
            const size_t begin = skip(text, at + word.size(), is_blank);
            const size_t end = skip(text, begin, is_base64);
            const string_view token = text.substr(begin, end - begin);
            // "Bearer authentication required" has no token.
            const bool is_mixed =
                std::any_of(token.begin(), token.end(), is_digit) ||
                std::any_of(token.begin() + (token.empty() ? 0 : 1), token.end(), is_upper) ||
                token.ends_with('=');
            if (token.size() >= least && is_mixed && token != "REDACTED") spans.push_back({begin, end});
        }
    }
}

void find_known_shapes(string_view text, Spans& spans) {
    // JSON Web Tokens: parts with dots between, the first of which is `{"…` in base64.
    for (size_t at = text.find("eyJ"); at != none; at = text.find("eyJ", at + 1)) {
        const size_t end = skip(text, at, is_word);
        const string_view token = text.substr(at, end - at);
        if (token.size() > 40 && token.find('.') != none) spans.push_back({at, end});
        at = end - 1;
    }
    for (const Shape& shape : shapes) {
        for (size_t at = text.find(shape.beginning); at != none; at = text.find(shape.beginning, at + 1)) {
            const bool begins_word = at == 0 || !is_base64(text[at - 1]) || shape.beginning.ends_with('/') ||
                                     text[at - 1] == '=' || text[at - 1] == '/';
            const size_t begin = shape.beginning.ends_with('/') ? at + shape.beginning.size() : at;
            const size_t end = skip(text, at + shape.beginning.size(),
                                    shape.beginning.ends_with('.') ? is_base64 : is_token);
            if (begins_word && end - at - shape.beginning.size() >= shape.least)
                spans.push_back({begin, end});
            at = std::max(at, end - 1);
        }
    }
}

void find_pem_blocks(string_view text, Spans& spans) {
    constexpr string_view head = "-----BEGIN ";
    constexpr string_view dashes = "-----";
    for (size_t at = text.find(head); at != none; at = text.find(head, at + 1)) {
        const string_view name = text.substr(at + head.size(), 64);
        const size_t name_end = name.find(dashes);
        if (name_end == none) continue;
        const size_t begin = at + head.size() + name_end + dashes.size();
        // Cut off: as far as it can be one.
        size_t end = begin;
        while (end < text.size() && is_pem(text[end]) && !text.substr(end).starts_with(dashes)) ++end;
        if (end > begin) spans.push_back({begin, end});
        at = std::max(at, end - 1);
    }
}

}  // namespace cfee::redaction_rows
