#include "lib/world/inherited.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace cfee {

namespace {

void reopen_if_closed(int descriptor, int mode) {
    if (::fcntl(descriptor, F_GETFD) != -1) return;
    // The lowest free number is taken, and all below this one are in use by now.
    [[maybe_unused]] const int opened = ::open("/dev/null", mode);
}

bool is_ignored(int signal) {
    struct sigaction now = {};
    ::sigaction(signal, nullptr, &now);
    return now.sa_handler == SIG_IGN;
}

}  // namespace

void settle_process() {
    reopen_if_closed(STDIN_FILENO, O_WRONLY);
    reopen_if_closed(STDOUT_FILENO, O_RDONLY);
    reopen_if_closed(STDERR_FILENO, O_RDONLY);

    const sigset_t ours = interrupts();
    ::sigprocmask(SIG_BLOCK, &ours, nullptr);
    for (const int signal : {SIGINT, SIGTERM, SIGCHLD}) {
        if (is_ignored(signal)) std::signal(signal, SIG_DFL);
    }
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t exits;
    sigemptyset(&exits);
    sigaddset(&exits, SIGCHLD);
    ::sigprocmask(SIG_UNBLOCK, &exits, nullptr);
}

sigset_t interrupts() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    // Blocked, it would be kept for us although it is ignored.
    if (!is_ignored(SIGHUP)) sigaddset(&set, SIGHUP);
    return set;
}

int await_interrupt(std::chrono::nanoseconds at_most) {
    using std::chrono::steady_clock;
    const sigset_t set = interrupts();
    // A year stands for "for ever"; without it the sum could overflow.
    const auto end =
        steady_clock::now() + std::min<std::chrono::nanoseconds>(at_most, std::chrono::hours(24 * 365));
    for (;;) {
        const auto left =
            std::max<std::chrono::nanoseconds>(end - steady_clock::now(), std::chrono::nanoseconds(0));
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
        timespec time = {};
        time.tv_sec = seconds.count();
        time.tv_nsec = (left - seconds).count();
        const int signal = ::sigtimedwait(&set, nullptr, &time);
        if (signal > 0) return signal;
        // Another signal's handler may have woken us too early.
        if (left.count() == 0) return 0;
    }
}

}  // namespace cfee
