// A process that dies again and again at its start: that is no movement of the lock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lib/facts/lock_log.hpp"

namespace cfee {

/// Told of what a log's lines say, in their order.
class CrashCounter {
public:
    void started(std::optional<TimePoint> at);
    /// It says that all of it has started.
    void came_up(std::optional<TimePoint> at) { came_up_ = at; }
    /// A line of whatever kind, but not the first of a start.
    void wrote(std::optional<TimePoint> at);
    /// The process said why it dies. `failure` is compared from death to death.
    /// A fatal line is a death of its own, whether or not a start stands before it.
    void died(std::optional<TimePoint> at, const std::string& failure, bool is_fatal);
    /// It ended, and not because it failed.
    void ended() { loop_ = {}; }
    /// None while it lives well, and none after it did: then it was killed, and said nothing.
    [[nodiscard]] CrashLoop loop() const;

private:
    CrashLoop loop_;
    bool lives_well_ = false;
    std::optional<TimePoint> started_;
    std::optional<TimePoint> came_up_;
};

/// What kills the process, from the error of "exited-with-failure" or of a fatal line; empty where that is
/// the lock, which was lost: the lock's movements are told elsewhere.
[[nodiscard]] std::string failure_in(std::string_view message, const std::string& error);
/// Of several members of the process that ended, the line of the one that failed; else the error as it is.
[[nodiscard]] std::string line_of_exit(const std::string& error);

}  // namespace cfee
