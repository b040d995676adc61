// A deletion that may be sent. Only the gate can make one, and without one nothing is deleted.
#pragma once

#include <utility>

#include "lib/facts/deletion.hpp"

namespace cfee {

class ClearedDeletion {
public:
    [[nodiscard]] const Deletion& planned() const { return planned_; }

private:
    friend class Gate;  // lib/runbook/gate.cpp
    explicit ClearedDeletion(Deletion planned) : planned_(std::move(planned)) {}

    Deletion planned_;
};

}  // namespace cfee
