// How a verdict is marked: by symbol and word, and by colour where there is any.
#pragma once

#include <string>
#include <string_view>

#include "lib/facts/verdict.hpp"
#include "lib/report/style.hpp"

namespace cfee {

/// Its word, as a line of the report has it.
[[nodiscard]] std::string_view word_of(Verdict verdict);
/// The verdict's symbol and the text, in its colour.
[[nodiscard]] std::string marked(Verdict verdict, std::string_view text, const Style& style);
/// The same for what stands above everything else.
[[nodiscard]] std::string marked_boldly(Verdict verdict, std::string_view text, const Style& style);
[[nodiscard]] std::string bold(std::string_view text, const Style& style);

}  // namespace cfee
