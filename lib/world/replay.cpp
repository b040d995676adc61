#include "lib/world/replay.hpp"

#include <algorithm>
#include <utility>

#include "lib/text/redact.hpp"
#include "lib/world/question.hpp"
#include "lib/world/recording.hpp"

namespace cfee {

namespace {

using Kind = TranscriptEntry::Kind;

/// Entries from `begin` up to, without, `end`.
struct Range {
    std::size_t begin;
    std::size_t end;
    bool is_complete;
};

// One that never ended, and another began: it was a glance, and does not count.
std::vector<Range> looks_of(const std::vector<TranscriptEntry>& entries) {
    std::vector<Range> looks;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool is_open = !looks.empty() && !looks.back().is_complete;
        if (entries[i].kind == Kind::look_begins) {
            if (is_open) looks.pop_back();
            looks.push_back({i, entries.size(), false});
        } else if (entries[i].kind == Kind::look_ends && is_open) {
            looks.back().end = i;
            looks.back().is_complete = true;
        }
    }
    if (looks.empty()) looks.push_back({0, entries.size(), true});
    return looks;
}

std::string count_of_looks(std::size_t count) {
    return count == 1 ? "one look" : std::to_string(count) + " looks";
}

Range range_of(const Transcript& transcript, const Part& part) {
    if (part.extent == Part::Extent::everything) return {0, transcript.entries.size(), true};
    const std::vector<Range> looks = looks_of(transcript.entries);
    if (part.extent == Part::Extent::last_complete_look) {
        const auto last =
            std::find_if(looks.rbegin(), looks.rend(), [](const Range& look) { return look.is_complete; });
        if (last == looks.rend()) throw TranscriptError(transcript.name + " holds no complete look.");
        return *last;
    }
    const std::string number = std::to_string(part.number);
    if (part.number < 1 || part.number > looks.size()) {
        throw TranscriptError(transcript.name + " has no look " + number + ": it holds " +
                              count_of_looks(looks.size()) + ".");
    }
    const Range& look = looks[part.number - 1];
    if (!look.is_complete) throw TranscriptError(transcript.name + ": look " + number + " is not complete.");
    return look;
}

std::string as_typed(const std::vector<std::string>& argv) {
    std::string line;
    for (const std::string& argument : argv) line.append(line.empty() ? "" : " ").append(argument);
    return line;
}

}  // namespace

Replay::Replay(const Transcript& transcript, Part part, std::string kubectl) : kubectl_(std::move(kubectl)) {
    const Range range = range_of(transcript, part);
    now_ = transcript.header.started;
    if (part.extent != Part::Extent::everything && range.begin < transcript.entries.size()) {
        now_ += transcript.entries[range.begin].start;
    }
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const TranscriptEntry& entry = transcript.entries[i];
        // Edited by hand it may hold what we would have taken out; a question never does.
        if (entry.kind != Kind::command) continue;
        const std::string key = question_of(recorded_argv(entry.argv, kubectl_), redacted(entry.input));
        answers_[key].outcomes.push_back(entry.outcome);
    }
}

std::vector<Outcome> Replay::run(std::span<const Command> batch) {
    std::vector<Outcome> outcomes;
    outcomes.reserve(batch.size());
    std::chrono::milliseconds longest{0};
    for (const Command& command : batch) {
        const std::vector<std::string> argv = recorded_argv(command.argv, kubectl_);
        const auto found = answers_.find(question_of(argv, redacted(command.input)));
        if (found == answers_.end() || found->second.used == found->second.outcomes.size()) {
            if (!only_adds(argv)) missing_.push_back(as_typed(argv));
            outcomes.push_back({.end = Outcome::End::not_started, .err = "not in the transcript"});
            continue;
        }
        outcomes.push_back(found->second.outcomes[found->second.used++]);
        longest = std::max(longest, outcomes.back().took);
    }
    now_ += longest;
    return outcomes;
}

void Replay::sleep(Clock::duration duration) {
    now_ += std::max(duration, Clock::duration(0));
}

}  // namespace cfee
