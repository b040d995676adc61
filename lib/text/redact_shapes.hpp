// Rows of redaction: secrets that are known by their shape. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

void find_bearers(string_view text, Spans& spans);
void find_known_shapes(string_view text, Spans& spans);
void find_pem_blocks(string_view text, Spans& spans);

}  // namespace cfee::redaction_rows
