// Says what is about to be run (-v).
#pragma once

#include <functional>

#include "lib/world/host.hpp"

namespace cfee {

/// Passes everything on to another Host, and tells of each command just before it is started. What it tells
/// is the bare command: whoever prints it redacts it (redact.hpp).
class Narrator final : public Host {
public:
    using Tell = std::function<void(const Command&)>;

    Narrator(Host& host, Tell tell);

    std::vector<Outcome> run(std::span<const Command> batch) override;
    [[nodiscard]] Clock::time_point now() const override;
    void sleep(Clock::duration duration) override;
    void look_begins() override;
    void look_ends() override;

private:
    Host& host_;
    Tell tell_;
};

}  // namespace cfee
