// What happens during a heal, as it happens: for the person who watches, and for the report.
#pragma once

#include <string>
#include <vector>

#include "lib/commands/console.hpp"
#include "lib/commands/progress.hpp"
#include "lib/report/report.hpp"
#include "lib/world/host.hpp"

namespace cfee {

class Journal {
public:
    Journal(const Host& host, Console& console, Healing& healing);

    /// Something changed: a line on standard error with the seconds since the start. Said once in a row.
    void note(const std::string& text);
    /// What is being waited for: in place on a terminal, else a line each 15 s.
    void wait_for(const std::string& what);
    void clear() { progress_.clear(); }

private:
    const Host& host_;
    Console& console_;
    Healing& healing_;
    Progress progress_;
    TimePoint last_line_;  ///< when something was written that stays

    void write(const std::string& text);
};

}  // namespace cfee
