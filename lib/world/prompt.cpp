#include "lib/world/prompt.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "lib/text/harmless.hpp"
#include "lib/world/descriptor.hpp"
#include "lib/world/host.hpp"
#include "lib/world/inherited.hpp"

namespace cfee {

namespace {

constexpr int look_for_signals = 50;  // milliseconds: SIGINT is blocked, so that somebody must look for it

// A terminal that is gone is no reason to stop: then there is no answer either.
void put(std::string_view text) {
    static_cast<void>(write_all(STDERR_FILENO, text));
}

// Whatever was typed before the question was asked is no answer to it.
void forget_typed_ahead() {
    std::array<char, 256> dropped{};
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    while (::poll(&input, 1, 0) > 0 && ::read(STDIN_FILENO, dropped.data(), dropped.size()) > 0) {
    }
}

}  // namespace

bool TerminalPrompt::can_ask() const {
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

bool TerminalPrompt::ask(const std::string& question) {
    forget_typed_ahead();
    put(harmless(question));
    std::string line;
    while (line.find('\n') == std::string::npos) {
        if (const int signal = await_interrupt(std::chrono::nanoseconds{0}); signal != 0) {
            put("\n");
            throw Interrupted{signal};
        }
        pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
        if (::poll(&input, 1, look_for_signals) <= 0) continue;
        std::array<char, 256> typed{};
        const ssize_t size = ::read(STDIN_FILENO, typed.data(), typed.size());
        if (size <= 0) return false;
        line.append(typed.data(), static_cast<std::size_t>(size));
    }
    line.erase(line.find_last_not_of(" \t\r\n") + 1);
    return line == "y" || line == "Y" || line == "yes";
}

}  // namespace cfee
