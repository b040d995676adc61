#include "lib/commands/command_line.hpp"

#include <ostream>

#include "lib/text/redact.hpp"
#include "lib/text/shell.hpp"

namespace cfee {

std::string command_line(const Command& command) {
    std::string line;
    for (const std::string& word : redacted_argv(command.argv)) {
        line += (line.empty() ? "" : " ") + shell_word(word);
    }
    return line;
}

Narrator narrated(Host& host, const Console& console, bool is_verbose) {
    return {host, [&console, is_verbose](const Command& command) {
                if (is_verbose) console.err << command_line(command) << "\n" << std::flush;
            }};
}

}  // namespace cfee
