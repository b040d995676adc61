// Secrets on command lines and in commands, as logs and usage messages repeat them.
#include "lib/text/redact_flags.hpp"

#include <array>

#include "lib/text/redact.hpp"
#include "lib/text/redact_keys.hpp"

namespace cfee::redaction_rows {

namespace {

Span word_at(string_view text, size_t at) {
    if (const auto quote = quote_at(text, at)) return {quote->after, quoted_end(text, *quote)};
    return {at, skip(text, at, [](char c) { return !is_space(c) && !is_quote(c) && c != '\\'; })};
}

void push(string_view text, const Span& value, Spans& spans) {
    if (value.end > value.begin && !is_harmless(text.substr(value.begin, value.end - value.begin)))
        spans.push_back(value);
}

/// What follows the colon of `user:password`.
Span after_colon(string_view text, const Span& word) {
    const string_view login = text.substr(word.begin, word.end - word.begin);
    const size_t colon = login.find(':');
    if (colon == none || login.substr(colon).starts_with("://")) return {word.end, word.end};
    return {word.begin + colon + 1, word.end};
}

size_t find_ignoring_case(string_view text, string_view lower_word, size_t from) {
    for (; from + lower_word.size() <= text.size(); ++from) {
        if (lower(text[from]) == lower_word[0] && starts_ignoring_case(text.substr(from), lower_word))
            return from;
    }
    return none;
}

/// Flags whose name does not tell, when this program stands before them in the line.
struct ShortFlag {
    string_view program;
    string_view flag;
};
constexpr auto short_flags = std::to_array<ShortFlag>({{"mysql", " -p"},
                                                       {"mariadb", " -p"},
                                                       {"sshpass", " -p"},
                                                       {"docker login", " -p"},
                                                       {"podman login", " -p"},
                                                       {"cf login", " -p"},
                                                       {"cf auth", " "},
                                                       {"redis-cli", " -a"},
                                                       {"ldapsearch", " -w"}});
/// Flags that take `user:password`, of any program.
constexpr auto login_flags = std::to_array<string_view>({"-u", "-U", "--user", "--proxy-user"});
/// Words of SQL and of configurations, before the password itself.
constexpr auto words_before = std::to_array<string_view>({"requirepass ", "masterauth "});
constexpr auto words_before_quotes =
    std::to_array<string_view>({"password ", "identified by ", "identified with mysql_native_password by "});

/// `login me password x`, on one line or on two.
bool is_netrc(string_view text, size_t at) {
    constexpr size_t reach = 128;
    const size_t floor = at > reach ? at - reach : 0;
    const size_t user_end = skip_back(text, at, floor, is_space);
    const size_t user = skip_back(text, user_end, floor, [](char c) { return !is_space(c); });
    const size_t word_end = skip_back(text, user, floor, is_space);
    return user_end > user && word_end >= 5 && word_end < user && text.substr(word_end - 5, 5) == "login";
}

}  // namespace

void find_flags(string_view text, Spans& spans) {
    for (size_t at = text.find('-'); at != none; at = text.find('-', at)) {
        const bool is_flag = at == 0 || !(is_word(text[at - 1]) || text[at - 1] == '-');
        const size_t name = skip(text, at, [](char c) { return c == '-'; });
        const size_t end = skip(text, name, is_word);
        const string_view flag = text.substr(at, end - at);
        const size_t begin = skip(text, end, [](char c) { return is_blank(c) || c == '='; });
        at = std::max(end, at + 1);
        if (!is_flag || begin == text.size()) continue;
        if (std::find(login_flags.begin(), login_flags.end(), flag) != login_flags.end() && begin > end) {
            push(text, after_colon(text, word_at(text, begin)), spans);
        } else if (flag.starts_with("-u") && flag.size() > 2) {  // -uuser:password
            push(text, after_colon(text, word_at(text, name + 1)), spans);
        } else if (text.substr(end, begin - end).find('=') == none && begin > end && text[begin] != '-' &&
                   names_a_secret(text.substr(name, end - name))) {
            push(text, word_at(text, begin), spans);
        }
    }
}

void find_logins(string_view text, Spans& spans) {
    for (const ShortFlag& row : short_flags) {
        for (size_t at = text.find(row.program); at != none; at = text.find(row.program, at)) {
            const string_view line = text.substr(0, line_end(text, at));
            for (at += row.program.size(); (at = line.find(row.flag, at)) != none;) {
                at += row.flag.size();
                const Span word = word_at(line, skip(line, at, is_blank));
                // `mysql -p` alone asks for it; -port is another flag.
                if (word.begin < line.size() && line[word.begin] != '-') push(line, word, spans);
                at = std::max(at, word.end);
            }
            at = line.size();
        }
    }
    for (const string_view words : words_before) {
        for (size_t at = text.find(words); at != none; at = text.find(words, at + 1))
            push(text, word_at(text, skip(text, at + words.size(), is_blank)), spans);
    }
    for (const string_view words : words_before_quotes) {
        for (size_t at = find_ignoring_case(text, words, 0); at != none;
             at = find_ignoring_case(text, words, at + 1)) {
            const size_t value = skip(text, at + words.size(), is_blank);
            if (value == text.size()) continue;
            if (text[value] == '\'' || is_netrc(text, at)) push(text, word_at(text, value), spans);
        }
    }
}

}  // namespace cfee::redaction_rows

namespace cfee {

std::vector<std::string> redacted_argv(std::span<const std::string> argv) {
    std::vector<std::string> result;
    result.reserve(argv.size());
    enum class Next { any, secret, login } next = Next::any;  // what the flag before takes
    for (const std::string& argument : argv) {
        const std::string_view text = argument;
        if (next == Next::secret) {
            result.emplace_back(redaction);
        } else if (const auto colon = text.find(':');
                   next == Next::login && colon != std::string_view::npos) {
            result.push_back(argument.substr(0, colon + 1).append(redaction));
        } else if (text.size() > 2 && text.starts_with("--") && text.find('=') != std::string_view::npos &&
                   names_a_secret(text.substr(2, text.find('=') - 2))) {
            result.push_back(argument.substr(0, argument.find('=') + 1).append(redaction));
        } else {
            result.push_back(redacted(text));
        }
        using redaction_rows::login_flags;
        const bool is_flag =
            text.size() > 2 && text.starts_with("--") && text.find('=') == std::string_view::npos;
        const bool takes_secret = next != Next::secret && is_flag && names_a_secret(text.substr(2));
        const bool takes_login = std::find(login_flags.begin(), login_flags.end(), text) != login_flags.end();
        next = takes_secret ? Next::secret : takes_login ? Next::login : Next::any;
    }
    return result;
}

}  // namespace cfee
