// All rows of redaction together (redact.cpp). Each finds the places of one sort of secret, in a time that is linear
// in the length of the text, and none knows of another. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

/// All that is to be hidden in `text`, in any order. `depth` counts in how many wrappings (JSON in JSON,
/// per cent signs) it was found.
Spans find_all(string_view text, int depth);
/// `text` with the spans replaced; of those that overlap, the outermost.
std::string replaced(string_view text, Spans spans);

}  // namespace cfee::redaction_rows
