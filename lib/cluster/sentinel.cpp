#include "lib/cluster/sentinel.hpp"

#include <set>

#include "lib/text/redact.hpp"

namespace cfee {

namespace {

constexpr std::string_view opening = "\n<cfee:";
constexpr std::string_view closing = "\n</cfee>";
constexpr std::size_t longest_line = 300;

// Bytes outside printable ASCII become '?': what a pod prints may be anything, and goes to a terminal.
std::string cleaned(std::string_view raw) {
    // Pods and API servers quote what they were given, secrets too.
    const std::string line = redacted(raw);
    std::string clean;
    for (const char letter : std::string_view{line}.substr(0, longest_line)) {
        const bool is_printable = letter >= ' ' && letter <= '~';
        clean += is_printable ? letter : (letter == '\t' ? ' ' : '?');
    }
    return clean;
}

std::string_view trimmed(std::string_view line) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

}  // namespace

ScriptParts read_parts(std::string_view output) {
    const std::string text = "\n" + std::string(output);
    ScriptParts parts;
    std::set<std::string, std::less<>> begun;
    std::size_t from = 0;
    while ((from = text.find(opening, from)) != std::string::npos) {
        from += opening.size();
        const std::size_t head_end = text.find(">\n", from);
        if (head_end == std::string::npos) break;
        const std::string_view head = std::string_view{text}.substr(from, head_end - from);
        if (head.find('\n') != std::string_view::npos) continue;
        const std::size_t space = head.find(' ');
        const std::string name(head.substr(0, space));
        // No script says a part twice: one of the two is not its own, and nobody knows which.
        if (!begun.insert(name).second) {
            parts.erase(name);
            continue;
        }
        // The text may be empty: then its own newline is the one before the end.
        const std::size_t end = text.find(closing, head_end + 1);
        if (end == std::string::npos) break;
        // Cut off: what comes next is another part's.
        if (text.find(opening, head_end) < end) continue;
        ScriptPart part;
        if (space != std::string_view::npos) part.status = cleaned(head.substr(space + 1));
        if (end > head_end + 2) part.text = text.substr(head_end + 2, end - head_end - 2);
        parts.emplace(name, std::move(part));
        from = end;
    }
    return parts;
}

std::string last_line(std::string_view text) {
    // curl's progress meter separates its lines by carriage returns.
    const std::string_view rest = trimmed(text);
    const std::size_t start = rest.find_last_of("\r\n");
    return cleaned(trimmed(start == std::string_view::npos ? rest : rest.substr(start + 1)));
}

std::string first_line(std::string_view text) {
    const std::string_view rest = trimmed(text);
    return cleaned(trimmed(rest.substr(0, rest.find_first_of("\r\n"))));
}

}  // namespace cfee
