// The closed list of diagnoses, in the order of precedence, and what proves each.
// Longer than others because a list is read in one place.
#include "lib/runbook/causes.hpp"

#include <algorithm>
#include <array>

#include "lib/runbook/auctioneer.hpp"
#include "lib/runbook/blocked.hpp"
#include "lib/runbook/contradiction.hpp"
#include "lib/runbook/hung_for_auctioneer.hpp"
#include "lib/runbook/hung_one.hpp"
#include "lib/runbook/namesake.hpp"
#include "lib/runbook/not_running.hpp"
#include "lib/runbook/restart.hpp"
#include "lib/runbook/spare.hpp"

namespace cfee {

const Finding& finding(const Findings& findings, CheckName check) {
    return *std::find_if(findings.begin(), findings.end(),
                         [check](const Finding& candidate) { return candidate.check == check; });
}

bool is(const Findings& findings, CheckName check, Verdict verdict) {
    return finding(findings, check).verdict == verdict;
}

std::string clock_time(TimePoint time) {
    const auto of_day =
        std::chrono::floor<std::chrono::seconds>(time - std::chrono::floor<std::chrono::days>(time));
    const std::chrono::hh_mm_ss clock(of_day);
    const auto two = [](long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(clock.hours().count()) + ":" + two(clock.minutes().count()) + ":" +
           two(clock.seconds().count()) + " UTC";
}

namespace {

Proof pods_unknown(const Facts& facts, const Findings&) {
    if (facts.snapshot.pods.is_known()) return {};
    return {"the pods could not be listed: " + facts.snapshot.pods.trouble().text};
}

Proof edition_unknown(const Facts& facts, const Findings&) {
    const std::string sentence = unjudged_edition(facts);
    return sentence.empty() ? Proof{} : Proof{sentence};
}

Proof no_diego(const Facts& facts, const Findings&) {
    if (facts.snapshot.namespace_is_missing) return {"there is no namespace " + facts.snapshot.name_space};
    if (!facts.bbs.empty()) return {};
    const int wanted = facts.wanted_bbs();
    if (wanted == 0) return {"the BBS is scaled down to no pods"};
    if (wanted < 0)
        return {"there is no BBS pod in namespace " + facts.snapshot.name_space +
                ", and no StatefulSet that wants one"};
    return {};
}

Proof healthy(const Facts& facts, const Findings& findings) {
    if (!facts.lost.empty() || !contradictions(facts).empty() || auctioneer_is_missed(facts)) return {};
    const bool all_answered = std::all_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.verdict != Verdict::fail &&
               (finding.verdict != Verdict::unknown || finding.is_forgivable);
    });
    const std::vector<const AskedPod*> diego = facts.diego();
    const bool all_complete = std::all_of(diego.begin(), diego.end(), [](const AskedPod* asked) {
        return asked->inside != nullptr && asked->inside->is_complete;
    });
    // A pod that serves and is not the one labelled active is seen by no single check.
    const bool is_active = !facts.label_is_used() || facts.any_bbs([](const AskedPod& asked) {
        return asked.is_labelled_active() && asked.ping() == Ping::serving;
    });
    if (!all_answered || !all_complete || !is_active ||
        !is(findings, CheckName::bbs_reachable, Verdict::ok) ||
        !is(findings, CheckName::bbs_serving, Verdict::ok))
        return {};
    return {enumerated(facts.serving()) + " serves and is reached from every Cloud Controller pod"};
}

// What Locket says of its database, where such is its answer.
Proof said_by_lockets(const Facts& facts, Locks answer) {
    Proof proof;
    for (const AskedPod& asked : facts.bbs) {
        if (asked.locks() == answer)
            proof.push_back("Locket, asked from " + asked.pod.name + ": " + asked.inside->locks_text);
    }
    return proof;
}

Proof database_down(const Facts& facts, const Findings& findings) {
    Proof proof;
    for (const Subject& subject : finding(findings, CheckName::database_reachable).subjects) {
        if (subject.verdict == Verdict::fail)
            proof.push_back("from " + subject.name + ": " + subject.evidence);
    }
    for (std::string& said : said_by_lockets(facts, Locks::database_error)) proof.push_back(std::move(said));
    return proof;
}

// Locket's database accepts connections, and Locket is refused in it: read-only, no right to write, another
// password, full.
Proof database_refuses(const Facts& facts, const Findings&) {
    Proof proof = facts.serving().empty() ? facts.refusals() : Proof{};
    for (std::string& said : said_by_lockets(facts, Locks::database_refuses))
        proof.push_back(std::move(said));
    return proof;
}

// What TLS said; in one sentence it may say "has expired or is not yet valid", and only in some versions which of
// the two.
std::string with_clocks(const std::string& said) {
    const auto has = [&said](std::string_view part) { return said.find(part) != std::string::npos; };
    const bool is_early = has("not yet valid") && (!has("has expired or") || has(" is before "));
    return is_early ? said + " (not yet valid: compare the clocks of the nodes with the certificate's dates)"
                    : said;
}

Proof certificate(const Facts& facts, const Findings&) {
    Proof proof;
    for (const AskedPod& asked : facts.bbs) {
        if (asked.ping() == Ping::certificate)
            proof.push_back(asked.pod.name +
                            " does not accept its own certificate: " + with_clocks(asked.inside->ping_text));
    }
    // Whoever holds the lock was let in; then an old line about a certificate explains nothing.
    const bool is_held = facts.any_bbs([](const AskedPod& asked) { return asked.locks() == Locks::owner; });
    if (!proof.empty() || !facts.serving().empty() || is_held) return proof;
    for (const AskedPod* asked : facts.diego()) {
        if (asked->inside == nullptr) continue;
        for (const LockLog* log : {&asked->inside->bbs_log, &asked->inside->locket_log}) {
            if (!log->certificate_error.empty())
                proof.push_back("log of " + asked->pod.name + ": " + with_clocks(log->certificate_error));
        }
    }
    for (const AskedPod& asked : facts.bbs) {
        if (!proof.empty() || asked.locks() != Locks::nobody || !asked.inside->bbs_log.was_hung_up_on)
            continue;
        proof.push_back("log of " + asked.pod.name +
                        ": Locket closes the connection when the BBS asks for the lock, as it does with a "
                        "certificate that has expired");
    }
    if (!proof.empty()) proof.insert(proof.begin(), "no owner of the lock is known");
    return proof;
}

Proof lock_held_elsewhere(const Facts& facts, const Findings&) {
    for (const AskedPod& asked : facts.bbs) {
        if (asked.locks() != Locks::owner) continue;
        const std::string& owner = asked.inside->lock_owner;
        if (facts.is_ours(owner) || facts.is_former(owner)) continue;
        return {"Locket names " + owner + " as the owner of the lock, and that is none of our BBS pods",
                "restarting our pods cannot take the lock from it"};
    }
    return {};
}

// Locket itself removes the row of an owner that renews it no more.
Proof lock_row_stale(const Facts& facts, const Findings&) {
    if (!facts.serving().empty()) return {};
    for (const AskedPod& asked : facts.bbs) {
        if (asked.locks() != Locks::owner || !facts.is_former(asked.inside->lock_owner)) continue;
        const int wanted = facts.wanted_bbs();
        return {"Locket names " + asked.inside->lock_owner +
                    " as the owner of the lock, and no BBS pod of ours has that name any more" +
                    (wanted < 0 ? "" : " (" + std::to_string(wanted) + " are wanted)"),
                "a row whose owner is gone runs out within a minute, where Locket can remove it"};
    }
    return {};
}

// A Locket that hung is left in peace for a minute, in which its last answer counts; but not once it has given this
// BBS the lock.
bool has_got_the_lock_since(const AskedPod& asked, TimePoint now) {
    const Inside& inside = *asked.inside;
    return inside.locks_asked && inside.clock && inside.bbs_log.acquired_at &&
           *inside.clock - *inside.bbs_log.acquired_at < now - *inside.locks_asked;
}

// The first 15 s of a hang; and where Locket goes on answering the BBS alone.
Proof locket_silent(const Facts& facts, const Findings&) {
    const std::vector<std::string> hung = facts.names([&facts](const AskedPod& asked) {
        return asked.ping() == Ping::serving && asked.locks() == Locks::hangs &&
               !has_got_the_lock_since(asked, facts.snapshot.started);
    });
    if (hung.empty()) return {};
    return {enumerated(facts.serving()) + " serves",
            "Locket, asked from " + enumerated(hung) + ", accepts the connection and does not answer"};
}

Proof no_cloud_controller(const Facts& facts, const Findings& findings) {
    if (facts.ready_cloud_controllers() > 0) return {};
    return {finding(findings, CheckName::cc_ready).evidence,
            "without a ready Cloud Controller pod nobody can be asked whether the BBS is reached"};
}

Proof bbs_pods_failing(const Facts& facts, const Findings&) {
    Proof proof;
    bool is_starting = false;
    for (const AskedPod* asked : facts.diego()) {
        const std::string reason = asked->pod.hopeless();
        if (!reason.empty()) proof.push_back(asked->pod.name + ": " + reason);
        const bool is_young = facts.is_young(asked->pod) || asked->pod.is_terminating();
        is_starting = is_starting || is_young;
        if (reason.empty() && !is_young && asked->pod.phase != "Running")
            proof.push_back(asked->pod.name + " is " + asked->pod.phase);
    }
    if (is_starting) return proof;
    for (const std::string& missing : facts.missing_pods()) proof.push_back(missing + " are not there");
    return proof;
}

std::string told_of(const CrashLoop& crashes) {
    return "has died " + std::to_string(crashes.deaths) + " times at its start since " +
           clock_time(*crashes.since) + ": " + crashes.failure;
}

// What is on its way may listen soon; what cannot come up will not.
bool may_still_come(const Facts& facts, const AskedPod& asked) {
    return asked.pod.hopeless().empty() && (asked.pod.is_terminating() || facts.is_young(asked.pod));
}

// Not one Locket that listens, and none on its way. Where Locket runs in the BBS pods, those are its pods.
Proof locket_down(const Facts& facts, const Findings&) {
    if (!facts.serving().empty()) return {};
    const bool is_apart = facts.locket_has_own_pods();
    Proof proof;
    for (const AskedPod& asked : is_apart ? facts.lockets : facts.bbs) {
        const bool is_closed = asked.inside != nullptr && asked.inside->locket_port &&
                               asked.inside->locket_port->was_asked() &&
                               !asked.inside->locket_port->is_open();
        const bool cannot_run = is_apart && !asked.pod.hopeless().empty();
        if (may_still_come(facts, asked) || (!is_closed && !cannot_run)) return {};
        proof.push_back("Locket in " + asked.pod.name +
                        (cannot_run ? ": " + asked.pod.hopeless()
                                    : " does not listen: port " + std::to_string(locket_port) + " " +
                                          asked.inside->locket_port->words()));
        if (asked.keeps_dying(&Inside::locket_log))
            proof.push_back("it " + told_of(asked.inside->locket_log.crashes));
    }
    if (!is_apart) return proof;
    const int wanted = facts.wanted_lockets();
    if (facts.lockets.empty() && wanted < 0 && facts.snapshot.controllers.is_known())
        proof.emplace_back("there is no Locket pod, and no StatefulSet that wants one");
    if (wanted == 0) proof.emplace_back("Locket is scaled down to no pods");
    for (const std::string& missing : facts.missing_pods()) proof.push_back(missing + " are not there");
    return proof;
}

// It listens where it runs, and no BBS gets there.
Proof locket_unreachable(const Facts& facts, const Findings&) {
    if (!facts.serving().empty()) return {};
    Proof proof;
    for (const AskedPod* asked : facts.diego()) {
        if (asked->inside != nullptr && asked->inside->locket_port && asked->inside->locket_port->is_open())
            proof.push_back("Locket listens in " + asked->pod.name);
    }
    if (proof.empty()) return {};
    for (const AskedPod& asked : facts.bbs) {
        if (asked.inside == nullptr || !asked.inside->locket || !asked.inside->locket->was_asked() ||
            asked.inside->locket->is_open())
            return {};
        proof.push_back(asked.pod.name + " does not get there: " + asked.inside->locket_address.text() + " " +
                        asked.inside->locket->words());
    }
    return proof;
}

bool nothing_fails(const Findings& findings) {
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding& one) { return one.verdict == Verdict::fail; });
}

