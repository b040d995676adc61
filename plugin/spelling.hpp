// The many spellings of a flag, and what is none: judged by our own table.
#pragma once

#include <string>
#include <vector>

namespace cfee {

struct Spelled {
    std::vector<std::string> arguments;  ///< each flag as --name, then its value; the words behind a last --
    std::string problem;                 ///< the first flag that makes no sense: a message; empty: all do
};

/// Takes --name VALUE, --name=VALUE, -nVALUE, -n VALUE, -n=VALUE and switches in one group, as kubectl's own
/// parser does. What comes out is the one spelling in which no version of any parser differs.
[[nodiscard]] Spelled spelled_out(const std::vector<std::string>& arguments);

}  // namespace cfee
