// Bytes to report: what `diagnose --replay` does with a file.
#include <sstream>

#include "lib/cluster/look.hpp"
#include "lib/commands/recorded_options.hpp"
#include "lib/report/form.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "lib/world/replay.hpp"
#include "tests/fuzzing/fuzzing.hpp"

using namespace cfee;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const Transcript transcript = parse_transcript(text_of(data, size), "fuzzed");
        Replay host(transcript);
        Judged judged{.snapshot = look(host, recorded_options(transcript, {}))};
        judged.judgement = judge(judged.snapshot);
        const Report report = Found{judged, judged.judgement.exit_status()};
        for (const Form& form : forms) {
            std::ostringstream stream;
            form.write(stream, report, {.style = {.has_utf8 = true}, .tool_version = "0"});
            demand_harmless(stream.str(), form.word);
        }
    } catch (const TranscriptError& error) {
        demand_harmless(error.what(), "what is wrong with it");
    }
    return 0;
}

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

namespace {

// Most of a transcript is what was asked, and must stay as it is, or nothing is answered. So it is mostly an
// answer that is changed.
std::string with_another_answer(Transcript transcript, unsigned seed) {
    std::vector<Outcome*> answers;
    for (TranscriptEntry& entry : transcript.entries) {
        if (entry.kind == TranscriptEntry::Kind::command) answers.push_back(&entry.outcome);
    }
    if (!answers.empty()) {
        Outcome& answer = *answers[seed % answers.size()];
        std::string& text = seed / answers.size() % 8 == 0 ? answer.err : answer.out;
        constexpr std::size_t growth = 256;
        const std::size_t before = text.size();
        text.resize(before + growth);
        text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), before, before + growth));
    }
    std::string all = transcript_line(transcript.header);
    for (const TranscriptEntry& entry : transcript.entries) all += transcript_line(entry);
    return all;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room,
                                               unsigned seed) {
    if (seed % 8 == 0) return LLVMFuzzerMutate(data, size, room);
    try {
        const std::string changed = with_another_answer(parse_transcript(text_of(data, size), "x"), seed / 8);
        if (changed.size() > room) return LLVMFuzzerMutate(data, size, room);
        std::copy(changed.begin(), changed.end(), data);
        return changed.size();
    } catch (const TranscriptError&) {
        return LLVMFuzzerMutate(data, size, room);
    }
}
