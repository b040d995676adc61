#include "lib/facts/inside.hpp"

#include <algorithm>

namespace cfee {

std::optional<std::string> Inside::owner_of(std::string_view key) const {
    if (!held_locks) return std::nullopt;
    const auto found = std::find_if(held_locks->begin(), held_locks->end(),
                                    [key](const HeldLock& lock) { return lock.key == key; });
    return found == held_locks->end() ? std::string() : found->owner;
}

}  // namespace cfee
