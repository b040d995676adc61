// What keys and values are called that are secrets, and those that are none. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

/// Does `key=value` name a signature? `sig`, `X-Amz-Signature`: after a colon the words are prose.
bool names_a_signature(string_view key);
/// Is all of a bare value no secret: `$NAME`, `${…}`, `$(…)`, null, <masked>?
bool is_harmless(string_view value);
/// How long is the harmless word that a bare value begins with? 0 for none.
size_t harmless_beginning(string_view value);
/// Do these words after "token:" tell what went wrong with it? "exec: executable aws failed"
bool is_prose(string_view value);
/// A structure below "secret" or "imagePullSecrets" may say only where the secret is: `secretName`, `path`.
bool may_hold_references(string_view key);
bool is_reference(string_view key);
/// `name`, in `{"name": "DB_PASSWORD", "value": "x"}`
bool is_name_of_a_variable(string_view key);
bool is_value_of_a_variable(string_view key);

}  // namespace cfee::redaction_rows
