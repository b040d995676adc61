// A world that answers as it is told, and remembers what it was asked.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/world/host.hpp"

namespace cfee {

struct FakeHost final : Host {
    std::vector<Outcome> run(std::span<const Command> batch) override {
        std::vector<Outcome> outcomes;
        for (const Command& command : batch) {
            asked.push_back(command);
            outcomes.push_back(answers.at(next++));
            time += outcomes.back().took;
        }
        return outcomes;
    }
    [[nodiscard]] Clock::time_point now() const override { return time; }
    void sleep(Clock::duration duration) override { time += duration; }
    void look_begins() override { ++begun; }
    void look_ends() override { ++ended; }

    std::vector<Outcome> answers;
    std::vector<Command> asked;
    std::size_t next = 0;
    int begun = 0;
    int ended = 0;
    Clock::time_point time = Clock::from_time_t(1795355135) + std::chrono::milliseconds(123);
};

}  // namespace cfee
