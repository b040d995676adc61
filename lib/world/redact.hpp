// Takes secrets out of what is about to be written down: transcripts, evidence, command lines on the screen.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

/// Every secret is replaced by this word.
inline constexpr std::string_view redaction = "REDACTED";

/// Free text (logs, error messages, scripts) without
///  * values whose key names a secret: `password=x`, `"token":"x"`, `client_secret: x`, also inside escaped
///  JSON;
///  * `Authorization` headers, `Bearer` tokens, JSON Web Tokens;
///  * passwords in URLs (`scheme://user:x@host`) and in MySQL's data source names (`user:x@tcp(host)`);
///  * the inside of PEM private keys.
/// Text without secrets comes back byte by byte. Any bytes are accepted. Redacting twice changes nothing
/// more.
[[nodiscard]] std::string redacted(std::string_view text);

/// The same for a command line: also the values of flags that name a secret (`--token x`, `--password=x`).
[[nodiscard]] std::vector<std::string> redacted_argv(std::span<const std::string> argv);

/// The same for one JSON document as kubectl prints it, written compactly: also the values of environment
/// variables, the data of Secrets and the credentials of a kubeconfig; without managedFields and what repeats
/// the whole object (the annotation last-applied-configuration). What is not one JSON document cannot be
/// searched for all that: a short note takes its place.
[[nodiscard]] std::string redacted_json(std::string_view document);

/// Does a key of this name hold a secret? "DB_PASSWORD", "clientSecret", "client-key-data"; but not
/// "secretName".
[[nodiscard]] bool names_a_secret(std::string_view key);

}  // namespace cfee