Proof bbs_starting(const Facts& facts, const Findings& findings) {
    Proof proof;
    // Youth explains what fails; it does not explain what could not be found out.
    if (nothing_fails(findings)) return proof;
    for (const AskedPod* asked : facts.diego()) {
        if (asked->pod.is_terminating()) {
            proof.push_back(asked->pod.name + " is being deleted");
        } else if (facts.is_young(asked->pod)) {
            proof.push_back(asked->pod.name + " is younger than 60 s");
        }
        if (asked->inside != nullptr && asked->inside->bbs_log.is_migrating)
            proof.push_back(asked->pod.name + " migrates its database");
    }
    for (const AskedPod* asked : facts.diego()) {
        if (proof.empty() || asked->inside == nullptr || !asked->inside->clock) continue;
        const auto behind = facts.snapshot.started - *asked->inside->clock;
        if (behind > most_that_clocks_differ)
            proof.push_back(asked->pod.name + "'s clock is " +
                            std::to_string(std::chrono::floor<std::chrono::seconds>(behind).count()) +
                            " s behind ours: if it is wrong, pods look younger here than they are");
    }
    return proof;
}

Proof bbs_crashing(const Facts& facts, const Findings&) {
    if (!facts.serving().empty()) return {};
    Proof proof;
    for (const AskedPod& asked : facts.bbs) {
        if (!asked.keeps_dying()) continue;
        proof.push_back("the BBS in " + asked.pod.name + " " + told_of(asked.inside->bbs_log.crashes));
    }
    return proof;
}

