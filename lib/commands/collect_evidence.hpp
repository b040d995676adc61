// What is kept before anything is deleted: restarting destroys the traces of the fault.
#pragma once

#include <string>

#include "lib/cluster/kubectl.hpp"
#include "lib/commands/console.hpp"
#include "lib/report/report.hpp"
#include "lib/world/folder.hpp"
#include "lib/world/host.hpp"

namespace cfee {

/// STATE_HOME/cfee-stager/TIME-CONTEXT-NAMESPACE, with what is no letter, digit, dot or dash replaced.
[[nodiscard]] std::string evidence_path(const std::string& state_home, const Snapshot& snapshot,
                                        TimePoint now);

struct EvidenceSource {
    Host& host;  ///< asked for logs and events: 30 s at most, all at once
    const Kubectl& kubectl;
    const Judged& judged;
    const std::string& transcript;  ///< so far
    const std::string& tool_version;
};
/// Makes the directory `path` and writes transcript, report.json and report.txt, each on disk when this
/// returns; then whatever else can be had: logs and previous logs, the log files inside the pods, the
/// stacks of BBS and Locket, and of the auctioneer where a look asked it, events, and a MANIFEST with sizes
/// and SHA-256 that also says what could not be had. Without secrets. Throws FolderError, and then nothing
/// should be deleted.
void collect_evidence(const EvidenceSource& source, Folder& folder, const std::string& path);

}  // namespace cfee
