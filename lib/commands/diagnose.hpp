// kubectl cfee-stager diagnose
#pragma once

#include <optional>
#include <string>

#include "lib/cluster/look.hpp"
#include "lib/commands/console.hpp"
#include "lib/world/host.hpp"

namespace cfee {

struct DiagnoseOptions {
    LookOptions look;
    OutputFormat format = OutputFormat::text;
    bool is_verbose = false;  ///< say each command line as it runs
    std::string record;       ///< file for a transcript; empty: none
    std::string replay;       ///< transcript to judge instead of a cluster; empty: none
    std::optional<int>
        look_number;  ///< which of the transcript's looks, from 1; nothing: the last complete one
};

/// Looks, judges, reports; returns the exit status. Whatever stops it is reported in the same form.
[[nodiscard]] int diagnose(const DiagnoseOptions& options, Host& host, Console& console);

/// The document for something that stops everything before a look was possible: all checks unknown.
void report_stop(const DiagnoseOptions& options, TimePoint now, const std::string& reason, int exit_status,
                 Console& console);

}  // namespace cfee
