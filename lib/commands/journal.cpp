#include "lib/commands/journal.hpp"

#include <array>
#include <cstdio>
#include <ostream>

namespace cfee {

Journal::Journal(const Host& host, Console& console, Healing& healing)
    : host_(host), console_(console), healing_(healing), progress_(console), last_line_(host.now()) {}

void Journal::note(const std::string& text) {
    if (!healing_.timeline.empty() && healing_.timeline.back().text == text) return;
    healing_.timeline.push_back({host_.now(), text});
    write(text);
}

void Journal::wait_for(const std::string& what) {
    constexpr std::chrono::seconds longest_silence{15};
    progress_.show(what);
    if (!console_.err_is_terminal && host_.now() - last_line_ >= longest_silence) write(what);
}

void Journal::write(const std::string& text) {
    progress_.clear();
    last_line_ = host_.now();
    std::array<char, 32> seconds{};
    std::snprintf(seconds.data(), seconds.size(), "%7.1fs  ",
                  std::chrono::duration<double>(host_.now() - healing_.started).count());
    console_.err << seconds.data() << text << "\n" << std::flush;
}

}  // namespace cfee
