// Rows of redaction: JSON. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

bool is_json(string_view text);
/// `text` is JSON (is_json).
void find_in_json(string_view text, int depth, Spans& spans);

}  // namespace cfee::redaction_rows
