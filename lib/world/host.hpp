// The one door to the world outside this program: processes and time.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

using Clock = std::chrono::system_clock;

/// One program to run. `argv[0]` is a path or a name that is looked up in PATH.
struct Command {
    std::vector<std::string> argv;
    std::string input;                ///< given to its standard input, which is then closed
    std::chrono::milliseconds limit;  ///< after so long it is killed, with all that it started
};

/// How a command ended. Only `exited` with code 0 is an answer; whatever else was printed is a hint at best.
struct Outcome {
    enum class End {
        exited,           ///< `code` is the exit status
        signalled,        ///< `code` is the signal
        timed_out,        ///< our own limit ended it
        not_started,      ///< no such program, or the system refused; `err` says why in words
        too_much_output,  ///< it printed more than `largest_output` and was killed
    };
    End end = End::not_started;
    int code = 0;
    std::string out;
    std::string err;
    std::chrono::milliseconds took{0};  ///< from its start to its end; 0 from a fake that does not say

    [[nodiscard]] bool succeeded() const { return end == End::exited && code == 0; }
};

/// Bytes of standard output, or of standard error, that one command may print.
inline constexpr std::size_t largest_output = std::size_t{256} << 20;

/// Thrown by Host::run and Host::sleep when SIGINT, SIGTERM or SIGHUP arrived: every child has been killed
/// and reaped.
struct Interrupted {
    int signal;
};
/// As shells count it: 129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM.
[[nodiscard]] constexpr int status_of(const Interrupted& interrupted) {
    return 128 + interrupted.signal;
}

/// The world. Synchronous to its caller, parallel inside: a batch runs all at once.
class Host {
public:
    Host() = default;
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    virtual ~Host() = default;

    /// Runs all commands at once and returns when all have ended, in the order given. Throws Interrupted.
    virtual std::vector<Outcome> run(std::span<const Command> batch) = 0;
    [[nodiscard]] virtual Clock::time_point now() const = 0;
    /// Throws Interrupted.
    virtual void sleep(Clock::duration duration) = 0;

    /// One look at the cluster begins or has ended. Means nothing to a real system; a transcript keeps it, so
    /// that a replay can tell the looks apart and knows which of them is complete.
    virtual void look_begins() {}
    virtual void look_ends() {}
};

}  // namespace cfee
