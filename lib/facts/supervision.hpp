// Whether a pod's BBS is there at all, and who would start it again: asked only where none seems to run.
#pragma once

#include <optional>
#include <string>

#include "lib/facts/connection.hpp"

namespace cfee {

struct Supervision {
    enum class Monit {
        watches,       ///< it starts the BBS again when that has ended
        leaves_alone,  ///< somebody told it to
        unknown,       ///< could not be asked, or the answer makes no sense
    };
    Monit monit = Monit::unknown;
    std::string monit_text = "monit was not asked";  ///< what it said of the BBS, or why nothing is known
    std::optional<bool> bbs_runs;                    ///< is there a process of the BBS? nothing: not known
    std::optional<Connection> health_port;           ///< to the BBS's other port; nothing where nobody asked
};

}  // namespace cfee
