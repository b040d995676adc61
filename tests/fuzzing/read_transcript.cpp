#include "lib/world/replay.hpp"
#include "lib/world/transcript.hpp"
#include "tests/fuzzing/fuzzing.hpp"

using namespace cfee;

namespace {

std::string written(const Transcript& transcript) {
    std::string text = transcript_line(transcript.header);
    for (const TranscriptEntry& entry : transcript.entries) text += transcript_line(entry);
    return text;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Transcript transcript;
    try {
        transcript = parse_transcript(text_of(data, size), "fuzzed");
    } catch (const TranscriptError& error) {
        demand_harmless(error.what(), "what is wrong with it");
        return 0;
    }
    // What was read can be written down, and is then read alike: a TranscriptError here ends the process.
    const std::string text = written(transcript);
    const Transcript again = parse_transcript(text, "again");
    demand(again.entries.size() == transcript.entries.size(), "no line is lost");
    demand(written(again) == text, "writing and reading change nothing");
    try {
        const Replay replay(transcript);
        demand(replay.now() >= transcript.header.started, "time begins with the recording");
    } catch (const TranscriptError& error) {
        demand_harmless(error.what(), "why it holds no look");
    }
    return 0;
}