// How many Cloud Controller pods connect, do not, and could not be asked.
struct Reached {
    int connected = 0;
    int failed = 0;
    int unknown = 0;
};
Reached reached(const Facts& facts) {
    Reached count;
    for (const Probe& probe : facts.snapshot.probes) {
        int& which = probe.connection.is_open()     ? count.connected
                     : probe.connection.was_asked() ? count.failed
                                                    : count.unknown;
        ++which;
    }
    return count;
}

// Labels, logs and pings are written by different hands at different times, and disagree while the lock
// moves. If nothing has moved for a while, the disagreement is no failover any more.
Proof failover(const Facts& facts, const Findings&) {
    Proof proof;
    // A BBS that was killed leaves no last word: its log still says that it has the lock.
    for (const AskedPod& asked : facts.bbs) {
        const bool died = asked.ping() == Ping::not_serving && asked.inside->bbs_log.says_active &&
                          !asked.is_silent_for_good();
        if (died) proof.push_back(asked.pod.name + " took the lock last, and does not serve");
    }
    if (proof.empty() && facts.lock_moved_within(until_all_agree)) proof = contradictions(facts);
    if (!proof.empty() || !facts.lock_moved_within(unrest)) return proof;
    const std::vector<std::string> labelled =
        facts.names([](const AskedPod& asked) { return asked.is_labelled_active(); });
    if (labelled.size() > 1) proof.push_back(enumerated(labelled) + " are labelled active at the same time");
    for (const AskedPod& asked : facts.bbs) {
        const bool serves = asked.ping() == Ping::serving;
        const bool does_not = asked.ping() == Ping::not_serving || asked.ping() == Ping::error;
        if (facts.label_is_used() && serves && !asked.is_labelled_active())
            proof.push_back(asked.pod.name + " serves, and is not labelled active yet");
        if (does_not && asked.is_labelled_active())
            proof.push_back(asked.pod.name + " is labelled active, and does not serve");
    }
    // Endpoints, kube-proxy and names follow a label with some seconds' delay.
    const bool is_late = facts.serving().empty() || reached(facts).failed > 0;
    if (proof.empty() && is_late) proof.emplace_back("the lock moved less than 30 s ago");
    return proof;
}

