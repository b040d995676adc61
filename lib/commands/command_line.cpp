#include "lib/commands/command_line.hpp"

#include "lib/cluster/shell.hpp"
#include "lib/world/redact.hpp"

namespace cfee {

std::string command_line(const Command& command) {
    std::string line;
    for (const std::string& word : redacted_argv(command.argv)) {
        line += (line.empty() ? "" : " ") + shell_word(word);
    }
    return line;
}

}  // namespace cfee
