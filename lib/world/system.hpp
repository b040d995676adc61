// The real world: processes and the system's clock.
#pragma once

#include "lib/world/host.hpp"

namespace cfee {

/// Real processes. Construct it before anything else in main: it blocks SIGINT, SIGTERM and SIGHUP for the
/// life of the program (see inherited.hpp), so that they are met here, at run() and sleep(), and nowhere
/// else.
///
/// Every child is the leader of its own process group (Ctrl-C on the terminal does not reach it) and has no
/// descriptor of ours but its standard streams. When a limit or the ceiling is passed, or we are interrupted,
/// the whole group is killed. What outlives a child that ended by itself (a helper that some credential
/// plugin left running) is left alone; if it holds the child's output open, that is read for half a second
/// more.
class System final : public Host {
public:
    /// `ceiling`: bytes of output allowed to each stream of a command; other than the default for tests only.
    explicit System(std::size_t ceiling = largest_output);

    std::vector<Outcome> run(std::span<const Command> batch) override;
    [[nodiscard]] Clock::time_point now() const override;
    void sleep(Clock::duration duration) override;

private:
    std::size_t ceiling_;
};

}  // namespace cfee
