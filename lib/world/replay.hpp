// Answers from a transcript.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "lib/world/host.hpp"
#include "lib/world/transcript.hpp"

namespace cfee {

/// Which part of a transcript a replay answers from. One without any look counts as a single look.
struct Part {
    enum class Extent { last_complete_look, numbered_look, everything };

    Extent extent = Extent::last_complete_look;
    std::size_t number = 0;  ///< of a numbered look, from 1

    static Part last_look() { return {}; }
    static Part look(std::size_t number) { return {Extent::numbered_look, number}; }
    static Part everything() { return {Extent::everything, 0}; }
};

/// The world as a transcript has it. Commands are matched by what they ask (question.hpp); equal ones are
/// answered in the order of the transcript, each once. Time begins when the part began, and
/// passes only by the recorded durations (of a batch: the longest) and by sleep().
class Replay final : public Host {
public:
    /// Throws TranscriptError when there is no such look, or it is not complete. `kubectl` is the program
    /// that stands as "kubectl" in the transcript.
    explicit Replay(const Transcript& transcript, Part part = Part::last_look(),
                    std::string kubectl = "kubectl");

    /// A command that is not in the transcript, or has been used up: not started, "not in the transcript".
    std::vector<Outcome> run(std::span<const Command> batch) override;
    [[nodiscard]] Clock::time_point now() const override { return now_; }
    void sleep(Clock::duration duration) override;

    /// The commands that the transcript lacked, as one would type them, in the order in which they were asked
    /// for; without those that only add.
    [[nodiscard]] const std::vector<std::string>& missing() const { return missing_; }

private:
    struct Answers {
        std::vector<Outcome> outcomes;
        std::size_t used = 0;
    };

    Clock::time_point now_;
    std::string kubectl_;
    std::map<std::string, Answers> answers_;  // by what was asked
    std::vector<std::string> missing_;
};

}  // namespace cfee
