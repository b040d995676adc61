#include "lib/commands/diagnose.hpp"

#include <ostream>

#include "lib/commands/command_line.hpp"
#include "lib/commands/progress.hpp"
#include "lib/commands/recorded_options.hpp"
#include "lib/facts/exit_status.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "lib/world/recording.hpp"
#include "lib/world/replay.hpp"

namespace cfee {

namespace {

int look_and_report(const DiagnoseOptions& options, LookOptions look_options, Host& host, Console& console) {
    Progress progress(console);
    look_options.progress = [&progress](std::string_view what) { progress.show(what); };
    Judged judged{.snapshot = look(host, look_options)};
    progress.clear();
    judged.judgement = judge(judged.snapshot);
    const int exit_status = judged.judgement.exit_status();
    write(Found{std::move(judged), exit_status}, options.format, console);
    return exit_status;
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
    Snapshot snapshot{.started = now,
                      .ended = now,
                      .name_space = options.look.kubectl.name_space,
                      .flags = options.look.kubectl.flags_for_a_person(),
                      .pods = Trouble{Trouble::Kind::not_asked, reason}};
    snapshot.services = snapshot.pods.trouble();
    snapshot.endpoints = snapshot.pods.trouble();
    snapshot.controllers = snapshot.pods.trouble();
    write_failure(reason, Found{{snapshot, judge(snapshot)}, exit_status}, options.format, console);
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
