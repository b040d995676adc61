// Who should hold the lock "auctioneer": without one that does nothing is staged.
#pragma once

#include <optional>
#include <string_view>

#include "lib/facts/pod.hpp"
#include "lib/facts/stacks.hpp"

namespace cfee {

inline constexpr std::string_view auctioneer_lock = "auctioneer";

/// A pod with an auctioneer, and what it said when it was asked.
struct Auctioneer {
    Pod pod;
    Stacks stacks;
    std::optional<TimePoint> clock;  ///< the pod's
    std::optional<TimePoint>
        asked_for_lock;  ///< by its log; nothing where something of the lock came after it
};

}  // namespace cfee
