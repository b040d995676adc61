// A condition for a restart, as one look shows it.
#pragma once

#include <string>

namespace cfee {

/// The proof of a restart needs `holds` of all of them.
struct Condition {
    enum class State { holds, speaks_against, unknown };
    char letter;  ///< of the design's list
    State state;
    std::string text;  ///< what holds, as a sentence
};

}  // namespace cfee
