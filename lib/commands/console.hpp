// Where commands write, and how it may look there.
#pragma once

#include <iosfwd>
#include <string>

#include "lib/report/style.hpp"

namespace cfee {

struct Console {
    std::ostream& out;  ///< the result, and nothing else
    std::ostream& err;  ///< progress and errors
    Style out_style;
    Style err_style;
    bool err_is_terminal = false;  ///< progress is shown only there
    std::string tool_version;
};

enum class OutputFormat { text, json };

}  // namespace cfee
