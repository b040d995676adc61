// Rows of redaction: NAME=VALUE and the like, in text that is no JSON. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

void find_pairs(string_view text, Spans& spans);
void find_variables(string_view text, Spans& spans);
void find_elements(string_view text, Spans& spans);

}  // namespace cfee::redaction_rows
