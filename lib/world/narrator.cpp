#include "lib/world/narrator.hpp"

#include <utility>

namespace cfee {

Narrator::Narrator(Host& host, Tell tell) : host_(host), tell_(std::move(tell)) {}

std::vector<Outcome> Narrator::run(std::span<const Command> batch) {
    for (const Command& command : batch) tell_(command);
    return host_.run(batch);
}

Clock::time_point Narrator::now() const {
    return host_.now();
}
void Narrator::sleep(Clock::duration duration) {
    host_.sleep(duration);
}
void Narrator::look_begins() {
    host_.look_begins();
}
void Narrator::look_ends() {
    host_.look_ends();
}

}  // namespace cfee
