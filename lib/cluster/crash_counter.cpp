#include "lib/cluster/crash_counter.hpp"

#include "lib/cluster/sentinel.hpp"

namespace cfee {

namespace {

// Who lives longer did not die at its start.
constexpr std::chrono::seconds soon{60};

}  // namespace

void CrashCounter::started(std::optional<TimePoint> at) {
    started_ = at;
}

void CrashCounter::died(std::optional<TimePoint> at, const std::string& failure) {
    const bool is_soon = at && started_ && *at - *started_ < soon;
    started_.reset();  // a second word about the same death does not count
    if (!is_soon) return;
    if (failure.empty()) {
        loop_ = {};
        return;
    }
    if (failure != loop_.failure) loop_ = {.failure = failure, .since = at};
    ++loop_.deaths;
    loop_.last = at;
}

std::string failure_in(std::string_view message, std::string_view error) {
    constexpr std::string_view exits = " exited with error: ";
    const std::size_t at = error.find(exits);
    if (at == std::string_view::npos) {
        const std::string_view name = message.substr(message.find('.') + 1);
        return first_line(error.empty() ? std::string(name) : std::string(name) + ": " + std::string(error));
    }
    const std::size_t line = error.rfind('\n', at);
    const std::string_view member = error.substr(line == std::string_view::npos ? 0 : line + 1);
    return member.starts_with("lock exited") ? "" : first_line(member);
}

}  // namespace cfee
