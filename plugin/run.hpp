// The plugin as a function: arguments and a world go in, an exit status comes out.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "plugin/terminal.hpp"

namespace cfee {

class Folder;
class Host;
class Prompt;

/// What is at the other end of a stream.
struct StreamKind {
    bool is_terminal = false;
    int columns = 0;  ///< 0: not known
};

/// All that a run may see and touch. Main gives it the real one; a test, whatever it wants to be true.
struct World {
    Host& host;
    Prompt& prompt;
    Folder& folder;
    std::ostream& out;
    std::ostream& err;
    StreamKind out_kind;
    StreamKind err_kind;
    Environment environment;
    std::function<bool(const std::string&)> is_program;  ///< does this name one that could be run?
};

/// Does what the arguments say and returns the exit status. The first argument is the name that the plugin
/// was called by, as in argv. Throws nothing.
[[nodiscard]] int run_plugin(const std::vector<std::string>& arguments, const World& world);

}  // namespace cfee
