// The output forms there are. A new one is a writer of its own, and a row here.
#pragma once

#include <array>
#include <iosfwd>
#include <string>
#include <string_view>

#include "lib/report/json.hpp"
#include "lib/report/text.hpp"

namespace cfee {

/// What --output chooses. Its order is that of `forms`.
enum class OutputFormat { text, json };

/// How, beside what.
struct Manner {
    Style style;
    std::string tool_version;
};

struct Form {
    std::string_view word;  ///< of --output
    void (*write)(std::ostream& stream, const Report& report, const Manner& manner);
    bool is_document;  ///< for scripts: there is one, whatever kept the command from beginning
};
inline constexpr std::array forms{
    Form{.word = "text",
         .write = [](std::ostream& stream, const Report& report,
                     const Manner& manner) { write_text(stream, report, manner.style); },
         .is_document = false},
    Form{.word = "json",
         .write = [](std::ostream& stream, const Report& report,
                     const Manner& manner) { write_json(stream, report, manner.tool_version); },
         .is_document = true},
};
[[nodiscard]] constexpr const Form& form_of(OutputFormat format) {
    return forms.at(static_cast<std::size_t>(format));
}

}  // namespace cfee
