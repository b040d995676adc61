#include "lib/commands/collect_evidence.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include "lib/cluster/scripts.hpp"
#include "lib/report/json.hpp"
#include "lib/report/text.hpp"
#include "lib/runbook/sha256.hpp"
#include "lib/text/redact.hpp"
#include "lib/text/timestamp.hpp"

namespace cfee {

namespace {

constexpr std::chrono::seconds limit{30};
// The last lines of each log, and never more than this much of it.
constexpr Script tail_script{"cfee-log", "1", "tail -n 2000 \"${2#file=}\" | tail -c 2000000"};

/// A job of Diego with a debug server, and its usual port.
struct Debugged {
    const char* job;
    const char* port;
};
constexpr std::array bbs_jobs{Debugged{"bbs", "17017"}, Debugged{"locket", "17018"}};
constexpr std::array locket_jobs{Debugged{"locket", "17018"}};
constexpr std::array auctioneer_jobs{Debugged{"auctioneer", "17001"}};
constexpr std::array cloud_controller_logs{"cloud_controller_ng/cloud_controller_ng.log"};
constexpr std::array diego_logs{
    "bbs/bbs.stdout.log",       "bbs/bbs.stderr.log", "locket/locket.stdout.log",
    "locket/locket.stderr.log", "monit/monit.log",
};
constexpr std::array auctioneer_logs{"auctioneer/auctioneer.stdout.log", "auctioneer/auctioneer.stderr.log"};

/// What is kept of a pod: its logs, and the stacks of those jobs.
struct Traces {
    std::span<const char* const> logs = diego_logs;
    std::span<const Debugged> stacks = bbs_jobs;
};
Traces traces_of(Role role) {
    switch (role) {
        case Role::cloud_controller:
            return {cloud_controller_logs, {}};
        case Role::locket:
            return {diego_logs, locket_jobs};
        case Role::auctioneer:
            return {auctioneer_logs, auctioneer_jobs};
        default:
            return {};
    }
}

/// A file of the evidence, and the command that gives it.
struct Piece {
    std::string name;
    Command command;
};

std::string clean(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](unsigned char letter) { return std::isalnum(letter) == 0 && letter != '.' && letter != '-'; },
        '_');
    return text;
}

std::vector<Piece> pieces_of(const Pod& pod, const Kubectl& kubectl, const std::string& bosh_folder) {
    std::vector<Piece> pieces;
    const std::string container = pod.main_container();
    pieces.push_back({pod.name + ".log", kubectl.logs(pod.name, container, LogOf::present, limit)});
    pieces.push_back({pod.name + ".previous.log", kubectl.logs(pod.name, container, LogOf::previous, limit)});
    const Traces traces = traces_of(pod.role);
    const std::string logs = "file=" + bosh_folder + "/sys/log/";
    for (const std::string file : traces.logs) {
        const std::string name = pod.name + "." + file.substr(file.rfind('/') + 1);
        pieces.push_back({name, kubectl.exec(pod.name, container, tail_script, {logs + file}, limit)});
    }
    for (const auto& [job, port] : traces.stacks) {
        pieces.push_back({pod.name + "." + job + ".goroutines.txt",
                          kubectl.exec(pod.name, container, dump_script,
                                       {"limit=10", "job=" + std::string(job), "port=" + std::string(port),
                                        "V=" + bosh_folder},
                                       limit)});
    }
    return pieces;
}

/// The auctioneers too, where a look has asked for them.
std::vector<Pod> pods_in(const Snapshot& snapshot) {
    std::vector<Pod> pods;
    if (snapshot.pods.is_known()) pods = snapshot.pods.value();
    if (!snapshot.auctioneers.is_known()) return pods;
    for (const Auctioneer& one : snapshot.auctioneers.value()) pods.push_back(one.pod);
    return pods;
}

class Manifest {
public:
    explicit Manifest(Folder& folder) : folder_(folder) {}

    void keep(const std::string& name, std::string_view content) {
        folder_.write(name, content);
        text_ += sha256(content) + "  " + std::to_string(content.size()) + "  " + name + "\n";
    }
    void miss(const std::string& name, const std::string& reason) {
        missing_ += "missing  " + name + ": " + reason + "\n";
    }
    void finish() { folder_.write("MANIFEST", "# sha256  bytes  file\n" + text_ + missing_); }

private:
    Folder& folder_;
    std::string text_;
    std::string missing_;
};

}  // namespace

std::string evidence_path(const std::string& state_home, const Snapshot& snapshot, TimePoint now) {
    const std::string context = snapshot.context.empty() ? "no-context" : snapshot.context;
    return state_home + "/cfee-stager/" +
           clean(format_timestamp(now) + "-" + context + "-" + snapshot.name_space);
}

void collect_evidence(const EvidenceSource& source, Folder& folder, const std::string& path) {
    folder.create(path);
    Manifest manifest(folder);
    const Judged& judged = source.judged;
    std::ostringstream json;
    const Report report = Found{judged, judged.judgement.exit_status()};
    write_json(json, report, source.tool_version);
    std::ostringstream text;
    write_text(text, report, {});
    manifest.keep("transcript.jsonl", source.transcript);
    manifest.keep("report.json", json.str());
    manifest.keep("report.txt", text.str());

    std::vector<Piece> pieces{{"events.json", source.kubectl.get({"events"}, limit)}};
    const std::string bosh_folder(judged.snapshot.edition().bosh_folder);
    for (const Pod& pod : pods_in(judged.snapshot)) {
        for (Piece& piece : pieces_of(pod, source.kubectl, bosh_folder)) pieces.push_back(std::move(piece));
    }
    std::vector<Command> batch;
    batch.reserve(pieces.size());
    for (const Piece& piece : pieces) batch.push_back(piece.command);
    const std::vector<Outcome> outcomes = source.host.run(batch);
    for (std::size_t index = 0; index < pieces.size(); ++index) {
        const Outcome& outcome = outcomes[index];
        const std::string& name = pieces[index].name;
        if (!outcome.succeeded()) {
            manifest.miss(name, trouble_of(outcome).text);
            continue;
        }
        manifest.keep(name, name == "events.json" ? redacted_json(outcome.out) : redacted(outcome.out));
    }
    manifest.finish();
}

}  // namespace cfee
