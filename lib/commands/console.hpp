// Where commands write, and how it may look there.
#pragma once

#include <iosfwd>
#include <string>

#include "lib/report/form.hpp"

namespace cfee {

struct Console {
    std::ostream& out;  ///< the result, and nothing else
    std::ostream& err;  ///< progress and errors
    Style out_style;
    Style err_style;
    bool err_is_terminal = false;  ///< progress is shown only there
    std::string tool_version;
};

/// The result, in the form that was asked for.
void write(const Report& report, OutputFormat format, const Console& console);
/// What kept a command from its result: a line on standard error, and the result for scripts.
void write_failure(const std::string& reason, const Report& report, OutputFormat format,
                   const Console& console);

}  // namespace cfee
