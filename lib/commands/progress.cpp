#include "lib/commands/progress.hpp"

#include <ostream>

namespace cfee {

void Progress::show(std::string_view what) {
    if (!console_.err_is_terminal) return;
    clear();
    // A line that wraps could not be erased.
    constexpr std::string_view dots = " ...";
    const auto room = static_cast<std::size_t>(console_.err_style.width) - dots.size() - 1;
    console_.err << what.substr(0, room) << dots << std::flush;
    is_shown_ = true;
}

void Progress::clear() {
    if (!is_shown_) return;
    console_.err << "\r\033[K" << std::flush;
    is_shown_ = false;
}

}  // namespace cfee
