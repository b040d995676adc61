// Rows of redaction: URLs and data source names. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

void find_urls(string_view text, Spans& spans);
void find_data_source_names(string_view text, Spans& spans);

/// Where the URL ends whose `://` is at `at`.
size_t url_end(string_view text, size_t at);

}  // namespace cfee::redaction_rows
