// Whether the owner of the lock is the pod of ours that it is called like. Only for lib/runbook.
#pragma once

#include <string>

#include "lib/runbook/causes.hpp"

namespace cfee {

/// BBS pods are called alike in every foundation, and two may share a database.
struct Namesake {
    enum class State {
        ours,      ///< as far as anything tells
        doubtful,  ///< a BBS of ours stands by behind it, and ours of that name does not wait as one that hangs
        somebody_else,  ///< ours of that name was told itself that another has the lock
    };
    State state = State::ours;
    std::string why;  ///< a sentence, where it is not ours for sure
};

/// Only of an owner that is called like one of our BBS pods.
[[nodiscard]] Namesake namesake_of(const Facts& facts, const std::string& owner);
Proof prove_held_by_a_namesake(const Facts& facts, const Findings& findings);

}  // namespace cfee
