// Takes secrets out of what is about to be written down: transcripts, evidence, command lines on the screen.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

/// Every secret is replaced by this word.
inline constexpr std::string_view redaction = "REDACTED";

/// Text without secrets. In one sentence: what is JSON loses the values under a key that names a secret,
/// other text what follows such a key to the end of the line, and both lose the user info and the signatures
/// of URLs, PEM blocks, cookies, bearer tokens and what else is known by its shape. In doubt more is hidden;
/// but words about secrets ("getting credentials: exec: executable … failed", "using password: YES") are the
/// clue, and stay. What is no secret comes back byte by byte, JSON too. Any bytes are accepted. Redacting
/// twice changes nothing more.
[[nodiscard]] std::string redacted(std::string_view text);

/// The same for a command line: also the values of flags that name a secret (`--token x`, `--password=x`),
/// and the password of `-u user:password`.
[[nodiscard]] std::vector<std::string> redacted_argv(std::span<const std::string> argv);

/// The same for one JSON document as kubectl prints it, written compactly and without managedFields. Wherever
/// there is JSON the values of environment variables, the data of Secrets, the credentials of a kubeconfig
/// and what repeats a whole object (the annotation last-applied-configuration) are hidden. Here, what is not
/// one JSON document cannot be searched for all that: a short note takes its place.
[[nodiscard]] std::string redacted_json(std::string_view document);

/// Does a key of this name hold a secret? "DB_PASSWORD", "clientSecret", "client-key-data"; but not
/// "secretName".
[[nodiscard]] bool names_a_secret(std::string_view key);

}  // namespace cfee
