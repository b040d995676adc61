// Each check alone: what it says of a cluster.
#include "lib/runbook/checks.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/checks_of_pods.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "tests/unit/runbook/builder.hpp"
#include "tests/unit/runbook/hung.hpp"

namespace cfee {

namespace {

struct Row {
    std::string_view check;
    std::string_view name;
    void (*change)(Scene&);
    Verdict verdict;
    std::string evidence;
};

void expect_all(const std::vector<Row>& table) {
    for (const Row& row : table) {
        SCOPED_TRACE(std::string(row.check) + ": " + std::string(row.name));
        Scene scene = Scene::healthy();
        row.change(scene);
        const std::vector<Finding> findings = run_checks(Facts(scene.snapshot));
        const auto found = std::find_if(findings.begin(), findings.end(),
                                        [&](const Finding& finding) { return finding.id == row.check; });
        ASSERT_NE(found, findings.end());
        EXPECT_EQ(to_words(found->verdict), to_words(row.verdict));
        EXPECT_EQ(found->evidence, row.evidence);
        if (found->verdict == Verdict::ok) {
            EXPECT_EQ(found->hint, "");
        }
    }
}

void nothing(Scene&) {}
void no_pods_known(Scene& scene) {
    scene.snapshot.pods = Trouble{Trouble::Kind::forbidden, "no right"};
}
void no_bbs(Scene& scene) {
    scene.without("diego-api-0").without("diego-api-1");
}

TEST(Checks, AreNineInTheOrderOfTheReport) {
    std::string ids;
    for (const Check& check : checks()) ids += std::string(check.id) + " ";
    EXPECT_EQ(ids,
              "cc-ready bbs-reachable bbs-ready bbs-active bbs-endpoints bbs-serving lock-owner locket-ready "
              "database-reachable ");
    Scene scene = Scene::healthy();
    for (const Finding& finding : run_checks(Facts(scene.snapshot)))
        EXPECT_EQ(finding.verdict, Verdict::ok) << finding.id;
}

TEST(Checks, LookAtPods) {
    expect_all({
        {"cc-ready", "all", nothing, Verdict::ok, "2 of 2 pods ready"},
        {"cc-ready", "one", [](Scene& scene) { scene.without("api-1"); }, Verdict::ok, "1 of 1 pod ready"},
        {"cc-ready", "one not", [](Scene& scene) { scene.unready("api-0"); }, Verdict::fail,
         "1 of 2 pods ready"},
        {"cc-ready", "none", [](Scene& scene) { scene.without("api-0").without("api-1"); }, Verdict::fail,
         "no Cloud Controller pod in namespace cf"},
        {"cc-ready", "no namespace",
         [](Scene& scene) { scene.without("api-0").without("api-1").snapshot.namespace_is_missing = true; },
         Verdict::fail, "there is no namespace cf"},
        {"cc-ready", "unknown", no_pods_known, Verdict::unknown, "the pods could not be listed: no right"},
        {"bbs-ready", "all", nothing, Verdict::ok, "2 of 2 pods ready"},
        {"bbs-ready", "one not", [](Scene& scene) { scene.unready("diego-api-1"); }, Verdict::fail,
         "1 of 2 pods ready"},
        {"bbs-ready", "1/1 is ready too",
         [](Scene& scene) {
             scene.pod("diego-api-0").containers.pop_back();
             scene.pod("diego-api-0").wanted_containers = 1;
         },
         Verdict::ok, "2 of 2 pods ready"},
        {"bbs-ready", "one missing", [](Scene& scene) { scene.without("diego-api-1"); }, Verdict::fail,
         "1 of 2 pods ready, 1 not there"},
        {"bbs-ready", "Terminating", [](Scene& scene) { scene.terminate("diego-api-1"); }, Verdict::fail,
         "1 of 2 pods ready"},
        {"bbs-ready", "scaled down",
         [](Scene& scene) {
             no_bbs(scene);
             scene.snapshot.controllers.value().front().wanted = 0;
         },
         Verdict::fail, "scaled down to no pods"},
        {"bbs-ready", "none", no_bbs, Verdict::fail, "no BBS pod in namespace cf"},
        {"bbs-ready", "unknown", no_pods_known, Verdict::unknown, "the pods could not be listed: no right"},
        {"bbs-ready", "passive pods of an edition without the label",
         [](Scene& scene) { scene.unlabelled().unready("diego-api-1"); }, Verdict::ok, "1 of 2 pods ready"},
        {"bbs-ready", "none ready in such an edition",
         [](Scene& scene) { scene.unlabelled().unready("diego-api-0").unready("diego-api-1"); },
         Verdict::fail, "0 of 2 pods ready"},
        {"bbs-ready", "a crash is no passivity",
         [](Scene& scene) { scene.unlabelled().crash("diego-api-1"); }, Verdict::fail, "1 of 2 pods ready"},
    });
}

TEST(Checks, LookAtLabelsAndEndpoints) {
    expect_all({
        {"bbs-active", "one", nothing, Verdict::ok, "diego-api-0 is labelled active"},
        {"bbs-active", "none", [](Scene& scene) { scene.label_only(""); }, Verdict::fail,
         "no pod is labelled active"},
        {"bbs-active", "two", [](Scene& scene) { scene.pod("diego-api-1").label = ActiveLabel::active; },
         Verdict::fail, "diego-api-0 and diego-api-1 are all labelled active"},
        {"bbs-active", "stale", [](Scene& scene) { scene.label_only("diego-api-1"); }, Verdict::fail,
         "diego-api-1 is labelled active, and does not serve: the label is stale"},
        {"bbs-active", "on its way out", [](Scene& scene) { scene.terminate("diego-api-0"); }, Verdict::fail,
         "no pod is labelled active"},
        {"bbs-active", "not asked", [](Scene& scene) { scene.mute("diego-api-0"); }, Verdict::ok,
         "diego-api-0 is labelled active"},
        {"bbs-active", "no such label", [](Scene& scene) { scene.unlabelled(); }, Verdict::skipped,
         "this edition does not label the active pod"},
        {"bbs-active", "no pods", no_bbs, Verdict::skipped, "there is no BBS pod"},
        {"bbs-active", "unknown", no_pods_known, Verdict::unknown, "the pods could not be listed: no right"},
        {"bbs-endpoints", "one", nothing, Verdict::ok, "service diego-api-bbs leads to diego-api-0"},
        {"bbs-endpoints", "none", [](Scene& scene) { scene.endpoint(""); }, Verdict::fail,
         "service diego-api-bbs has no endpoint"},
        {"bbs-endpoints", "not ready",
         [](Scene& scene) {
             scene.endpoint("").snapshot.endpoints.value().front().not_ready = {"diego-api-0", "diego-api-1"};
         },
         Verdict::fail,
         "service diego-api-bbs has no ready endpoint (not ready: diego-api-0 and diego-api-1)"},
        {"bbs-endpoints", "no object",
         [](Scene& scene) { scene.snapshot.endpoints = std::vector<Endpoints>{}; }, Verdict::fail,
         "service diego-api-bbs has no endpoint"},
        {"bbs-endpoints", "no service",
         [](Scene& scene) { scene.snapshot.services = std::vector<Service>{}; }, Verdict::fail,
         "there is no BBS service in the namespace"},
        {"bbs-endpoints", "neither service nor pod",
         [](Scene& scene) {
             no_bbs(scene);
             scene.snapshot.services = std::vector<Service>{};
         },
         Verdict::skipped, "there is no BBS pod"},
        {"bbs-endpoints", "endpoints unknown",
         [](Scene& scene) {
             scene.snapshot.endpoints = Trouble{Trouble::Kind::forbidden, "no right"};
         },
         Verdict::unknown, "services or endpoints could not be listed: no right"},
        {"bbs-endpoints", "services unknown",
         [](Scene& scene) {
             scene.snapshot.services = Trouble{Trouble::Kind::forbidden, "no right"};
         },
         Verdict::unknown, "services or endpoints could not be listed: no right"},
    });
}

// Of diego-api-1, which does not serve.
std::string told_of_a_passive(void (*change)(Inside&)) {
    Scene scene = Scene::healthy();
    change(scene.inside("diego-api-1"));
    const Judgement judgement = judge(scene.snapshot);
    for (const Finding& finding : judgement.findings) {
        if (finding.id == "bbs-serving") return finding.subjects.at(1).evidence;
    }
    return "";
}

TEST(Checks, ShowTheLastWordOfABbsThatDoesNotServe) {
    EXPECT_EQ(told_of_a_passive([](Inside&) {}), "does not serve");
    EXPECT_EQ(told_of_a_passive([](Inside& inside) {
                  inside.bbs_log.client_word = LockLog::ClientWord::is_taken;
                  inside.bbs_log.last_word = {"x: lock-collision", look_time - std::chrono::seconds{720}};
              }),
              "does not serve (as a passive BBS); last in its log (12 min ago): x: lock-collision");
    EXPECT_EQ(told_of_a_passive([](Inside& inside) {
                  inside.bbs_log.last_word = {"x", std::nullopt};
              }),
              "does not serve; last in its log (nobody knows when): x");
    EXPECT_EQ(told_of_a_passive([](Inside& inside) {
                  inside.bbs_log.last_word = {"x", look_time};
                  inside.clock.reset();
              }),
              "does not serve; last in its log (nobody knows when): x");
    EXPECT_EQ(told_of_a_passive([](Inside& inside) {
                  inside.bbs_log.last_word = {"x", std::nullopt};
                  inside.bbs_log.is_ahead = true;
              }),
              "does not serve; last in its log (ahead of the pod's clock: clocks differ): x");
}

TEST(Checks, AskFromInside) {
    const std::string address = " to diego-api-bbs.cf.svc.cluster.local:8889";
    expect_all({
        {"bbs-reachable", "all", nothing, Verdict::ok, "2 of 2 pods connect" + address},
        {"bbs-reachable", "one not", [](Scene& scene) { scene.nc("api-1", Reach::refused); }, Verdict::fail,
         "1 of 2 pods connect" + address},
        {"bbs-reachable", "one not asked", [](Scene& scene) { scene.nc("api-1", Reach::could_not_ask); },
         Verdict::unknown, "1 of 2 pods connect" + address},
        {"bbs-reachable", "one not asked, and the other refused",
         [](Scene& scene) { scene.nc(Reach::refused).nc("api-1", Reach::could_not_ask); }, Verdict::fail,
         "0 of 2 pods connect" + address},
        {"bbs-reachable", "nobody to ask",
         [](Scene& scene) { scene.unready("api-0").unready("api-1").snapshot.probes.clear(); },
         Verdict::unknown, "there is no ready Cloud Controller pod to ask"},
        {"bbs-serving", "one", nothing, Verdict::ok, "diego-api-0 serves"},
        {"bbs-serving", "none", [](Scene& scene) { scene.nobody_serves(); }, Verdict::fail, "no BBS serves"},
        {"bbs-serving", "two", [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::serving; },
         Verdict::fail, "diego-api-0 and diego-api-1 both claim to be the one that serves"},
        {"bbs-serving", "one, and one answers with an error",
         [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::error; }, Verdict::fail,
         "diego-api-0 serves"},
        {"bbs-serving", "one, and one was not asked", [](Scene& scene) { scene.mute("diego-api-1"); },
         Verdict::unknown, "diego-api-0 serves"},
        {"bbs-serving", "one, and one was cut off",
         [](Scene& scene) { scene.inside("diego-api-1").is_complete = false; }, Verdict::unknown,
         "diego-api-0 serves"},
        {"bbs-serving", "none known", [](Scene& scene) { scene.mute("diego-api-0"); }, Verdict::unknown,
         "no BBS is known to serve, and not all could be asked"},
        {"bbs-serving", "no pods", no_bbs, Verdict::skipped, "there is no BBS pod"},
        {"bbs-serving", "unknown", no_pods_known, Verdict::unknown, "the pods are not known"},
        {"lock-owner", "ours", nothing, Verdict::ok, "the owner is diego-api-0"},
        {"lock-owner", "foreign", [](Scene& scene) { scene.locks(Locks::owner, "x"); }, Verdict::fail,
         "the owner is x, which is no BBS pod of ours"},
        {"lock-owner", "no longer there", [](Scene& scene) { scene.locks(Locks::owner, "diego-api-2"); },
         Verdict::fail, "the owner is diego-api-2, a BBS pod that is no longer there"},
        {"lock-owner", "nobody", [](Scene& scene) { scene.locks(Locks::nobody); }, Verdict::fail,
         "Locket knows no owner"},
        {"lock-owner", "hangs", [](Scene& scene) { scene.locks(Locks::hangs); }, Verdict::fail,
         "Locket accepts the connection and does not answer"},
        {"lock-owner", "no Locket", [](Scene& scene) { scene.way_to_locket(Reach::timed_out); },
         Verdict::fail, "no connection to Locket at 127.0.0.1:8891: timed out"},
        {"lock-owner", "database", [](Scene& scene) { scene.locks(Locks::database_error); }, Verdict::fail,
         "Locket's database fails: "},
        {"lock-owner", "database refuses", [](Scene& scene) { scene.locks(Locks::database_refuses); },
         Verdict::fail, "Locket's database refuses: "},
        {"lock-owner", "error", [](Scene& scene) { scene.locks(Locks::error); }, Verdict::unknown,
         "cfdot: failed, and said nothing"},
        {"lock-owner", "no cfdot", [](Scene& scene) { scene.locks(Locks::absent); }, Verdict::skipped,
         "the image has no cfdot to ask"},
        {"locket-ready", "scaled down",
         [](Scene& scene) { scene.with_locket_apart().snapshot.controllers.value().back().wanted = 0; },
         Verdict::fail, "Locket is scaled down to no pods"},
        {"locket-ready", "missing", [](Scene& scene) { scene.with_locket_apart(); }, Verdict::fail,
         "there is no Locket pod"},
        {"lock-owner", "no answer", [](Scene& scene) { scene.locks(Locks::unknown); }, Verdict::unknown,
         "cfdot left no answer"},
        {"lock-owner", "lost often",
         [](Scene& scene) {
             scene.lost("diego-api-0", {2, 60, 599}).lost("diego-api-1", {300, 600});
         },
         Verdict::warn, "the owner is diego-api-0, and the lock was lost 4 times within 10 min"},
        {"lock-owner", "lost in two failovers",
         [](Scene& scene) {
             scene.lost("diego-api-0", {2, 600, 700, 800}).lost("diego-api-1", {300});
         },
         Verdict::ok, "the owner is diego-api-0"},
        {"lock-owner", "lost often, and not known when",
         [](Scene& scene) {
             scene.lost("diego-api-0", {1, 2, 3}).inside("diego-api-0").clock.reset();
         },
         Verdict::ok, "the owner is diego-api-0"},
        {"lock-owner", "lost often, and now nobody has it",
         [](Scene& scene) {
             scene.lost("diego-api-0", {1, 2, 3}).locks(Locks::nobody);
         },
         Verdict::fail, "Locket knows no owner"},
        {"lock-owner", "two answers", [](Scene& scene) { scene.inside("diego-api-1").locks = Locks::hangs; },
         Verdict::fail, "the pods do not say the same"},
        {"lock-owner", "no pods", no_bbs, Verdict::skipped, "there is no BBS pod"},
        {"locket-ready", "inside", nothing, Verdict::ok, "2 of 2 listen, inside the BBS pods"},
        {"locket-ready", "own pods", [](Scene& scene) { scene.with_own_lockets(); }, Verdict::ok,
         "2 of 2 listen, in pods of their own"},
        {"locket-ready", "closed",
         [](Scene& scene) {
             scene.inside("diego-api-1").locket_port = Connection{Reach::refused, "x"};
         },
         Verdict::fail, "1 of 2 listen, inside the BBS pods"},
        {"locket-ready", "not asked",
         [](Scene& scene) { scene.inside("diego-api-1").locket_port = Connection{}; }, Verdict::unknown,
         "1 of 2 listen, inside the BBS pods"},
        {"locket-ready", "nowhere",
         [](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.locket_port.reset();
         },
         Verdict::unknown, "no pod was found in which Locket runs"},
        {"locket-ready", "no pods", no_bbs, Verdict::skipped, "there is no BBS pod"},
        {"database-reachable", "all", nothing, Verdict::ok, "4 of 4 connections accepted"},
        {"database-reachable", "silent",
         [](Scene& scene) { scene = databases_say(scene, DatabaseAnswer::Kind::silent, "bbs"); },
         Verdict::fail, "2 of 4 answer"},
        {"database-reachable", "refused", [](Scene& scene) { scene.database(Reach::refused); }, Verdict::fail,
         "0 of 4 connections accepted"},
        {"database-reachable", "not asked", [](Scene& scene) { scene.database(Reach::could_not_ask); },
         Verdict::unknown, "0 of 4 connections accepted"},
        {"database-reachable", "one unreadable",
         [](Scene& scene) { scene.inside("diego-api-0").unreadable_databases = {"bbs"}; }, Verdict::unknown,
         "4 of 5 connections accepted"},
        {"database-reachable", "none named",
         [](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.databases.clear();
         },
         Verdict::unknown, "no pod names a database"},
        {"database-reachable", "no pods", no_bbs, Verdict::skipped, "there is no BBS pod"},
    });
}

// Whatever is wrong or unknown, a person is told what to do next.
TEST(Checks, HintAtTheNextStep) {
    struct HintRow {
        std::string_view check;
        void (*change)(Scene&);
        std::string hint;
    };
    const std::vector<HintRow> table{
        {"cc-ready", [](Scene& scene) { scene.unready("api-1"); }, "kubectl describe pod api-1 -n cf"},
        {"bbs-reachable", [](Scene& scene) { scene.nc("api-1", Reach::refused); },
         "kubectl exec -n cf api-1 -c api -- nc -zv -w 5 diego-api-bbs.cf.svc.cluster.local 8889"},
        {"bbs-ready", [](Scene& scene) { scene.unready("diego-api-0"); },
         "kubectl describe pods -l skiff-role-name=diego-api -n cf"},
        {"bbs-active", [](Scene& scene) { scene.label_only(""); },
         "kubectl auth can-i patch pods --as=system:serviceaccount:cf:active-passive -n cf"},
        {"bbs-active", [](Scene& scene) { scene.nobody_serves(); },
         "kubectl get pods -L skiff-role-active -n cf"},
        {"cc-ready",
         [](Scene& scene) {
             scene.without("api-0").without("api-1").snapshot.flags = "-n cf --context=prod";
         },
         "is this the right namespace? kubectl get pods -A --context=prod | grep -E 'api|diego', then -n NAME"},
        {"bbs-endpoints", [](Scene& scene) { scene.endpoint(""); },
         "kubectl get endpoints diego-api-bbs -n cf"},
        {"bbs-serving", [](Scene& scene) { scene.nobody_serves(); },
         "kubectl exec -n cf diego-api-0 -c diego-api -- tail -n 20 /var/vcap/sys/log/bbs/bbs.stdout.log"},
        {"bbs-serving", [](Scene& scene) { scene.mute("diego-api-1"); },
         "try by hand: kubectl exec -n cf diego-api-1 -c diego-api -- true"},
        {"lock-owner", [](Scene& scene) { scene.mute("diego-api-1", Trouble::Kind::forbidden); },
         "ask for the right that is named above; try it with: kubectl exec -n cf diego-api-1 -c diego-api -- "
         "true"},
        {"lock-owner",
         [](Scene& scene) {
             scene.lost("diego-api-0", {1, 2, 3}).lost("diego-api-1", {4});
         },
         "kubectl exec -n cf diego-api-0 -c diego-api -- grep lost-lock /var/vcap/sys/log/bbs/bbs.stdout.log"},
        {"lock-owner",
         [](Scene& scene) { scene.locks(Locks::nobody).inside("diego-api-0").locket_address = {}; },
         "kubectl exec -n cf diego-api-0 -c diego-api -- bash -c '. /var/vcap/jobs/cfdot/bin/setup; timeout 15 "
         "cfdot locks --locketAPILocation 127.0.0.1:8891'"},
        {"database-reachable", [](Scene& scene) { scene.database(Reach::refused); },
         "is the database up, and may the pods reach it? Do not delete pods before it is back"},
        {"database-reachable", [](Scene& scene) { scene.mute("diego-api-1"); },
         "try by hand: kubectl exec -n cf diego-api-1 -c diego-api -- true"},
        {"bbs-endpoints",
         [](Scene& scene) {
             scene.snapshot.services.value().clear();
             scene.snapshot.probes.clear();
         },
         "kubectl get services -n cf"},
        {"bbs-endpoints",
         [](Scene& scene) {
             no_bbs(scene);
             scene.snapshot.services.value().clear();
             scene.snapshot.probes.clear();
         },
         ""},
    };
    for (const HintRow& row : table) {
        Scene scene = Scene::healthy();
        row.change(scene);
        for (const Finding& finding : run_checks(Facts(scene.snapshot))) {
            if (finding.id == row.check) {
                EXPECT_EQ(finding.hint, row.hint);
            }
        }
    }
}

/// What is said of one pod in one check.
std::string told_of(const Scene& scene, std::string_view check, std::string_view pod) {
    for (const Finding& finding : run_checks(Facts(scene.snapshot))) {
        if (finding.id != check) continue;
        for (const Subject& subject : finding.subjects) {
            if (subject.name == pod) return subject.evidence;
        }
    }
    return "nothing";
}

struct PodRow {
    std::string_view says;
    std::string_view check;
    std::string_view pod;
    void (*change)(Scene&);
};

void could_not_ask_on_node_7(Scene& scene, Trouble trouble) {
    scene.pod("api-1").node = "node-7";
    scene.snapshot.probes[1].connection = {};
    scene.snapshot.probes[1].trouble = std::move(trouble);
}

TEST(Checks, SayOfAPodWhatAilsIt) {
    const std::vector<PodRow> table{
        {"could not ask: the kubelet of node node-7 does not answer: dial tcp: timeout", "bbs-reachable",
         "api-1",
         [](Scene& scene) {
             could_not_ask_on_node_7(scene, {Trouble::Kind::no_kubelet, "dial tcp: timeout"});
         }},
        {"could not ask: no right", "bbs-reachable", "api-1",
         [](Scene& scene) {
             could_not_ask_on_node_7(scene, {Trouble::Kind::forbidden, "no right"});
         }},
        {"1/2 ImagePullBackOff", "bbs-ready", "diego-api-1",
         [](Scene& scene) {
             scene.unready("diego-api-1").pod("diego-api-1").containers.front().waiting = "ImagePullBackOff";
         }},
        {"1/2 Running, Unschedulable: 0/3 nodes are available", "bbs-ready", "diego-api-1",
         [](Scene& scene) {
             scene.unready("diego-api-1").pod("diego-api-1").unscheduled = "0/3 nodes are available";
         }},
        {"1/2 Running", "bbs-ready", "diego-api-1", [](Scene& scene) { scene.unready("diego-api-1"); }},
    };
    for (const PodRow& row : table) {
        Scene scene = Scene::healthy();
        row.change(scene);
        EXPECT_EQ(told_of(scene, row.check, row.pod), row.says);
    }
}

TEST(Checks, SayWhatADatabaseAnswers) {
    using Kind = DatabaseAnswer::Kind;
    const std::vector<std::pair<Kind, std::string>> table{
        {Kind::accepts, "db:5432 accepts connections"},
        {Kind::refuses, "db:5432 accepts connections and refuses: as told"},
        {Kind::silent, "db:5432 accepts connections and does not answer"},
        {Kind::hangs_up, "db:5432 accepts connections and does not answer"},
        {Kind::no_connection, "db:5432, asked a second time: as told"},
        {Kind::proxy, "db:5432 is a proxy that answers for itself: as told"},
        {Kind::not_a_database, "db:5432: as told"},
        {Kind::unknown, "db:5432 accepts connections"},
    };
    for (const auto& [kind, text] : table)
        EXPECT_EQ(told_of(databases_say(Scene::stuck(), kind), "database-reachable", "diego-api-0 bbs"),
                  text);
    EXPECT_EQ(told_of(in_mesh(Scene::stuck()), "database-reachable", "diego-api-0 bbs"),
              "db:5432: a proxy in the pod opens every connection, which proves nothing");
}

// In a pod's own line: what is said of all stays as it is without them.
TEST(Checks, SayOfAPodWhatItsStacksShow) {
    Scene scene = Scene::stuck();
    const std::string bbs = told_of(scene, "lock-owner", "diego-api-0");
    const std::string locket = told_of(scene, "locket-ready", "diego-api-0");
    const Diagnosis diagnosis = judge(scene.snapshot).diagnosis;
    EXPECT_EQ(bbs, "Locket accepts the connection and does not answer");
    EXPECT_EQ(locket, "port 8891 is open");
    Inside& inside = scene.inside("diego-api-0");
    inside.bbs_stacks = {.state = Stacks::State::known, .total = 41, .waiting_for_locket = {58}};
    inside.locket_stacks = {.state = Stacks::State::known, .total = 71, .waiting_for_database = {1, 2, 3, 4}};
    EXPECT_EQ(told_of(scene, "lock-owner", "diego-api-0"), bbs + "; its stacks wait for the lock");
    EXPECT_EQ(told_of(scene, "locket-ready", "diego-api-0"),
              locket + "; its stacks: 4 requests wait in the database driver, 0 elsewhere");
    EXPECT_EQ(told_of(scene, "lock-owner", "diego-api-1"), bbs);
    EXPECT_EQ(told_of(scene, "locket-ready", "diego-api-1"), locket);
    for (const Finding& finding : run_checks(Facts(scene.snapshot))) {
        if (finding.id == "lock-owner") {
            EXPECT_EQ(finding.evidence, bbs) << "the pods still say the same";
        }
    }
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, diagnosis.id);
    inside.locket_stacks = {.state = Stacks::State::known, .waiting_for_database = {7}, .outside = 2};
    EXPECT_EQ(told_of(scene, "locket-ready", "diego-api-0"),
              locket + "; its stacks: 1 request waits in the database driver, 2 elsewhere");
    inside.bbs_stacks = {.state = Stacks::State::known, .is_at_migrations = true};
    inside.locket_stacks = {.state = Stacks::State::closed};
    EXPECT_EQ(told_of(scene, "lock-owner", "diego-api-0"), bbs) << "it does not wait";
    EXPECT_EQ(told_of(scene, "locket-ready", "diego-api-0"), locket) << "not known";
}

TEST(HintFor, SaysWhatToDoAboutATrouble) {
    const std::vector<std::pair<Trouble::Kind, std::string>> table{
        {Trouble::Kind::no_kubectl, "install kubectl, or name it with --kubectl PATH"},
        {Trouble::Kind::no_context, "choose a cluster: kubectl config get-contexts, then --context NAME"},
        {Trouble::Kind::forbidden, "ask for the right that is named above; try it with: X"},
        {Trouble::Kind::unauthorised, "log in to the cluster again, then: X"},
        {Trouble::Kind::unreachable, "is this the right cluster, and is it up? Try: X"},
        {Trouble::Kind::other, "try by hand: X"},
    };
    for (const auto& [kind, hint] : table) EXPECT_EQ(hint_for({kind, "text"}, "X"), hint);
}

}  // namespace

}  // namespace cfee
