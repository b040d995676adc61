// A BBS that serves, and nobody who could take over from it. And pods that are lost with their nodes.
#include "lib/runbook/spare.hpp"

#include <algorithm>

#include "lib/runbook/auctioneer.hpp"
#include "lib/runbook/contradiction.hpp"

namespace cfee {

namespace {

// Why this pod, which does not serve, could not take over; empty where nothing is known against it.
std::string why_no_spare(const Facts& facts, const AskedPod& asked) {
    const Pod& pod = asked.pod;
    if (facts.is_young(pod) || pod.is_terminating() || asked.ping() == Ping::serving) return "";
    if (asked.inside != nullptr) {
        const LockLog& log = asked.inside->bbs_log;
        const auto died = [&](const std::string& how) {
            return "the BBS in " + pod.name + " " + how + " at " + clock_time(*log.last_written) +
                   ", and was not started again";
        };
        if (asked.keeps_dying())
            return "the BBS in " + pod.name + " dies at every start: " + log.crashes.failure;
        if (asked.ping() == Ping::not_serving && asked.is_silent_for_good()) {
            if (log.has_ended) return died("ended");
            if (log.says_active) return died("wrote its last line");
        }
        if (asked.locks() == Locks::hangs)
            return "Locket, asked from " + pod.name + ", accepts the connection and does not answer";
    }
    if (facts.passive_is_ready() && !pod.is_ready()) return pod.name + " is not ready: " + pod.summary();
    return "";
}

// Of a finding that is not well: does all that is wrong with it concern these pods?
bool concerns_only(const Finding& finding, const std::vector<std::string>& pods) {
    if (finding.verdict != Verdict::fail && finding.verdict != Verdict::unknown) return true;
    if (finding.verdict == Verdict::unknown && finding.is_forgivable) return true;
    bool any = false;
    for (const Subject& subject : finding.subjects) {
        if (subject.verdict != Verdict::fail && subject.verdict != Verdict::unknown) continue;
        const std::string pod = subject.name.substr(0, subject.name.find(' '));
        if (subject.verdict == Verdict::unknown || std::find(pods.begin(), pods.end(), pod) == pods.end())
            return false;
        any = true;
    }
    return any;
}

}  // namespace

std::string why_lost(const Facts& facts, const AskedPod& asked) {
    const Pod& pod = asked.pod;
    const auto late = std::chrono::duration_cast<std::chrono::minutes>(facts.now - *pod.deleting).count();
    return pod.name + " should have been gone " + std::to_string(late) +
           " min ago and is still there: node " + (pod.node.empty() ? "?" : pod.node) + " does not end it";
}

Proof prove_no_spare(const Facts& facts, const Findings& findings) {
    const std::vector<std::string> serving = facts.serving();
    const bool is_reached = is(findings, CheckName::bbs_reachable, Verdict::ok);
    // What ails the spare may be what will ail the one that serves.
    const bool has_a_name =
        is(findings, CheckName::database_reachable, Verdict::fail) ||
        facts.any_bbs([](const AskedPod& asked) { return asked.ping() == Ping::certificate; });
    if (serving.size() != 1 || !is_reached || has_a_name || !facts.missing_pods().empty() ||
        !contradictions(facts).empty() || auctioneer_is_missed(facts))
        return {};
    Proof proof;
    std::vector<std::string> spares;
    for (const AskedPod& asked : facts.bbs) {
        std::string reason = why_no_spare(facts, asked);
        if (reason.empty()) continue;
        proof.push_back(std::move(reason));
        spares.push_back(asked.pod.name);
    }
    for (const AskedPod& asked : facts.lost) {
        proof.push_back(why_lost(facts, asked));
        spares.push_back(asked.pod.name);
    }
    const bool all_else_is_well =
        std::all_of(findings.begin(), findings.end(),
                    [&spares](const Finding& one) { return concerns_only(one, spares); });
    // With a second spare one that is missing does not matter.
    if (proof.empty() || !all_else_is_well || spares.size() + 1 < facts.bbs.size() + facts.lost.size())
        return {};
    proof.insert(proof.begin(), serving.front() + " serves and is reached from every Cloud Controller pod");
    return proof;
}

Proof prove_node_lost(const Facts& facts, const Findings&) {
    Proof proof;
    for (const AskedPod& asked : facts.lost) proof.push_back(why_lost(facts, asked));
    return proof;
}

}  // namespace cfee