Proof label_stale(const Facts& facts, const Findings& findings) {
    Proof proof;
    const std::vector<std::string> serving = facts.serving();
    if (serving.empty()) return proof;
    for (const AskedPod& asked : facts.bbs) {
        if (!facts.label_is_used()) break;
        const bool serves = asked.ping() == Ping::serving;
        if (serves && !asked.is_labelled_active())
            proof.push_back(asked.pod.name + " serves, and is not labelled active");
        if (!serves && asked.ping() != Ping::unknown && asked.is_labelled_active())
            proof.push_back(asked.pod.name + " is labelled active, and does not serve");
    }
    if (is(findings, CheckName::bbs_endpoints, Verdict::fail))
        proof.push_back(enumerated(serving) + " serves, and " +
                        finding(findings, CheckName::bbs_endpoints).evidence);
    return proof;
}

Proof bbs_unreachable(const Facts& facts, const Findings& findings) {
    const Reached count = reached(facts);
    if (facts.serving().empty() || count.failed == 0 || count.connected > 0 || count.unknown > 0) return {};
    return {enumerated(facts.serving()) + " serves",
            "no Cloud Controller pod gets through: " +
                finding(findings, CheckName::bbs_reachable).subjects.front().evidence};
}

Proof partial_reachability(const Facts& facts, const Findings& findings) {
    const Reached count = reached(facts);
    if (facts.serving().empty() || count.failed == 0 || count.connected == 0) return {};
    Proof proof{enumerated(facts.serving()) + " serves"};
    for (const Subject& subject : finding(findings, CheckName::bbs_reachable).subjects) {
        const auto pod = std::find_if(facts.cloud_controllers.begin(), facts.cloud_controllers.end(),
                                      [&subject](const Pod& one) { return one.name == subject.name; });
        const bool is_placed = pod != facts.cloud_controllers.end() && !pod->node.empty();
        proof.push_back(subject.name + (is_placed ? " on " + pod->node : "") + ": " + subject.evidence);
    }
    return proof;
}

