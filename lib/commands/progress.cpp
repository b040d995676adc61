#include "lib/commands/progress.hpp"

#include <ostream>

namespace cfee {

void Progress::show(std::string_view what) {
    if (!console_.err_is_terminal) return;
    clear();
    console_.err << what << " ..." << std::flush;
    is_shown_ = true;
}

void Progress::clear() {
    if (!is_shown_) return;
    console_.err << "\r\033[K" << std::flush;
    is_shown_ = false;
}

}  // namespace cfee
