#include "lib/commands/evidence.hpp"

#include <ostream>

#include "lib/commands/collect_evidence.hpp"
#include "lib/commands/command_line.hpp"
#include "lib/commands/progress.hpp"
#include "lib/facts/exit_status.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "lib/world/recording.hpp"

namespace cfee {

namespace {

void report(const EvidenceOptions& options, const Kept& kept, Console& console) {
    if (!kept.problem.empty()) return write_failure(kept.problem, kept, options.format, console);
    write(kept, options.format, console);
}

int keep(const EvidenceOptions& options, Host& host, Folder& folder, Console& console, Kept& kept) {
    Progress progress(console);
    LookOptions look_options = options.look;
    look_options.progress = [&progress](std::string_view what) { progress.show(what); };
    std::string transcript;
    Recording recording(host, transcript, console.tool_version, options.look.kubectl.program);
    Judged judged{.snapshot = look(recording, look_options)};
    judged.judgement = judge(judged.snapshot);
    const std::string path = options.evidence.empty()
                                 ? evidence_path(options.state_home, judged.snapshot, host.now())
                                 : options.evidence;
    kept.judged = judged;
    try {
        progress.show("saving the evidence");
        collect_evidence({host, options.look.kubectl, judged, transcript, console.tool_version}, folder,
                         path);
    } catch (const FolderError& error) {
        kept.problem = error.what();
        return exit_status::not_done;
    }
    kept.path = path;
    return exit_status::well;
}

}  // namespace

int gather(const EvidenceOptions& options, Host& host, Folder& folder, Console& console) {
    Narrator narrator = narrated(host, console, options.is_verbose);
    Kept kept;
    try {
        kept.exit_status = keep(options, narrator, folder, console, kept);
    } catch (const Interrupted& interrupted) {
        kept.problem = "interrupted";
        kept.exit_status = status_of(interrupted);
    }
    report(options, kept, console);
    return kept.exit_status;
}

void report_unkept(const EvidenceOptions& options, const std::string& reason, int exit_status,
                   Console& console) {
    report(options, {.problem = reason, .exit_status = exit_status}, console);
}

}  // namespace cfee