// The proof of a restart is complete or there is none.
Proof restart_proof(const Facts& facts) {
    return proof_if_all_hold(restart_conditions(facts));
}

Proof bbs_not_serving(const Facts& facts, const Findings&) {
    const std::vector<std::string> broken =
        facts.names([](const AskedPod& asked) { return asked.ping() == Ping::error; });
    Proof proof = restart_proof(facts);
    if (broken.empty() || proof.empty()) return {};
    proof.insert(proof.begin(), enumerated(broken) + " listens, and answers its ping with an error");
    return proof;
}

Proof bbs_lock_stuck(const Facts& facts, const Findings&) {
    return restart_proof(facts);
}

Proof cloud_controller_ailing(const Facts& facts, const Findings& findings) {
    if (!is(findings, CheckName::cc_ready, Verdict::fail)) return {};
    Proof proof{finding(findings, CheckName::cc_ready).evidence};
    for (const Subject& subject : finding(findings, CheckName::cc_ready).subjects) {
        if (subject.verdict == Verdict::fail) proof.push_back(subject.name + ": " + subject.evidence);
    }
    if (facts.serving().empty()) return {};
    return proof;
}

Proof whatever_is_left(const Facts& facts, const Findings& findings) {
    Proof proof;
    for (const Finding& one : findings) {
        if (one.verdict == Verdict::unknown)
            proof.push_back(std::string(one.id) + " could not be found out: " + one.evidence);
    }
    const auto& auctioneers = facts.snapshot.auctioneers;
    if (auctioneer_is_missed(facts))
        proof.push_back("whether anything is staged could not be found out: who holds the auctioneer's lock" +
                        (auctioneers.is_known() ? "" : ", and where it runs: " + auctioneers.trouble().text));
    if (!facts.serving().empty()) {
        if (proof.empty()) proof.emplace_back("the findings fit none of the known faults");
        return proof;
    }
    for (std::string& reason : why_no_restart(restart_conditions(facts))) proof.push_back(std::move(reason));
    if (proof.empty()) proof.emplace_back("the findings fit none of the known faults");
    return proof;
}

// All could be found out, and it is none of the others.
Proof known_and_not_understood(const Facts& facts, const Findings& findings) {
    const bool any_unknown = std::any_of(findings.begin(), findings.end(),
                                         [](const Finding& one) { return one.verdict == Verdict::unknown; });
    return any_unknown ? Proof{} : whatever_is_left(facts, findings);
}

