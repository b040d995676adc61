// Checks that need an exec: what Cloud Controller, BBS and Locket pods themselves say.
// Longer than others because five checks share how a pod that could not be asked is reported.
#include "lib/runbook/checks_from_inside.hpp"

#include <algorithm>

#include "lib/runbook/checks_of_pods.hpp"
#include "lib/runbook/databases.hpp"
#include "lib/text/shell.hpp"
#include "lib/text/timestamp.hpp"

namespace cfee {

namespace {

std::string in_namespace(const Facts& facts) {
    return " " + facts.snapshot.flags;
}

std::string exec(const Facts& facts, const Pod& pod) {
    return "kubectl exec" + in_namespace(facts) + " " + shell_word(pod.name) + " -c " +
           shell_word(pod.main_container()) + " -- ";
}

std::string by_hand(const Facts& facts, const Pod& pod) {
    return exec(facts, pod) + "true";
}

// FILE below the folder in which BOSH keeps things in pods.
std::string in_pods(const Facts& facts, std::string_view file) {
    return std::string(facts.snapshot.edition().bosh_folder) + "/" + std::string(file);
}

// Where it is the node's fault, a person wants to know which.
Trouble with_node(Trouble trouble, const Pod& pod) {
    if (trouble.kind == Trouble::Kind::no_kubelet)
        trouble.text = "the kubelet of node " + pod.node + " does not answer: " + trouble.text;
    return trouble;
}

const Pod* cloud_controller(const Facts& facts, const std::string& name) {
    const auto found = std::find_if(facts.cloud_controllers.begin(), facts.cloud_controllers.end(),
                                    [&name](const Pod& pod) { return pod.name == name; });
    return found == facts.cloud_controllers.end() ? nullptr : &*found;
}

// Why nothing is known of a pod that should have been asked from inside.
Trouble why_unasked(const Facts& facts, const Pod& pod) {
    const Inside* inside = facts.snapshot.inside_of(pod.name);
    if (inside != nullptr && inside->trouble) return with_node(*inside->trouble, pod);
    return {Trouble::Kind::not_running, "could not be asked: " + pod.summary()};
}

void add(Finding& finding, Subject subject) {
    finding.verdict = finding.subjects.empty() ? subject.verdict : worse(finding.verdict, subject.verdict);
    finding.subjects.push_back(std::move(subject));
}

bool skipped_without_bbs(const Facts& facts, Finding& finding) {
    if (facts.snapshot.pods.is_known() && !facts.bbs.empty()) return false;
    finding.verdict = facts.snapshot.pods.is_known() ? Verdict::skipped : Verdict::unknown;
    finding.evidence = facts.snapshot.pods.is_known() ? "there is no BBS pod" : "the pods are not known";
    return true;
}

Subject unknown_subject(const Facts& facts, const Pod& pod) {
    return {pod.name, Verdict::unknown, why_unasked(facts, pod).text};
}

// The exec that failed, to be tried by hand; empty where none failed.
std::string hint_for_unasked(const Facts& facts) {
    for (const AskedPod* asked : facts.diego()) {
        if (asked->inside == nullptr)
            return hint_for(why_unasked(facts, asked->pod), by_hand(facts, asked->pod));
    }
    return "";
}

// The last line that tells, and its age by the pod's own clock; empty where there is none.
std::string last_word_of(const Inside& inside) {
    const LogWord& word = inside.bbs_log.last_word;
    if (word.text.empty()) return "";
    const std::string age = inside.bbs_log.is_ahead       ? "ahead of the pod's clock: clocks differ"
                            : !inside.clock || !word.time ? "nobody knows when"
                                                          : ago(*inside.clock - *word.time);
    return "; last in its log (" + age + "): " + word.text;
}

Subject serving_subject(const Facts& facts, const AskedPod& asked) {
    if (asked.inside == nullptr) return unknown_subject(facts, asked.pod);
    Subject subject{.name = asked.pod.name};
    switch (asked.ping()) {
        case Ping::serving:
            subject = {asked.pod.name, Verdict::ok, "serves (ping 200)"};
            break;
        case Ping::not_serving:
            subject = {asked.pod.name, Verdict::ok,
                       asked.inside->bbs_log.found_it_held() ? "does not serve (as a passive BBS)"
                                                             : "does not serve"};
            break;
        case Ping::error:
            subject = {asked.pod.name, Verdict::fail, "answers with an error: " + asked.inside->ping_text};
            break;
        case Ping::certificate:
            subject = {asked.pod.name, Verdict::fail,
                       "its certificate is not accepted: " + asked.inside->ping_text};
            break;
        case Ping::absent:
            subject = {asked.pod.name, Verdict::unknown, "the image has no readiness script to ask"};
            break;
        case Ping::unknown:
            subject = {asked.pod.name, Verdict::unknown,
                       asked.inside->ping_text.empty() ? "the ping left no answer" : asked.inside->ping_text};
            break;
    }
    // Where a BBS waits is what a person would look for first.
    if (asked.ping() != Ping::serving) subject.evidence += last_word_of(*asked.inside);
    if (!asked.inside->is_complete) {
        subject.verdict = worse(subject.verdict, Verdict::unknown);
        subject.evidence += "; the pod's answer is incomplete";
    }
    return subject;
}

Subject locks_subject(const Facts& facts, const AskedPod& asked) {
    if (asked.inside == nullptr) return unknown_subject(facts, asked.pod);
    const Inside& inside = *asked.inside;
    const auto subject = [&](Verdict verdict, std::string evidence) {
        return Subject{asked.pod.name, verdict, std::move(evidence)};
    };
    switch (inside.locks) {
        case Locks::owner:
            if (facts.is_former(inside.lock_owner))
                return subject(Verdict::fail,
                               "the owner is " + inside.lock_owner + ", a BBS pod that is no longer there");
            if (!facts.is_ours(inside.lock_owner))
                return subject(Verdict::fail,
                               "the owner is " + inside.lock_owner + ", which is no BBS pod of ours");
            return subject(Verdict::ok, "the owner is " + inside.lock_owner);
        case Locks::nobody:
            return subject(Verdict::fail, "Locket knows no owner");
        case Locks::hangs:
            return subject(Verdict::fail, "Locket accepts the connection and does not answer");
        case Locks::no_locket:
            return subject(Verdict::fail, inside.locket
                                              ? "no connection to Locket at " + inside.locket_address.text() +
                                                    ": " + inside.locket->words()
                                              : "no connection to Locket");
        case Locks::database_error:
            return subject(Verdict::fail, "Locket's database fails: " + inside.locks_text);
        case Locks::database_refuses:
            return subject(Verdict::fail, "Locket's database refuses: " + inside.locks_text);
        case Locks::error:
            return subject(Verdict::unknown,
                           "cfdot: " + (inside.locks_text.empty() ? std::string("failed, and said nothing")
                                                                  : inside.locks_text));
        case Locks::absent:
            return subject(Verdict::skipped, "the image has no cfdot to ask");
        case Locks::unasked:
            return subject(Verdict::unknown, inside.locket_address.is_known()
                                                 ? "Locket was not asked again so soon"
                                                 : "nothing says where the BBS asks Locket");
        case Locks::unknown:
            break;
    }
    return subject(Verdict::unknown, "cfdot left no answer");
}

// What a person would find in a dump of the BBS's goroutines; empty where nobody looked, or nothing waits.
std::string told_by_stacks_of_bbs(const AskedPod& asked) {
    if (asked.inside == nullptr || asked.inside->bbs_stacks.waiting_for_locket.empty()) return "";
    return "; its stacks wait for the lock";
}

std::string told_by_stacks_of_locket(const AskedPod& asked) {
    const Stacks& stacks = asked.inside->locket_stacks;
    if (!stacks.is_known()) return "";
    const std::size_t waiting = stacks.waiting_for_database.size();
    return "; its stacks: " + std::to_string(waiting) + (waiting == 1 ? " request waits" : " requests wait") +
           " in the database driver, " + std::to_string(stacks.outside) + " elsewhere";
}

// A lock that somebody has, and that moves again and again: it works, and not well.
bool warned_of_losses(const Facts& facts, Finding& finding) {
    long losses = 0;
    const AskedPod* worst = nullptr;
    for (const AskedPod& asked : facts.bbs) {
        losses += asked.losses_lately();
        if (worst == nullptr || asked.losses_lately() > worst->losses_lately()) worst = &asked;
    }
    if (losses <= most_losses) return false;
    finding.verdict = Verdict::warn;
    finding.evidence += ", and the lock was lost " + std::to_string(losses) + " times within " +
                        std::to_string(flapping.count()) + " min";
    finding.hint = exec(facts, worst->pod) + "grep lost-lock " + in_pods(facts, "sys/log/bbs/bbs.stdout.log");
    return true;
}

// cfdot's setup may name another Locket than the one that the BBS asks.
std::string asked_where(const Facts& facts) {
    for (const AskedPod& asked : facts.bbs) {
        if (asked.inside != nullptr && asked.inside->locket_address.is_known())
            return " --locketAPILocation " + asked.inside->locket_address.text();
    }
    return "";
}

Subject port_subject(const AskedPod& asked, const Connection& port) {
    const std::string name = std::to_string(locket_port);
    if (!port.was_asked()) return {asked.pod.name, Verdict::unknown, "port " + name + ": " + port.text};
    if (port.is_open()) return {asked.pod.name, Verdict::ok, "port " + name + " is open"};
    return {asked.pod.name, Verdict::fail, "port " + name + ": " + port.words()};
}

Subject database_subject(const Facts& facts, const AskedPod& asked, const Database& database) {
    DatabaseState state = state_of(facts, asked, database);
    return {asked.pod.name + " " + database.job, state.verdict, std::move(state.text)};
}

}  // namespace

void judge_bbs_reachable(const Facts& facts, Finding& finding) {
    finding.verdict = Verdict::unknown;
    if (facts.ready_cloud_controllers() == 0) {
        finding.evidence = "there is no ready Cloud Controller pod to ask";
        return;
    }
    int connected = 0;
    std::string address;
    for (const Probe& probe : facts.snapshot.probes) {
        if (probe.address.is_known()) address = probe.address.text();
        const Connection& connection = probe.connection;
        if (connection.is_open()) {
            ++connected;
            add(finding, {probe.pod, Verdict::ok, "connected"});
        } else if (connection.was_asked()) {
            add(finding,
                {probe.pod, Verdict::fail, std::string(to_words(connection.reach)) + ": " + connection.text});
        } else {
            const Pod* const pod = cloud_controller(facts, probe.pod);
            const Trouble trouble = pod == nullptr ? probe.trouble : with_node(probe.trouble, *pod);
            add(finding, {probe.pod, Verdict::unknown, "could not ask: " + trouble.text});
        }
    }
    finding.evidence = std::to_string(connected) + " of " + std::to_string(finding.subjects.size()) +
                       " pods connect" + (address.empty() ? "" : " to " + address);
    if (finding.verdict == Verdict::ok) return;
    for (std::size_t index = 0; index < finding.subjects.size(); ++index) {
        if (finding.subjects[index].verdict != finding.verdict) continue;
        const Pod* const pod = cloud_controller(facts, finding.subjects[index].name);
        if (pod == nullptr) continue;
        const Probe& probe = facts.snapshot.probes[index];
        finding.hint = probe.address.is_known()
                           ? exec(facts, *pod) + "nc -zv -w 5 " + shell_word(probe.address.host) + " " +
                                 std::to_string(probe.address.port)
                           : hint_for(probe.trouble, by_hand(facts, *pod));
        return;
    }
}

void judge_bbs_serving(const Facts& facts, Finding& finding) {
    if (skipped_without_bbs(facts, finding)) return;
    for (const AskedPod& asked : facts.bbs) add(finding, serving_subject(facts, asked));
    const std::vector<std::string> serving = facts.serving();
    if (serving.size() == 1) {
        finding.evidence = serving.front() + " serves";
    } else if (serving.size() > 1) {
        finding.verdict = Verdict::fail;
        finding.evidence = enumerated(serving) + " both claim to be the one that serves";
    } else {
        // Nobody is known to serve: bad where all could be asked, else unknown.
        if (finding.verdict == Verdict::ok) finding.verdict = Verdict::fail;
        finding.evidence = finding.verdict == Verdict::unknown
                               ? "no BBS is known to serve, and not all could be asked"
                               : "no BBS serves";
    }
    if (finding.verdict == Verdict::ok) return;
    finding.hint = hint_for_unasked(facts);
    if (finding.hint.empty())
        finding.hint =
            exec(facts, facts.bbs.front().pod) + "tail -n 20 " + in_pods(facts, "sys/log/bbs/bbs.stdout.log");
}

void judge_lock_owner(const Facts& facts, Finding& finding) {
    if (skipped_without_bbs(facts, finding)) return;
    finding.verdict = Verdict::skipped;
    std::vector<std::string> said;
    for (const AskedPod& asked : facts.bbs) {
        add(finding, locks_subject(facts, asked));
        if (std::find(said.begin(), said.end(), finding.subjects.back().evidence) == said.end())
            said.push_back(finding.subjects.back().evidence);
        finding.subjects.back().evidence += told_by_stacks_of_bbs(asked);
    }
    finding.evidence = said.size() == 1 ? said.front() : "the pods do not say the same";
    if (finding.verdict == Verdict::ok && warned_of_losses(facts, finding)) return;
    if (finding.verdict == Verdict::ok || finding.verdict == Verdict::skipped) return;
    finding.hint = hint_for_unasked(facts);
    if (finding.hint.empty())
        finding.hint = exec(facts, facts.bbs.front().pod) + "bash -c '. " +
                       in_pods(facts, "jobs/cfdot/bin/setup") + "; timeout 15 cfdot locks" +
                       asked_where(facts) + "'";
}

void judge_locket_ready(const Facts& facts, Finding& finding) {
    if (skipped_without_bbs(facts, finding)) return;
    finding.verdict = Verdict::unknown;
    const bool is_apart = facts.locket_has_own_pods();
    for (const AskedPod& asked : facts.lockets) {
        if (!asked.pod.is_ready()) add(finding, {asked.pod.name, Verdict::fail, asked.pod.summary()});
    }
    for (const AskedPod* asked : facts.diego()) {
        if (asked->inside == nullptr) {
            add(finding, unknown_subject(facts, asked->pod));
        } else if (asked->inside->locket_port) {
            add(finding, port_subject(*asked, *asked->inside->locket_port));
            finding.subjects.back().evidence += told_by_stacks_of_locket(*asked);
        }
    }
    if (is_apart && facts.lockets.empty()) {
        finding.verdict = facts.snapshot.controllers.is_known() ? Verdict::fail : Verdict::unknown;
        finding.evidence =
            facts.wanted_lockets() == 0 ? "Locket is scaled down to no pods" : "there is no Locket pod";
        finding.hint = "kubectl get statefulsets,pods" + in_namespace(facts) + " | grep locket";
        return;
    }
    if (finding.subjects.empty()) {
        finding.evidence = "no pod was found in which Locket runs";
        finding.hint = "kubectl get pods" + in_namespace(facts) + " | grep locket";
        return;
    }
    const auto listens = std::count_if(finding.subjects.begin(), finding.subjects.end(),
                                       [](const Subject& subject) { return subject.verdict == Verdict::ok; });
    finding.evidence = std::to_string(listens) + " of " + std::to_string(finding.subjects.size()) +
                       (is_apart ? " listen, in pods of their own" : " listen, inside the BBS pods");
    if (finding.verdict == Verdict::ok) return;
    finding.hint = hint_for_unasked(facts);
    if (finding.hint.empty())
        finding.hint = exec(facts, facts.diego().back()->pod) + "tail -n 20 " +
                       in_pods(facts, "sys/log/locket/locket.stdout.log");
}

void judge_database_reachable(const Facts& facts, Finding& finding) {
    if (skipped_without_bbs(facts, finding)) return;
    bool is_heard = false;
    finding.verdict = Verdict::unknown;
    for (const AskedPod* asked : facts.diego()) {
        if (asked->inside == nullptr) {
            add(finding, unknown_subject(facts, asked->pod));
            continue;
        }
        for (const Database& database : asked->inside->databases) {
            add(finding, database_subject(facts, *asked, database));
            is_heard = is_heard || was_heard(database);
        }
        for (const std::string& job : asked->inside->unreadable_databases) {
            add(finding, {asked->pod.name + " " + job, Verdict::unknown,
                          "the configuration names no HOST:PORT that could be read"});
        }
    }
    if (finding.subjects.empty()) {
        finding.evidence = "no pod names a database";
        return;
    }
    const auto with = [&finding](Verdict verdict) {
        return std::count_if(finding.subjects.begin(), finding.subjects.end(),
                             [verdict](const Subject& subject) { return subject.verdict == verdict; });
    };
    finding.evidence = std::to_string(with(Verdict::ok)) + " of " + std::to_string(finding.subjects.size()) +
                       (is_heard ? " answer" : " connections accepted");
    if (finding.verdict == Verdict::ok) return;
    if (finding.verdict == Verdict::fail) {
        finding.hint = "is the database up, and may the pods reach it? Do not delete pods before it is back";
    } else {
        finding.hint = hint_for_unasked(facts);
    }
}

}  // namespace cfee
