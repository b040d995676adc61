// Rows of redaction: flags and logins of command lines. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

void find_flags(string_view text, Spans& spans);
void find_logins(string_view text, Spans& spans);

}  // namespace cfee::redaction_rows
