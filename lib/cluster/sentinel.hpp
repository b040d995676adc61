// What the scripts of in_pod/ print: `<cfee:PART STATUS>`, text, `</cfee>`. A part without its end does not
// count.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace cfee {

struct ScriptPart {
    std::string status;
    std::string text;
};
using ScriptParts = std::map<std::string, ScriptPart, std::less<>>;

[[nodiscard]] ScriptParts read_parts(std::string_view output);

/// The last line that is not empty, made fit for a terminal: no control characters, valid UTF-8, not too
/// long.
[[nodiscard]] std::string last_line(std::string_view text);
/// Likewise the first one.
[[nodiscard]] std::string first_line(std::string_view text);

}  // namespace cfee
