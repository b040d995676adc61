// Finding a program, as a shell would.
#pragma once

#include <string>
#include <string_view>

namespace cfee {

/// Where a program is, or why it cannot be had.
struct Program {
    std::string path;     ///< empty when there is none
    std::string problem;  ///< one line for people, e.g. "kubectl: no such program in PATH"
};

/// A name with a slash is a path; any other is looked up in PATH. It is done before a child is made: in the
/// child, a failed start runs our exit handlers a second time (Boost 1.81).
[[nodiscard]] Program find_program(std::string_view name);

}  // namespace cfee