constexpr std::array list{
    Cause{"inconclusive", "It could not be found out what is wrong", Remedy::fix_first,
          "See the checks marked unknown: each says how to ask by hand.", pods_unknown, nullptr,
          Weight::inconclusive},
    Cause{"inconclusive", "This edition of Cloud Foundry cannot be judged", Remedy::fix_first,
          "Follow the runbook by hand, with the names that the pods bear here.", edition_unknown, nullptr,
          Weight::inconclusive},
    Cause{"no-diego", "There is no Diego here", Remedy::fix_first,
          "Check the namespace (-n) and the context; an edition without Diego has no stager of this kind.",
          no_diego},
    Cause{"locket-hung-one", "One Locket of several hangs, and nothing is staged", Remedy::restart,
          "Restart that Locket pod alone.", prove_hung_one_for_auctioneer,
          &restart_of_the_one_auctioneer_asks},
    Cause{"no-spare", "The BBS works, and no other could take over from it", Remedy::none,
          "Mend the pod that is named before the one that serves fails too.", prove_no_spare},
    Cause{"healthy", "Cloud Controller reaches the BBS, and the BBS works", Remedy::none, "", healthy},
    Cause{"database-down", "The database of BBS or Locket cannot be reached", Remedy::fix_first,
          "Bring the database back. Do not delete pods: running ones recover by themselves, restarted ones "
          "crash.",
          database_down},
    Cause{
        "database-refuses", "Locket's database answers, and refuses what Locket asks", Remedy::fix_first,
        "Look at the database: read-only after a failover, a right that was taken away, another password, too "
        "many connections, a full disk? Do not delete pods: restarted Lockets die.",
        database_refuses},
    Cause{"certificate", "A certificate is not accepted", Remedy::fix_first,
          "Renew the certificates of BBS and Locket; a restart alone does not help.", certificate},
    Cause{"lock-held-elsewhere", "Somebody else holds the BBS's lock", Remedy::fix_first,
          "Find that owner: a second Cloud Foundry on the same database? Restarting our pods never helps.",
          lock_held_elsewhere},
    Cause{"cloud-controller-down", "Cloud Controller is not ready", Remedy::fix_first,
          "Bring Cloud Controller back first (runbook steps 1 and 2).", no_cloud_controller},
    Cause{"locket-down", "No Locket is running", Remedy::fix_first,
          "Bring Locket's pods back (kubectl describe statefulset and pod say why they are missing or fail); "
          "no "
          "BBS can get its lock before.",
          locket_down},
    Cause{
        "locket-unreachable", "Locket runs, and no BBS gets through to it", Remedy::fix_first,
        "Look at network policies, DNS and the service between the BBS and Locket pods; restarting does not "
        "help.",
        locket_unreachable},
    Cause{"bbs-pods-failing", "BBS or Locket pods do not come up", Remedy::fix_first,
          "See why with kubectl describe pod and kubectl logs; restarting does not help.", bbs_pods_failing,
          nullptr, Weight::may_pass},
    Cause{"bbs-crashing", "A BBS dies at every start", Remedy::fix_first,
          "Mend what it names in its last word; restarting does not help.", bbs_crashing},
    Cause{"bbs-starting", "BBS or Locket pods are still starting", Remedy::wait, "Look again in a minute.",
          bbs_starting},
    Cause{"failover", "A failover is under way", Remedy::wait,
          "Look again in a minute: this normally passes within 45 s.", failover},
    Cause{"contradiction", "The pods contradict each other about the lock", Remedy::fix_first,
          "Ask each pod by hand (the checks say how) and find out which BBS has the lock; do not delete pods "
          "before that is clear: two that serve may both change the database.",
          prove_contradiction},
    Cause{"lock-held-elsewhere", "Somebody else holds the BBS's lock", Remedy::fix_first,
          "Find that owner: a second Cloud Foundry on the same database? Restarting our pods never helps.",
          prove_held_by_a_namesake},
    Cause{"label-stale", "The BBS works, and its label or endpoint is wrong", Remedy::fix_first,
          "See why the readiness script cannot label its pod (rights of its service account, API server); "
          "restarting does not help.",
          label_stale},
    Cause{"bbs-unreachable", "The BBS works, and no Cloud Controller pod gets through to it",
          Remedy::fix_first,
          "Look at network policies, DNS and the address in Cloud Controller's configuration.",
          bbs_unreachable},
    Cause{"partial-reachability", "Some Cloud Controller pods do not reach the BBS", Remedy::fix_first,
          "Look at the nodes and network policies of the pods that fail; the BBS is well.",
          partial_reachability},
    Cause{"locket-silent", "Locket does not answer, and the BBS still works", Remedy::fix_first,
          "Look again in half a minute: a BBS whose Locket stays silent loses its lock after 15 s, and then "
          "heal knows what to do. Where it keeps it, see what is wrong with Locket.",
          locket_silent, nullptr, Weight::may_pass},
    Cause{
        "database-blocked", "Locket waits inside its database: a locked table, or a slow query",
        Remedy::fix_first,
        "Look at the database's locks and long queries (pg_locks and pg_stat_activity; SHOW PROCESSLIST) and "
        "end what holds them. Do not delete pods: restarted Lockets would wait there too.",
        prove_database_blocked},
    Cause{"bbs-stopped", "Somebody has stopped the BBS", Remedy::fix_first,
          "Find out who stopped it, and why; then: monit start bbs, in each BBS pod.", prove_bbs_stopped},
    Cause{"bbs-not-running", "No BBS runs, and nobody starts it again", Remedy::restart,
          "Restart all BBS pods (runbook step 5).", prove_bbs_not_running, &restart_of_bbs_that_are_gone},
    Cause{"locket-hung-one", "One Locket of several hangs, and every BBS waits at it", Remedy::restart,
          "Restart that Locket pod alone.", prove_hung_one_that_all_ask, &restart_of_the_one_all_ask},
    Cause{"bbs-not-serving", "A BBS holds the lock and does not work", Remedy::restart,
          "Restart all BBS and Locket pods (runbook step 5).", bbs_not_serving, &restart_of_the_broken_one},
    Cause{"bbs-lock-stuck", "No BBS gets its lock from Locket", Remedy::restart,
          "Restart all BBS and Locket pods (runbook step 5).", bbs_lock_stuck, &restart_of_all},
    Cause{
        "lock-row-stale", "The lock is still that of a BBS pod that is no longer there", Remedy::fix_first,
        "Look again in a minute. If it stays, Locket cannot remove it, or a larger Cloud Foundry on the same "
        "database holds the lock: scale the BBS up to where that pod was, and diagnose again.",
        lock_row_stale, nullptr, Weight::may_pass},
    Cause{"node-lost", "A pod is lost with its node", Remedy::fix_first,
          "See whether that node is gone for good (kubectl get nodes); only then: kubectl delete pod NAME "
          "--force --grace-period=0. Its StatefulSet makes no new pod before.",
          prove_node_lost},
    Cause{"cloud-controller-down", "Cloud Controller is not fully ready", Remedy::fix_first,
          "Bring the remaining pods back (runbook steps 1 and 2).", cloud_controller_ailing},
    Cause{"inconclusive", "No BBS seems to run, and it is not clear why", Remedy::fix_first,
          "See in the BBS pods why nobody starts it (monit summary, and the BBS's logs).",
          prove_unclear_why_none_runs, &restart_of_bbs_that_are_gone, Weight::inconclusive},
    Cause{"failover", "The auctioneer has not got its lock back yet", Remedy::wait,
          "Look again in a minute: this normally passes within 45 s.", prove_auctioneer_late},
    Cause{"auctioneer-idle", "The BBS works, and nothing is staged: no auctioneer has its lock",
          Remedy::fix_first,
          "See why the auctioneer in the pods that are named does not get its lock; one that waits at a dead "
          "connection connects anew when its pod is restarted (kubectl delete pod, of that pod alone).",
          prove_auctioneer_idle},
    Cause{"inconclusive", "What was found out fits none of the known faults", Remedy::fix_first,
          "Keep what was seen (kubectl cfee-stager evidence) and show it to somebody who knows Diego.",
          known_and_not_understood, &restart_of_all, Weight::inconclusive},
    Cause{"inconclusive", "It could not be found out what is wrong", Remedy::fix_first,
          "See the checks marked unknown: each says how to ask by hand.", whatever_is_left, &restart_of_all,
          Weight::inconclusive},
};

}  // namespace

std::span<const Cause> causes() {
    return list;
}

}  // namespace cfee
