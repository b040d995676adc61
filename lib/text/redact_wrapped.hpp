// Rows of redaction: what is wrapped in per cent signs or in a JSON string. Pure text.
#pragma once

#include <string>

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

void find_in_percent_signs(string_view text, int depth, Spans& spans);
/// The inside of a JSON string that begins at `offset` of a larger text.
void find_in_json_string(string_view raw, size_t offset, int depth, Spans& spans);
std::string without_escapes(string_view raw);

}  // namespace cfee::redaction_rows
