#include "lib/commands/journal.hpp"

#include <array>
#include <cstdio>
#include <ostream>

namespace cfee {

Journal::Journal(const Host& host, Console& console, Healing& healing)
    : host_(host), console_(console), healing_(healing), progress_(console) {}

void Journal::note(const std::string& text) {
    if (!healing_.timeline.empty() && healing_.timeline.back().text == text) return;
    healing_.timeline.push_back({host_.now(), text});
    progress_.clear();
    std::array<char, 32> seconds{};
    std::snprintf(seconds.data(), seconds.size(), "%7.1fs  ",
                  std::chrono::duration<double>(host_.now() - healing_.started).count());
    console_.err << seconds.data() << text << "\n" << std::flush;
}

}  // namespace cfee
