// What a process inherits from whoever started it, put in order before System relies on it.
#pragma once

#include <chrono>
#include <csignal>

namespace cfee {

/// Puts in order what we may have inherited; harmless when repeated:
///  * SIGINT, SIGTERM and SIGHUP are blocked from now on. One that arrives between two calls waits there and
///    is met at the next; and nothing is ever interrupted half-way. An inherited "ignore" is lifted: a signal
///    that somebody sends us means us. But for SIGHUP's: whoever says nohup wants us to go on without a
///    terminal.
///  * SIGPIPE is ignored: that nobody reads any more what we say is no reason to stop half-way. Writing
///    fails.
///  * SIGCHLD is neither ignored (the exit status of children would be lost) nor blocked.
///  * Standard streams that are closed are opened on /dev/null, the wrong way round: reading or writing still
///    fails, but no pipe of ours can get the number 0, 1 or 2 and be mistaken for them.
void settle_process();

/// SIGINT, SIGTERM, and SIGHUP where it is not ignored.
[[nodiscard]] sigset_t interrupts();

/// Waits for one of them, at most that long (zero or less: only looks). Returns the signal, which is
/// then no longer pending, or 0.
[[nodiscard]] int await_interrupt(std::chrono::nanoseconds at_most);

}  // namespace cfee
