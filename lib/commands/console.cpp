#include "lib/commands/console.hpp"

#include <ostream>

namespace cfee {

void write(const Report& report, OutputFormat format, const Console& console) {
    form_of(format).write(console.out, report, {console.out_style, console.tool_version});
}

void write_failure(const std::string& reason, const Report& report, OutputFormat format,
                   const Console& console) {
    console.err << "kubectl cfee-stager: " << reason << "\n";
    if (form_of(format).is_document) write(report, format, console);
}

}  // namespace cfee
