// Help, from the same tables that parse.
#pragma once

#include <iosfwd>
#include <string>

#include "plugin/command_entries.hpp"

namespace cfee {

/// "kubectl cfee-stager" when kubectl called us, or when we could have been called so; else the file's name.
[[nodiscard]] std::string program_name(const std::string& argv0);
/// Without a topic: the help for the whole.
void write_help(std::ostream& stream, const CommandEntry* topic, const std::string& program);

}  // namespace cfee
