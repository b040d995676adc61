// A transcript's commands say how its looks were made; whoever judges it need not know.
#pragma once

#include "lib/cluster/look.hpp"
#include "lib/commands/console.hpp"
#include "lib/world/replay.hpp"
#include "lib/world/transcript.hpp"

namespace cfee {

/// The options with which the transcript's looks were made: `options`, with namespace, kubectl's flags,
/// address and time-out as its command lines have them. Anybody may have written those: what no look of ours
/// can have had is not taken over. Throws TranscriptError where the namespace cannot be one.
[[nodiscard]] LookOptions recorded_options(const Transcript& transcript, LookOptions options);

/// Says on standard error, where a replay lacked an answer, that another version recorded the transcript and
/// asked otherwise.
void tell_of_another_version(const Transcript& transcript, const Replay& replay, const Console& console);

}  // namespace cfee
