// The rows of redaction: each finds the places of one sort of secret. All of them are linear in the length of
// the text, and none knows of another. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

// In redact.cpp.
/// All that is to be hidden in `text`, in any order. `depth` counts in how many wrappings (JSON in JSON,
/// per cent signs) it was found.
Spans find_all(string_view text, int depth);
/// `text` with the spans replaced; of those that overlap, the outermost.
std::string replaced(string_view text, Spans spans);

// In redact_keys.cpp.
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

// Rows for text that is no JSON.
void find_pairs(string_view text, Spans& spans);              // redact_pairs.cpp
void find_variables(string_view text, Spans& spans);          // redact_pairs.cpp
void find_elements(string_view text, Spans& spans);           // redact_pairs.cpp
void find_flags(string_view text, Spans& spans);              // redact_flags.cpp
void find_logins(string_view text, Spans& spans);             // redact_flags.cpp
void find_bearers(string_view text, Spans& spans);            // redact_shapes.cpp
void find_known_shapes(string_view text, Spans& spans);       // redact_shapes.cpp
void find_pem_blocks(string_view text, Spans& spans);         // redact_shapes.cpp
void find_urls(string_view text, Spans& spans);               // redact_url.cpp
void find_data_source_names(string_view text, Spans& spans);  // redact_url.cpp

/// Where the URL ends whose `://` is at `at`.
size_t url_end(string_view text, size_t at);

/// The value after a separator; begin == end where there is none. In redact_value.cpp.
Span value_after(string_view text, const Key& key, size_t separator);

// JSON, in redact_json.cpp.
bool is_json(string_view text);
/// `text` is JSON (is_json).
void find_in_json(string_view text, int depth, Spans& spans);

// What is wrapped: in redact_wrapped.cpp.
void find_in_percent_signs(string_view text, int depth, Spans& spans);
/// The inside of a JSON string that begins at `offset` of a larger text.
void find_in_json_string(string_view raw, size_t offset, int depth, Spans& spans);
std::string without_escapes(string_view raw);

}  // namespace cfee::redaction_rows
