#include "lib/commands/heal.hpp"

#include <ostream>

#include "lib/commands/command_line.hpp"
#include "lib/commands/healer.hpp"
#include "lib/commands/recorded_options.hpp"
#include "lib/facts/exit_status.hpp"
#include "lib/runbook/outcome.hpp"
#include "lib/world/recording.hpp"
#include "lib/world/replay.hpp"

namespace cfee {

namespace {

int run_and_report(const HealOptions& options, Host& host, Prompt& prompt, Folder& folder, Console& console) {
    Healing healing;
    std::string transcript;
    Recording recording(host, transcript, console.tool_version, options.look.kubectl.program);
    // The transcript is for the evidence: where none is saved, nobody would read it.
    Host& asked = options.wants_evidence ? static_cast<Host&>(recording) : host;
    Healer healer(options, {asked, host, transcript, prompt, folder}, console, healing);
    try {
        healer.run();
        healing.exit_status = row_of(healing.outcome).exit_status;
    } catch (const Interrupted& interrupted) {
        healing.outcome = HealOutcome::interrupted;
        healing.exit_status = status_of(interrupted);
        healer.settle_interrupted();
    }
    healing.ended = host.now();
    write(healing, options.format, console);
    return healing.exit_status;
}

int replay_and_report(const HealOptions& options, const Host& host, Prompt& prompt, Folder& folder,
                      Console& console) {
    try {
        const Transcript transcript = read_transcript(options.replay);
        Replay replay(transcript, Part::everything());
        HealOptions recorded = options;
        recorded.look = recorded_options(transcript, options.look);
        recorded.wants_evidence = false;  // of somebody else's cluster there is none but the transcript
        const int exit_status = run_and_report(recorded, replay, prompt, folder, console);
        tell_of_another_version(transcript, replay, console);
        return exit_status;
    } catch (const TranscriptError& error) {
        report_unhealed(options, host.now(), error.what(), exit_status::not_done, console);
        return exit_status::not_done;
    }
}

}  // namespace

void report_unhealed(const HealOptions& options, TimePoint now, const std::string& reason, int exit_status,
                     Console& console) {
    const Healing healing{.started = now, .ended = now, .reasons = {reason}, .exit_status = exit_status};
    write_failure(reason, healing, options.format, console);
}

int heal(const HealOptions& options, Host& host, Prompt& prompt, Folder& folder, Console& console) {
    if (!options.replay.empty()) return replay_and_report(options, host, prompt, folder, console);
    Narrator narrator = narrated(host, console, options.is_verbose);
    return run_and_report(options, narrator, prompt, folder, console);
}

}  // namespace cfee
