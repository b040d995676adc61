#include "lib/commands/heal.hpp"

#include <ostream>

#include "lib/commands/command_line.hpp"
#include "lib/commands/healer.hpp"
#include "lib/commands/recorded_options.hpp"
#include "lib/report/healing.hpp"
#include "lib/world/narrator.hpp"
#include "lib/world/recording.hpp"
#include "lib/world/replay.hpp"

namespace cfee {

namespace {

constexpr int interrupted_base = 128;
constexpr int could_not_begin = 4;

void report(const HealOptions& options, const Healing& healing, Console& console) {
    if (options.format == OutputFormat::json) {
        write_json(console.out, healing, console.tool_version);
    } else {
        write_text(console.out, healing, console.out_style);
    }
}

int run_and_report(const HealOptions& options, Host& host, Prompt& prompt, Folder& folder, Console& console) {
    Healing healing;
    std::string transcript;
    Recording recording(host, transcript, console.tool_version, options.look.kubectl.program);
    Healer healer(options, {recording, host, transcript, prompt, folder}, console, healing);
    try {
        healer.run();
    } catch (const Interrupted& interrupted) {
        healing.outcome = HealOutcome::interrupted;
        healing.exit_status = interrupted_base + interrupted.signal;
        healer.settle_interrupted();
    }
    healing.ended = host.now();
    report(options, healing, console);
    return healing.exit_status;
}

int replay_and_report(const HealOptions& options, const Host& host, Prompt& prompt, Folder& folder,
                      Console& console) {
    try {
        const Transcript transcript = read_transcript(options.replay);
        Replay replay(transcript, Part::everything());
        HealOptions recorded = options;
        recorded.look = recorded_options(transcript, options.look);
        return run_and_report(recorded, replay, prompt, folder, console);
    } catch (const TranscriptError& error) {
        const Healing healing{.started = host.now(),
                              .ended = host.now(),
                              .reasons = {error.what()},
                              .exit_status = could_not_begin};
        console.err << "kubectl cfee-stager: " << error.what() << "\n";
        report(options, healing, console);
        return could_not_begin;
    }
}

}  // namespace

int heal(const HealOptions& options, Host& host, Prompt& prompt, Folder& folder, Console& console) {
    if (!options.replay.empty()) return replay_and_report(options, host, prompt, folder, console);
    Narrator narrator(host, [&](const Command& command) {
        if (options.is_verbose) console.err << command_line(command) << "\n" << std::flush;
    });
    return run_and_report(options, narrator, prompt, folder, console);
}

}  // namespace cfee
