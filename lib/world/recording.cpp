#include "lib/world/recording.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "lib/text/harmless.hpp"
#include "lib/text/redact.hpp"

namespace cfee {

namespace {

using std::chrono::milliseconds;

std::string words_for(int error) {
    if (error == ELOOP) return "it is a symbolic link";
    if (error == ENXIO || error == 0) return "it is not a regular file";
    return std::generic_category().message(error);
}

/// Does this command print one JSON document? What stands after `--` is for the program in the pod.
bool prints_json(const std::vector<std::string>& argv) {
    for (std::size_t i = 1; i < argv.size() && argv[i] != "--"; ++i) {
        if (argv[i] == "-ojson" || argv[i] == "-o=json" || argv[i] == "--output=json" || argv[i] == "--raw")
            return true;
        const bool has_next = i + 1 < argv.size();
        if ((argv[i] == "-o" || argv[i] == "--output") && has_next && argv[i + 1] == "json") return true;
    }
    return false;
}

}  // namespace

std::vector<std::string> recorded_argv(std::span<const std::string> argv, std::string_view kubectl) {
    std::vector<std::string> result = redacted_argv(argv);
    if (argv.empty()) return result;
    const std::string_view program = argv.front();
    const std::string_view name = program.substr(program.rfind('/') + 1);
    // kubectl-1.34 is kubectl too.
    if (program == kubectl || name.starts_with("kubectl")) result.front() = "kubectl";
    return result;
}

Recording::Recording(Host& host, const std::filesystem::path& file, std::string tool, std::string kubectl)
    : host_(host), name_(file.string()), kubectl_(std::move(kubectl)), started_(host.now()) {
    // O_NONBLOCK: a named pipe that nobody reads would hold us for ever.
    constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    descriptor_ = Descriptor(::open(name_.c_str(), flags, 0600));
    struct stat status = {};
    int error = descriptor_.is_open() ? 0 : errno;
    if (error == 0 && ::fstat(descriptor_.number(), &status) == 0 && S_ISREG(status.st_mode)) {
        ::fchmod(descriptor_.number(), 0600);  // it may have been there before
        write(transcript_line(TranscriptHeader{.tool = std::move(tool), .started = started_}));
        if (problem_.empty()) return;
        error = ENOSPC;
    }
    throw TranscriptError(harmless(name_) + " cannot be written: " + words_for(error) + ".");
}

Recording::Recording(Host& host, std::string& memory, std::string tool, std::string kubectl)
    : host_(host), kubectl_(std::move(kubectl)), started_(host.now()), memory_(&memory) {
    write(transcript_line(TranscriptHeader{.tool = std::move(tool), .started = started_}));
}

std::vector<Outcome> Recording::run(std::span<const Command> batch) {
    const milliseconds start = since_start();
    std::vector<Outcome> outcomes = host_.run(batch);
    for (std::size_t i = 0; i < batch.size() && problem_.empty(); ++i) {
        TranscriptEntry entry{
            .start = start,
            .argv = recorded_argv(batch[i].argv, kubectl_),
            .input = redacted(batch[i].input),
            .outcome = {.end = outcomes[i].end, .code = outcomes[i].code, .took = outcomes[i].took}};
        const std::string& out = outcomes[i].out;
        // An empty answer is not damaged: there was nothing to say.
        entry.outcome.out = prints_json(batch[i].argv) && !out.empty() ? redacted_json(out) : redacted(out);
        entry.outcome.err = redacted(outcomes[i].err);
        write(transcript_line(entry));
    }
    return outcomes;
}

Clock::time_point Recording::now() const {
    return host_.now();
}

void Recording::sleep(Clock::duration duration) {
    const milliseconds start = since_start();
    host_.sleep(duration);
    const auto slept = std::max(std::chrono::round<milliseconds>(duration), milliseconds(0));
    write(transcript_line({.kind = TranscriptEntry::Kind::sleep, .start = start, .slept = slept}));
}

void Recording::look_begins() {
    host_.look_begins();
    write(transcript_line({.kind = TranscriptEntry::Kind::look_begins, .start = since_start()}));
}

void Recording::look_ends() {
    host_.look_ends();
    write(transcript_line({.kind = TranscriptEntry::Kind::look_ends, .start = since_start()}));
}

milliseconds Recording::since_start() const {
    // The system's clock may have been set back meanwhile.
    return std::max(std::chrono::round<milliseconds>(host_.now() - started_), milliseconds(0));
}

void Recording::write(const std::string& line) {
    if (memory_ != nullptr) *memory_ += line;
    if (!problem_.empty() || memory_ != nullptr) return;
    if (const int error = write_all(descriptor_.number(), line); error != 0)
        problem_ = "The transcript " + harmless(name_) + " is not complete: " + words_for(error) + ".";
}

}  // namespace cfee
