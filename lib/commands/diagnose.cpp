#include "lib/commands/diagnose.hpp"

#include <ostream>

#include "lib/commands/command_line.hpp"
#include "lib/commands/progress.hpp"
#include "lib/commands/recorded_options.hpp"
#include "lib/facts/exit_status.hpp"
#include "lib/report/json.hpp"
#include "lib/report/text.hpp"
#include "lib/world/recording.hpp"
#include "lib/world/replay.hpp"

namespace cfee {

namespace {

void report(const DiagnoseOptions& options, const Snapshot& snapshot, const Judgement& judgement,
            int exit_status, Console& console) {
    if (options.format == OutputFormat::json) {
        write_json(console.out, snapshot, judgement, console.tool_version, exit_status);
    } else {
        write_text(console.out, snapshot, judgement, console.out_style);
    }
}

int look_and_report(const DiagnoseOptions& options, LookOptions look_options, Host& host, Console& console) {
    Progress progress(console);
    look_options.progress = [&progress](std::string_view what) { progress.show(what); };
    const Snapshot snapshot = look(host, look_options);
    progress.clear();
    const Judgement judgement = judge(snapshot);
    report(options, snapshot, judgement, judgement.exit_status(), console);
    return judgement.exit_status();
}

int look_and_record(const DiagnoseOptions& options, Host& host, Console& console) {
    Recording recording(host, options.record, console.tool_version, options.look.kubectl.program);
    const int exit_status = look_and_report(options, options.look, recording, console);
    if (!recording.problem().empty()) console.err << "kubectl cfee-stager: " << recording.problem() << "\n";
    return exit_status;
}

int replay(const DiagnoseOptions& options, Console& console) {
    const Transcript transcript = read_transcript(options.replay);
    Replay host(transcript, options.look_number ? Part::look(static_cast<std::size_t>(*options.look_number))
                                                : Part::last_look());
    const int exit_status =
        look_and_report(options, recorded_options(transcript, options.look), host, console);
    tell_of_another_version(transcript, host, console);
    return exit_status;
}

}  // namespace

void report_stop(const DiagnoseOptions& options, TimePoint now, const std::string& reason, int exit_status,
                 Console& console) {
    console.err << "kubectl cfee-stager: " << reason << "\n";
    if (options.format != OutputFormat::json) return;
    Snapshot snapshot{.started = now,
                      .ended = now,
                      .name_space = options.look.kubectl.name_space,
                      .flags = options.look.kubectl.flags_for_a_person(),
                      .pods = Trouble{Trouble::Kind::not_asked, reason}};
    snapshot.services = snapshot.pods.trouble();
    snapshot.endpoints = snapshot.pods.trouble();
    snapshot.controllers = snapshot.pods.trouble();
    report(options, snapshot, judge(snapshot), exit_status, console);
}

int diagnose(const DiagnoseOptions& options, Host& host, Console& console) {
    const TimePoint started = host.now();
    try {
        if (!options.replay.empty()) return replay(options, console);
        Narrator narrator = narrated(host, console, options.is_verbose);
        return options.record.empty() ? look_and_report(options, options.look, narrator, console)
                                      : look_and_record(options, narrator, console);
    } catch (const TranscriptError& error) {
        report_stop(options, started, error.what(), exit_status::inconclusive, console);
        return exit_status::inconclusive;
    } catch (const Interrupted& interrupted) {
        const int exit_status = status_of(interrupted);
        report_stop(options, started, "interrupted; nothing was changed", exit_status, console);
        return exit_status;
    }
}

}  // namespace cfee
