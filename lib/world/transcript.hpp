// Transcripts: what was asked of the world, and what it answered. JSON Lines, UTF-8, one JSON object a line.
//
// First the header:
//   {"format":"cfee-stager-transcript","version":1,"tool":"0.1.0","started":"2026-11-22T13:45:35.123Z"}
// Then, in the order in which they ended, commands, sleeps, and the borders of looks at the cluster:
//   {"look":"begins","start":0.012}
//   {"start":0.012,"duration":0.101,"argv":["kubectl","get","pods"],"stdin":"","end":"exited","code":0,
//    "stdout":"…","stderr":"…"}                                               (in one line)
//   {"look":"ends","start":0.140}
//   {"start":0.140,"sleep":2.0}
//
//  * `started` is UTC with milliseconds; `start` counts seconds since then; `duration` and `sleep` are
//    seconds.
//  * `argv[0]` is "kubectl", whatever its path was. Secrets have been taken out (redact.hpp).
//  * `end` is exited, signalled, timed_out, not_started or too_much_output; `code` the exit status or the
//    signal.
//  * Text that is not UTF-8 is kept in base64 under another key: `stdout_base64` for `stdout`, and so on;
//    `argv_base64` is an array like `argv`.
//  * A look that never ends, and another begins, was a glance: of pods and services, and no more. It does not
//    count as a look.
//  * `stdin` may be missing when it is empty. Unknown keys mean nothing; an unknown kind of line is an error.
//  * A transcript whose last line was cut off (the tool was killed) is good as far as it goes, if it holds a
//    complete look.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "lib/world/host.hpp"

namespace cfee {

/// A transcript cannot be written, read or used. The message is one sentence for people that names the file,
/// and the line where there is one.
struct TranscriptError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct TranscriptHeader {
    std::string tool;  ///< the version of the tool that wrote it
    Clock::time_point started;
};

struct TranscriptEntry {
    enum class Kind { command, sleep, look_begins, look_ends };

    Kind kind = Kind::command;
    std::chrono::milliseconds start{0};  ///< since the header's time
    std::chrono::milliseconds slept{0};  ///< of a sleep
    std::vector<std::string> argv;       ///< of a command
    std::string input;                   ///< of a command
    Outcome outcome;                     ///< of a command; `took` is its duration
};

struct Transcript {
    std::string name;  ///< of the file, for messages
    TranscriptHeader header;
    std::vector<TranscriptEntry> entries;
};

/// One line each, with its line end.
[[nodiscard]] std::string transcript_line(const TranscriptHeader& header);
[[nodiscard]] std::string transcript_line(const TranscriptEntry& entry);

/// Throws TranscriptError.
[[nodiscard]] Transcript parse_transcript(std::string_view text, const std::string& name);
[[nodiscard]] Transcript read_transcript(const std::filesystem::path& file);

}  // namespace cfee
