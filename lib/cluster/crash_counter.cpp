#include "lib/cluster/crash_counter.hpp"

#include <utility>

#include "lib/cluster/sentinel.hpp"

namespace cfee {

namespace {

// Between the name of a member of the process and why it ended.
constexpr std::string_view exits = " exited with error: ";
// Whoever works for so long did not say that it has come up just because it went down: "bbs.started" is the last
// word but one of a BBS that fails at its start, too.
constexpr std::chrono::seconds settling{10};

}  // namespace

void CrashCounter::started(std::optional<TimePoint> at) {
    if (lives_well_) loop_ = {};
    lives_well_ = false;
    started_ = at;
    came_up_.reset();
}

void CrashCounter::wrote(std::optional<TimePoint> at) {
    if (!at || !started_) return;
    lives_well_ = *at - *started_ >= survival || (came_up_ && *at - *came_up_ >= settling);
}

void CrashCounter::died(std::optional<TimePoint> at, const std::string& failure, bool is_fatal) {
    const std::optional<TimePoint> started = std::exchange(started_, std::nullopt);
    lives_well_ = false;
    // A second word about the same death. But a fatal line is always a death, and Locket logs no start before.
    if (!started && !is_fatal) return;
    const bool has_lived = started && (!at || *at - *started >= survival);
    if (has_lived || failure.empty()) loop_ = {};
    if (has_lived || failure.empty() || !at) return;
    if (failure != loop_.failure) loop_ = {.failure = failure, .since = at};
    ++loop_.deaths;
    loop_.last = at;
}

CrashLoop CrashCounter::loop() const {
    if (lives_well_) return {};
    CrashLoop loop = loop_;
    loop.restarted = started_;
    return loop;
}

std::string line_of_exit(const std::string& error) {
    const std::size_t at = error.find(exits);
    if (at == std::string::npos) return error;
    const std::size_t line = error.rfind('\n', at);
    return first_line(std::string_view{error}.substr(line == std::string::npos ? 0 : line + 1));
}

std::string failure_in(std::string_view message, const std::string& error) {
    std::string line = line_of_exit(error);
    if (line.starts_with("lock exited")) return "";
    if (line.find(exits) != std::string::npos) return line;
    const std::string name(message.substr(message.find('.') + 1));
    return first_line(error.empty() ? name : name + ": " + error);
}

}  // namespace cfee
