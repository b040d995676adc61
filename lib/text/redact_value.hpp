// How far a value reaches that stands behind a key. Pure text.
#pragma once

#include "lib/text/redact_scan.hpp"

namespace cfee::redaction_rows {

/// The value after a separator; begin == end where there is none.
Span value_after(string_view text, const Key& key, size_t separator);

}  // namespace cfee::redaction_rows
