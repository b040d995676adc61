// What the stacks of a bbs, locket or auctioneer say of the lock: read from its debug server, inside the pod.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/facts/answer.hpp"

namespace cfee {

struct Stacks {
    enum class State {
        known,
        closed,   ///< nothing listens there: the process is not there, or hangs in its first ping of the
                  ///< database
        absent,   ///< the pod has no such job
        unknown,  ///< could not be asked, or the answer makes no sense: `trouble`
    };
    using Goroutines = std::vector<std::uint64_t>;  ///< their numbers, ascending

    State state = State::unknown;
    Trouble trouble{Trouble::Kind::not_asked, "not asked"};  ///< only where unknown

    // Only where known:
    int total = 0;
    /// migration.Manager.Run stands there. So it does in a BBS that serves, but not in one that waits for the
    /// lock.
    bool is_at_migrations = false;
    /// "NUMBER:START" of the processes of that name; empty where the pod does not show them. Goroutines are
    /// numbered anew after each start.
    std::vector<std::string> processes;
    Goroutines waiting_for_locket;    ///< a lock's runner, in its Lock
    Goroutines waiting_for_database;  ///< Locket's Lock requests, in the driver where a hang waits
    /// Locket's other Lock requests, but for those in line for a connection of the full pool: with one of
    /// them, those above may be leftovers of a hang that has passed.
    int outside = 0;

    [[nodiscard]] bool is_known() const { return state == State::known; }
};

}  // namespace cfee
