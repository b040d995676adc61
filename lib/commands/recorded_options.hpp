// A transcript's commands say how its looks were made; whoever judges it need not know.
#pragma once

#include "lib/cluster/look.hpp"
#include "lib/world/transcript.hpp"

namespace cfee {

/// The options with which the transcript's looks were made: `options`, with namespace, kubectl's flags,
/// address and time-out as its command lines have them. Anybody may have written those: what no look of ours
/// can have had is not taken over. Throws TranscriptError where the namespace cannot be one.
[[nodiscard]] LookOptions recorded_options(const Transcript& transcript, LookOptions options);

}  // namespace cfee
