// What a command has to say: one value, which each output form writes in its own way.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "lib/facts/healing.hpp"

namespace cfee {

/// What `diagnose` found.
struct Found {
    Judged judged;
    int exit_status = 0;  ///< what the program will end with
};

/// What `evidence` kept.
struct Kept {
    std::optional<Judged> judged;
    std::string path;     ///< empty: nothing
    std::string problem;  ///< why nothing
    int exit_status = 0;
};

/// Healing: what `heal` found and did.
using Report = std::variant<Found, Healing, Kept>;

}  // namespace cfee
