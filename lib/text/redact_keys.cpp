// Which names are those of secrets, which words are none: the tables of redaction.
#include "lib/text/redact_keys.hpp"

#include <array>

#include "lib/text/redact.hpp"

namespace cfee {

using redaction_rows::is_digit;
using redaction_rows::is_letter;
using redaction_rows::lower;

namespace {

/// A key is compared in small letters, without what stands between its words.
constexpr auto endings = std::to_array<std::string_view>(
    {// passwords
     "password", "passwords", "passwd", "passphrase", "passphrases", "passcode", "passwort", "pwd",
     // what is called secret
     "secret", "secrets", "token", "tokens", "credential", "credentials", "creds", "cookie", "cookies",
     "authorization", "bearer", "jwt", "sessid", "dockerconfigjson", "dockercfg",
     // keys; "key" alone names a lock in the logs of Diego
     "apikey", "apikeys", "accesskey", "accesskeys", "accesskeyid", "secretkey", "accountkey", "authkey",
     "privatekey", "privatekeys", "encryptionkey", "encryptionkeys", "decryptionkey", "signingkey",
     "masterkey", "sessionkey", "sharedkey", "storagekey", "cryptkey", "hmackey", "clientkeydata", "sshkey"});
constexpr auto whole_words = std::to_array<std::string_view>(
    {"pass", "pw", "auth", "basicauth", "dbpass", "userpass", "mysqlpass", "requirepass"});
/// What may follow: "secret_key_base", "password_old", "tokenValue2".
constexpr auto tails = std::to_array<std::string_view>({"base", "base64", "b64", "value", "val", "plain",
                                                        "hash", "string", "old", "new", "raw", "text", "data",
                                                        "header", "previous", "confirmation"});

template <typename Table>
bool ends_with_any(std::string_view plain, const Table& table) {
    return std::any_of(table.begin(), table.end(),
                       [&](std::string_view word) { return plain.ends_with(word); });
}

bool is_plain_secret(std::string_view plain) {
    return ends_with_any(plain, endings) ||
           std::find(whole_words.begin(), whole_words.end(), plain) != whole_words.end();
}

}  // namespace

bool names_a_secret(std::string_view key) {
    std::string letters;
    letters.reserve(key.size());
    for (const char c : key) {
        if (is_letter(c) || is_digit(c)) letters.push_back(lower(c));
    }
    std::string_view plain = letters;
    if (is_plain_secret(plain) || key.ends_with("_PASS") || key.ends_with("_pass")) return true;
    while (!plain.empty() && is_digit(plain.back())) plain.remove_suffix(1);
    if (is_plain_secret(plain)) return true;
    const auto tail = std::find_if(tails.begin(), tails.end(), [&](std::string_view word) {
        return plain.ends_with(word) || std::string_view(letters).ends_with(word);
    });
    if (tail == tails.end()) return false;
    if (!plain.ends_with(*tail)) plain = letters;
    plain.remove_suffix(tail->size());
    return is_plain_secret(plain);
}

namespace redaction_rows {

namespace {

bool is_one_of(string_view word, std::initializer_list<string_view> lower_words) {
    return std::any_of(lower_words.begin(), lower_words.end(),
                       [&](string_view other) { return equals_ignoring_case(word, other); });
}

/// How errors begin that are wrapped as "getting credentials: …".
constexpr auto first_words_of_prose =
    std::to_array<string_view>({"exec",       "executable",   "no",        "not",
                                "none",       "failed",       "fail",      "failure",
                                "unable",     "cannot",       "can't",     "could",
                                "couldn't",   "invalid",      "expired",   "missing",
                                "unexpected", "unsupported",  "context",   "dial",
                                "lookup",     "get",          "post",      "put",
                                "open",       "stat",         "read",      "write",
                                "eof",        "x509",         "tls",       "rpc",
                                "the",        "error",        "illegal",   "unknown",
                                "is",         "unauthorized", "forbidden", "permission",
                                "connection", "connect",      "timeout",   "timed",
                                "i/o",        "oidc",         "http",      "json",
                                "yaml",       "malformed",    "signature", "verification",
                                "token",      "certificate",  "has",       "was",
                                "must",       "should",       "secrets",   "pods",
                                "configmaps", "only",         "internal",  "serviceaccounts"});

}  // namespace

bool names_a_signature(string_view key) {
    const size_t last = key.find_last_of("-_.");
    const string_view word = last == none ? key : key.substr(last + 1);
    return is_one_of(word, {"sig", "signature", "hmac"}) ||
           is_one_of(key, {"x-amz-credential", "x-goog-credential"});
}

bool is_prose(string_view value) {
    if (is_one_of(value.substr(0, value.find_first_of(") \t,")), {"yes", "no"})) return true;
    const size_t end =
        skip(value, 0, [](char c) { return is_letter(c) || is_digit(c) || c == '\'' || c == '/'; });
    // One word alone may be a bad password.
    if (end == value.size() || (value[end] != ' ' && !value.substr(end).starts_with(": "))) return false;
    const string_view word = value.substr(0, end);
    return std::any_of(first_words_of_prose.begin(), first_words_of_prose.end(),
                       [&](string_view other) { return equals_ignoring_case(word, other); });
}

size_t harmless_beginning(string_view value) {
    if (value.size() > 2 && value[0] == '$' && (value[1] == '{' || value[1] == '(')) {
        const size_t end = value.find(value[1] == '{' ? '}' : ')');
        return end == none ? 0 : end + 1;
    }
    if (value.size() > 1 && value[0] == '$' && !is_digit(value[1])) {
        const size_t end = skip(value, 1, [](char c) { return is_upper(c) || c == '_' || is_digit(c); });
        return end > 1 ? end : 0;
    }
    const size_t end = skip(value, 0, [](char c) { return is_letter(c) || c == '<' || c == '>'; });
    const string_view word = value.substr(0, end);
    return is_one_of(word, {"null", "nil", "none", "true", "false", "<nil>", "<none>", "<masked>"}) ? end : 0;
}

bool is_harmless(string_view value) {
    return harmless_beginning(value) == value.size();
}

bool may_hold_references(string_view key) {
    return is_one_of(key,
                     {"secret", "secrets", "imagepullsecrets", "serviceaccounttoken", "clusterauthtoken"});
}

bool is_reference(string_view key) {
    return is_one_of(key, {"secretname", "name", "namespace", "items", "key", "path", "mode", "optional",
                           "defaultmode", "audience", "expirationseconds"});
}

bool is_name_of_a_variable(string_view key) {
    return is_one_of(key, {"name", "key", "variable", "header"});
}

bool is_value_of_a_variable(string_view key) {
    return is_one_of(key, {"value", "val"});
}

}  // namespace redaction_rows

}  // namespace cfee
