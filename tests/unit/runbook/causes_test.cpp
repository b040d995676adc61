// Situations, and what they are taken for: the closed list of diagnoses and its precedence.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/causes.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "tests/unit/runbook/builder.hpp"
#include "tests/unit/runbook/gone.hpp"
#include "tests/unit/runbook/hung.hpp"
#include "tests/unit/runbook/situations.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

Scene changed(Scene scene, void (*change)(Scene&)) {
    change(scene);
    return scene;
}
Scene healthy_but(void (*change)(Scene&)) {
    return changed(Scene::healthy(), change);
}
Scene stuck_but(void (*change)(Scene&)) {
    return changed(Scene::stuck(), change);
}

void expect(const Situation& situation) {
    SCOPED_TRACE(situation.name);
    const Judgement judgement = judge(situation.scene.snapshot);
    EXPECT_EQ(judgement.diagnosis.id, situation.id) << ::testing::PrintToString(judgement.diagnosis.because);
    EXPECT_EQ(to_words(judgement.diagnosis.remedy), to_words(situation.remedy));
    EXPECT_EQ(judgement.exit_status(), situation.exit_status);
    EXPECT_FALSE(judgement.diagnosis.because.empty());
}

std::vector<Situation> healthy_situations() {
    constexpr auto none = Remedy::none;
    return {
        {"healthy", Scene::healthy(), "healthy", none, 0},
        {"the other one is active", healthy_but([](Scene& scene) { scene.make_active("diego-api-1"); }),
         "healthy", none, 0},
        {"one replica", healthy_but([](Scene& scene) {
             scene.without("diego-api-1").snapshot.controllers.value().front().wanted = 1;
         }),
         "healthy", none, 0},
        {"one Cloud Controller", healthy_but([](Scene& scene) { scene.without("api-1"); }), "healthy", none,
         0},
        {"Locket in pods of its own", healthy_but([](Scene& scene) { scene.with_own_lockets(); }), "healthy",
         none, 0},
        {"an edition without the label, passive pods not ready",
         healthy_but([](Scene& scene) { scene.unlabelled().unready("diego-api-1"); }), "healthy", none, 0},
        {"no cfdot in the image", healthy_but([](Scene& scene) { scene.locks(Locks::absent); }), "healthy",
         none, 0},
        {"cfdot fails", healthy_but([](Scene& scene) { scene.locks(Locks::error); }), "healthy", none, 0},
        {"a database that nobody can read", healthy_but([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) {
                 one.databases.clear();
                 one.unreadable_databases = {"bbs", "locket"};
             }
         }),
         "healthy", none, 0},
        {"a database that cannot be probed",
         healthy_but([](Scene& scene) { scene.database(Reach::could_not_ask); }), "healthy", none, 0},
        {"a mesh", in_mesh(Scene::healthy()), "healthy", none, 0},
        {"a young pod that serves",
         healthy_but([](Scene& scene) { scene.created("diego-api-0", seconds{5}); }), "healthy", none, 0},
        {"the lock moved just now", healthy_but([](Scene& scene) { scene.lock_moved(seconds{3}); }),
         "healthy", none, 0},
        {"an old complaint about a certificate",
         healthy_but([](Scene& scene) { scene.inside("diego-api-0").bbs_log.certificate_error = "x509: x"; }),
         "healthy", none, 0},
        {"a pod that has ended and is still shown", healthy_but([](Scene& scene) {
             scene.add_bbs("diego-api-1-old").pod("diego-api-1-old").phase = "Succeeded";
             std::erase_if(scene.snapshot.insides,
                           [](const Inside& one) { return one.pod == "diego-api-1-old"; });
         }),
         "healthy", none, 0},
    };
}

// diego-api-0 works, and something is wrong with the other one.
// The log of a BBS, or of a Locket, tells of a refusal so long ago.
void refuse(LockLog& log, seconds ago) {
    log.refusal = "sql-unknown";
    log.refused_at = look_time - ago;
}

std::vector<Situation> situations_without_a_spare() {
    constexpr auto none = Remedy::none;
    const auto died_at = [](std::chrono::seconds ago, bool has_ended) {
        Scene scene = Scene::healthy();
        LockLog& log = scene.inside("diego-api-1").bbs_log;
        log.has_ended = has_ended;
        log.says_active = !has_ended;
        log.last_written = look_time - ago;
        return scene;
    };
    return {
        {"ended, and was not started again", died_at(seconds{90}, true), "no-spare", none, 0},
        {"ended just now", died_at(seconds{89}, true), "healthy", none, 0},
        {"killed, and was not started again", died_at(seconds{90}, false), "no-spare", none, 0},
        {"killed just now", died_at(seconds{89}, false), "healthy", none, 0},
        {"dies at every start", healthy_but([](Scene& scene) {
             scene.inside("diego-api-1").bbs_log.crashes = {
                 .deaths = 2, .failure = "x", .since = look_time - an_hour, .last = look_time - seconds{5}};
         }),
         "no-spare", none, 0},
        {"never becomes ready", healthy_but([](Scene& scene) { scene.unready("diego-api-1"); }), "no-spare",
         none, 0},
        {"its Locket hangs",
         healthy_but([](Scene& scene) { scene.inside("diego-api-1").locks = Locks::hangs; }), "no-spare",
         none, 0},
        {"lost with its node", healthy_but([](Scene& scene) { scene.lose("diego-api-1"); }), "no-spare", none,
         0},
        {"never ready, and nobody could say whose the lock is", healthy_but([](Scene& scene) {
             scene.unready("diego-api-1");
             for (Inside& inside : scene.snapshot.insides) {
                 inside.locks = Locks::unknown;
                 inside.lock_owner.clear();
             }
         }),
         "no-spare", none, 0},
        {"a third one is well",
         healthy_but([](Scene& scene) { scene.unready("diego-api-1").add_bbs("diego-api-2"); }),
         "inconclusive", Remedy::fix_first, 1},
        {"not ready, and Cloud Controller does not get through",
         healthy_but([](Scene& scene) { scene.unready("diego-api-1").nc(Reach::timed_out); }),
         "bbs-unreachable", Remedy::fix_first, 1},
        {"not ready, and a Cloud Controller pod is not either", healthy_but([](Scene& scene) {
             scene.unready("diego-api-1").unready("api-1").snapshot.probes.pop_back();
         }),
         "cloud-controller-down", Remedy::fix_first, 1},
        {"it does not reach its database", healthy_but([](Scene& scene) {
             scene.unready("diego-api-1").inside("diego-api-1").databases[0].connection = {Reach::refused,
                                                                                           "x"};
         }),
         "database-down", Remedy::fix_first, 1},
        {"its certificate has expired", healthy_but([](Scene& scene) {
             scene.unready("diego-api-1").inside("diego-api-1").ping = Ping::certificate;
         }),
         "certificate", Remedy::fix_first, 1},
        {"it is the one that serves that is not ready",
         healthy_but([](Scene& scene) { scene.unready("diego-api-0"); }), "inconclusive", Remedy::fix_first,
         1},
    };
}

std::vector<Situation> contradictions() {
    constexpr auto fix = Remedy::fix_first;
    return {
        {"two serve", healthy_but([](Scene& scene) { scene.inside("diego-api-1").ping = Ping::serving; }),
         "contradiction", fix, 1},
        {"two serve, while the lock moves", healthy_but([](Scene& scene) {
             scene.lock_moved(seconds{89}).inside("diego-api-1").ping = Ping::serving;
         }),
         "failover", Remedy::wait, 1},
        {"the pods name different owners",
         healthy_but([](Scene& scene) { scene.inside("diego-api-1").lock_owner = "diego-api-1"; }),
         "contradiction", fix, 1},
        {"they do, and nobody serves", stuck_but([](Scene& scene) {
             scene.locks(Locks::owner, "diego-api-0").inside("diego-api-1").lock_owner = "diego-api-1";
         }),
         "contradiction", fix, 1},
        {"the owner is not the one who serves",
         healthy_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-1"); }), "contradiction", fix,
         1},
        {"it is not, while the lock moves",
         healthy_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-1").lock_moved(seconds{40}); }),
         "failover", Remedy::wait, 1},
        {"it is not, and nobody knows since when the lock rests", healthy_but([](Scene& scene) {
             scene.locks(Locks::owner, "diego-api-1").inside("diego-api-0").bbs_log.last_event.reset();
         }),
         "inconclusive", fix, 3},
    };
}

// Requests for the lock that wait inside the database: no hang.
std::vector<Situation> blocked_situations() {
    constexpr auto fix = Remedy::fix_first;
    constexpr auto restart = Remedy::restart;
    constexpr auto id = "database-blocked";
    const auto blocked_but = [](void (*change)(Scene&)) { return changed(blocked(Scene::stuck()), change); };
    const auto apart = [](void (*change)(Scene&)) {
        return changed(blocked(Scene::stuck().with_own_lockets()), change);
    };
    return {
        {"a locked table", blocked(Scene::stuck()), id, fix, 1},
        {"the list is a SELECT and may be answered",
         blocked_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-0"); }), id, fix, 1},
        {"the row has expired", blocked_but([](Scene& scene) { scene.locks(Locks::nobody); }), id, fix, 1},
        {"a BBS with no stacks, where cfdot hangs", blocked_but([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.bbs_stacks = {};
         }),
         id, fix, 1},
        {"one Locket's stacks are not known",
         blocked_but([](Scene& scene) { scene.inside("diego-api-1").locket_stacks = {}; }), id, fix, 1},
        {"Lockets of their own, and nobody knows whom a BBS asks", apart([](Scene&) {}), id, fix, 1},
        {"it is known, and that one waits", apart([](Scene& scene) {
             scene.pod("locket-0").address = "10.0.0.7";
             for (Inside& one : scene.snapshot.insides) one.locket_peer = "10.0.0.7";
             scene.inside("locket-1").locket_stacks.outside = 0;
         }),
         id, fix, 1},
        {"the other one has a request under way", apart([](Scene& scene) {
             scene.pod("locket-0").address = "10.0.0.7";
             for (Inside& one : scene.snapshot.insides) one.locket_peer = "10.0.0.7";
             scene.inside("locket-0").locket_stacks.outside = 0;
         }),
         "bbs-lock-stuck", restart, 1},
        {"nobody waits: a request in passing", blocked_but([](Scene& scene) {
             scene.locks(Locks::owner, "diego-api-0");
             for (Inside& one : scene.snapshot.insides) one.bbs_stacks.waiting_for_locket.clear();
         }),
         "bbs-lock-stuck", restart, 1},
        {"who waits asks another Locket", blocked_but([](Scene& scene) {
             scene.inside("diego-api-0").locks = Locks::owner;
             scene.inside("diego-api-0").lock_owner = "diego-api-0";
             scene.inside("diego-api-1").locket_stacks.outside = 0;
             for (Inside& one : scene.snapshot.insides) one.bbs_stacks.waiting_for_locket.clear();
         }),
         "bbs-lock-stuck", restart, 1},
        {"another request waits where a hang waits", blocked_but([](Scene& scene) {
             scene.inside("diego-api-1").locket_stacks.waiting_for_database = {7};
         }),
         "bbs-lock-stuck", restart, 1},
        {"no stacks of Locket", blocked_but([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.locket_stacks = {};
         }),
         "bbs-lock-stuck", restart, 1},
        {"one serves", changed(blocked(Scene::healthy()), [](Scene&) {}), "healthy", Remedy::none, 0},
        {"the database fails", databases_say(blocked(Scene::stuck()), DatabaseAnswer::Kind::silent),
         "database-down", fix, 1},
        {"Locket refuses",
         blocked_but([](Scene& scene) { scene.inside("diego-api-1").bbs_log.refusal = "sql-unknown"; }),
         "database-refuses", fix, 1},
        {"a stranger has the lock", blocked_but([](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); }),
         "lock-held-elsewhere", fix, 1},
        {"the lock moved just now", blocked_but([](Scene& scene) { scene.lock_moved(seconds{29}); }),
         "failover", Remedy::wait, 1},
        {"a BBS listens and answers with an error",
         blocked_but([](Scene& scene) { scene.inside("diego-api-0").ping = Ping::error; }), id, fix, 1},
    };
}

// No BBS process anywhere, and what must win over that.
std::vector<Situation> situations_without_a_bbs() {
    constexpr auto fix = Remedy::fix_first;
    constexpr auto restart = Remedy::restart;
    constexpr auto wait = Remedy::wait;
    using Monit = Supervision::Monit;
    const auto gone_but = [](void (*change)(Scene&)) { return changed(gone(), change); };
    return {
        {"no BBS runs, and nobody starts it", gone(), "bbs-not-running", restart, 1},
        {"Locket in pods of its own",
         gone(changed(Scene::stuck(), [](Scene& scene) { scene.with_own_lockets(); })), "bbs-not-running",
         restart, 1},
        {"somebody stopped it", gone_but([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.supervision.monit = Monit::leaves_alone;
         }),
         "bbs-stopped", fix, 1},
        {"somebody stopped one, and Locket hangs besides", gone_but([](Scene& scene) {
             scene.locks(Locks::hangs).inside("diego-api-0").supervision.monit = Monit::leaves_alone;
         }),
         "bbs-stopped", fix, 1},
        {"no monit", gone_but([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.supervision.monit = Monit::unknown;
         }),
         "inconclusive", fix, 1},
        {"nobody could ask (recordings of older versions)", gone_but([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.supervision = {};
         }),
         "inconclusive", fix, 1},
        {"it dies at every start", gone_but([](Scene& scene) {
             scene.inside("diego-api-1").bbs_log.crashes = {
                 .deaths = 2, .failure = "x", .since = look_time - an_hour, .last = look_time - seconds{40}};
         }),
         "bbs-crashing", fix, 1},
        {"the database is down", gone_but([](Scene& scene) { scene.database(Reach::refused); }),
         "database-down", fix, 1},
        {"a certificate",
         gone_but([](Scene& scene) { scene.inside("diego-api-1").bbs_log.certificate_error = "x509: x"; }),
         "certificate", fix, 1},
        {"the active one was alive 89 s ago", gone_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.last_written = look_time - seconds{89};
         }),
         "failover", wait, 1},
        {"a pod is young", gone_but([](Scene& scene) { scene.created("diego-api-1", seconds{59}); }),
         "bbs-starting", wait, 1},
        {"a migration",
         gone_but([](Scene& scene) { scene.inside("diego-api-1").bbs_log.is_migrating = true; }),
         "bbs-starting", wait, 1},
        {"Cloud Controller is down too",
         gone_but([](Scene& scene) { scene.unready("api-0").unready("api-1").snapshot.probes.clear(); }),
         "cloud-controller-down", fix, 1},
    };
}

std::vector<Situation> restart_situations() {
    constexpr auto restart = Remedy::restart;
    return {
        {"the runbook's case", Scene::stuck(), "bbs-lock-stuck", restart, 1},
        {"where the cluster drops", stuck_but([](Scene& scene) { scene.nc(Reach::timed_out); }),
         "bbs-lock-stuck", restart, 1},
        {"by the headless name", stuck_but([](Scene& scene) { scene.nc(Reach::lookup_failed); }),
         "bbs-lock-stuck", restart, 1},
        {"Locket answers again, and names our own",
         stuck_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-0"); }), "bbs-lock-stuck", restart,
         1},
        {"it names one of ours that is not there just now", stuck_but([](Scene& scene) {
             scene.snapshot.controllers.value().front().wanted = 1;
             scene.without("diego-api-1").locks(Locks::owner, "diego-api-0");
         }),
         "bbs-lock-stuck", restart, 1},
        {"one Locket hangs, the other answers", stuck_but([](Scene& scene) {
             scene.inside("diego-api-1").locks = Locks::owner;
             scene.inside("diego-api-1").lock_owner = "diego-api-0";
         }),
         "bbs-lock-stuck", restart, 1},
        {"a stale label", stuck_but([](Scene& scene) { scene.label_only("diego-api-0"); }), "bbs-lock-stuck",
         restart, 1},
        {"a stale label and endpoint",
         stuck_but([](Scene& scene) { scene.label_only("diego-api-0").endpoint("diego-api-0"); }),
         "bbs-lock-stuck", restart, 1},
        {"one replica", stuck_but([](Scene& scene) {
             scene.without("diego-api-1").snapshot.controllers.value().front().wanted = 1;
         }),
         "bbs-lock-stuck", restart, 1},
        {"a BBS that died at its start, long ago", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.crashes = {
                 .deaths = 9, .failure = "x", .since = look_time - an_hour, .last = look_time - seconds{90}};
         }),
         "bbs-lock-stuck", restart, 1},
        {"Locket in pods of its own", stuck_but([](Scene& scene) { scene.with_own_lockets(); }),
         "bbs-lock-stuck", restart, 1},
        {"Locket's database refused once, before any BBS began to ask", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.asked_since = look_time - an_hour;
             refuse(scene.inside("diego-api-1").locket_log, an_hour + seconds{1});
         }),
         "bbs-lock-stuck", restart, 1},
        {"Locket's database refused, and a BBS got the lock after that", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.asked_since = look_time - an_hour;
             scene.inside("diego-api-0").bbs_log.acquired_at = look_time - seconds{600};
             refuse(scene.inside("diego-api-1").locket_log, seconds{601});
         }),
         "bbs-lock-stuck", restart, 1},
        {"Locket's database refused, and another BBS was told since that the lock is held",
         stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.collided_at = look_time - seconds{600};
             scene.inside("diego-api-1").bbs_log.asked_since = look_time - an_hour;
             refuse(scene.inside("diego-api-1").locket_log, seconds{616});
         }),
         "bbs-lock-stuck", restart, 1},
        {"Locket's database refused, and another Locket gave the lock since", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").locket_log.acquired_at = look_time - seconds{600};
             scene.inside("diego-api-1").bbs_log.asked_since = look_time - an_hour;
             refuse(scene.inside("diego-api-1").locket_log, seconds{601});
         }),
         "bbs-lock-stuck", restart, 1},
        {"a BBS was refused, and the other one got the lock after that", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.acquired_at = look_time - seconds{600};
             refuse(scene.inside("diego-api-1").bbs_log, seconds{601});
         }),
         "bbs-lock-stuck", restart, 1},
        {"an edition without the label",
         stuck_but([](Scene& scene) { scene.unlabelled().unready("diego-api-0").unready("diego-api-1"); }),
         "bbs-lock-stuck", restart, 1},
        {"one Cloud Controller pod is not ready", stuck_but([](Scene& scene) { scene.unready("api-1"); }),
         "bbs-lock-stuck", restart, 1},
        {"the lock's owner holds 8889 open and answers 503", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").ping = Ping::error;
             scene.inside("diego-api-0").bbs_log.says_active = true;
             scene.locks(Locks::owner, "diego-api-0");
         }),
         "bbs-not-serving", restart, 1},
        {"the same, and Locket hangs",
         stuck_but([](Scene& scene) { scene.inside("diego-api-1").ping = Ping::error; }), "bbs-not-serving",
         restart, 1},
    };
}

std::vector<Situation> waiting_situations() {
    constexpr auto wait = Remedy::wait;
    return {
        {"a failover: the lock moved just now", stuck_but([](Scene& scene) { scene.lock_moved(seconds{3}); }),
         "failover", wait, 1},
        {"the last second of unrest", stuck_but([](Scene& scene) { scene.lock_moved(seconds{29}); }),
         "failover", wait, 1},
        {"unrest is over", stuck_but([](Scene& scene) { scene.lock_moved(seconds{30}); }), "bbs-lock-stuck",
         Remedy::restart, 1},
        {"two labelled active, just now", healthy_but([](Scene& scene) {
             scene.pod("diego-api-1").label = ActiveLabel::active;
             scene.lock_moved(seconds{10});
         }),
         "failover", wait, 1},
        {"serves, and is not labelled yet",
         healthy_but([](Scene& scene) { scene.label_only("").endpoint("").lock_moved(seconds{10}); }),
         "failover", wait, 1},
        {"labelled, and serves no more",
         stuck_but([](Scene& scene) { scene.label_only("diego-api-0").lock_moved(seconds{10}); }), "failover",
         wait, 1},
        {"killed: its log's last word is that it has the lock",
         stuck_but([](Scene& scene) { scene.inside("diego-api-0").bbs_log.says_active = true; }), "failover",
         wait, 1},
        {"killed so long ago that nobody starts it any more", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.says_active = true;
             scene.inside("diego-api-0").bbs_log.last_written = look_time - seconds{90};
         }),
         "bbs-lock-stuck", Remedy::restart, 1},
        {"a pod that is lost with its node is nobody any more",
         stuck_but([](Scene& scene) { scene.lose("diego-api-1"); }), "bbs-lock-stuck", Remedy::restart, 1},
        {"a young BBS", stuck_but([](Scene& scene) { scene.created("diego-api-1", seconds{59}); }),
         "bbs-starting", wait, 1},
        {"no longer young", stuck_but([](Scene& scene) { scene.created("diego-api-1", seconds{60}); }),
         "bbs-lock-stuck", Remedy::restart, 1},
        {"a pod's clock that is behind makes pods younger", stuck_but([](Scene& scene) {
             scene.created("diego-api-1", seconds{90}).inside("diego-api-0").clock = look_time - seconds{31};
         }),
         "bbs-starting", wait, 1},
        {"a pod's clock that is ahead makes nothing older", stuck_but([](Scene& scene) {
             scene.created("diego-api-1", seconds{30}).inside("diego-api-0").clock = look_time + an_hour;
         }),
         "bbs-starting", wait, 1},
        {"a young Locket",
         stuck_but([](Scene& scene) { scene.with_own_lockets().created("locket-1", seconds{10}); }),
         "bbs-starting", wait, 1},
        {"Terminating", stuck_but([](Scene& scene) { scene.terminate("diego-api-0"); }), "bbs-starting", wait,
         1},
        {"a Locket that is Terminating",
         stuck_but([](Scene& scene) { scene.with_own_lockets().terminate("locket-0"); }), "bbs-starting",
         wait, 1},
        {"pod 1 is not there yet: pod 0 starts",
         stuck_but([](Scene& scene) { scene.without("diego-api-1").created("diego-api-0", seconds{10}); }),
         "bbs-starting", wait, 1},
        {"a migration runs", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.is_migrating = true;
             scene.inside("diego-api-0").ping = Ping::error;
         }),
         "bbs-starting", wait, 1},
    };
}

std::vector<Situation> situations_for_a_person() {
    constexpr auto fix = Remedy::fix_first;
    return {
        {"the database refuses", stuck_but([](Scene& scene) { scene.database(Reach::refused); }),
         "database-down", fix, 1},
        {"the database is silent", stuck_but([](Scene& scene) { scene.database(Reach::timed_out); }),
         "database-down", fix, 1},
        {"the database's name is gone", stuck_but([](Scene& scene) { scene.database(Reach::name_unknown); }),
         "database-down", fix, 1},
        {"one pod does not reach its database", stuck_but([](Scene& scene) {
             scene.inside("diego-api-1").databases[1].connection = {Reach::timed_out, "x"};
         }),
         "database-down", fix, 1},
        {"the database accepts, and says nothing",
         databases_say(Scene::stuck(), DatabaseAnswer::Kind::silent), "database-down", fix, 1},
        {"the database is full of others", databases_say(Scene::stuck(), DatabaseAnswer::Kind::refuses),
         "database-down", fix, 1},
        {"Locket says so", stuck_but([](Scene& scene) { scene.locks(Locks::database_error); }),
         "database-down", fix, 1},
        {"Locket says what its database answers",
         stuck_but([](Scene& scene) { scene.locks(Locks::database_refuses); }), "database-refuses", fix, 1},
        {"the same, and the BBS still serves",
         healthy_but([](Scene& scene) { scene.locks(Locks::database_refuses); }), "database-refuses", fix, 1},
        {"a BBS that still serves, and its database does not accept",
         healthy_but([](Scene& scene) { scene.database(Reach::refused); }), "database-down", fix, 1},
        {"CrashLoopBackOff", stuck_but([](Scene& scene) { scene.crash("diego-api-0"); }), "bbs-pods-failing",
         fix, 1},
        {"a Locket in CrashLoopBackOff",
         stuck_but([](Scene& scene) { scene.with_own_lockets().crash("locket-0"); }), "bbs-pods-failing", fix,
         1},
        {"Pending", stuck_but([](Scene& scene) {
             scene.pod("diego-api-0").phase = "Pending";
             scene.unready("diego-api-0");
         }),
         "bbs-pods-failing", fix, 1},
        {"Unschedulable, and young", stuck_but([](Scene& scene) {
             scene.created("diego-api-0", seconds{5}).pod("diego-api-0").unscheduled = "0/3 nodes";
         }),
         "bbs-pods-failing", fix, 1},
        {"pod 1 is not there", stuck_but([](Scene& scene) { scene.without("diego-api-1"); }),
         "bbs-pods-failing", fix, 1},
        {"Failed", stuck_but([](Scene& scene) { scene.pod("diego-api-0").phase = "Failed"; }),
         "bbs-pods-failing", fix, 1},
        {"the label is frozen",
         healthy_but([](Scene& scene) { scene.label_only("").endpoint("").nc(Reach::refused); }),
         "label-stale", fix, 1},
        {"the label stayed where the lock was",
         healthy_but([](Scene& scene) { scene.make_active("diego-api-1").label_only("diego-api-0"); }),
         "label-stale", fix, 1},
        {"two labelled active for long",
         healthy_but([](Scene& scene) { scene.pod("diego-api-1").label = ActiveLabel::active; }),
         "label-stale", fix, 1},
        {"a label that is wrong for hours, beside logs that do not tell", healthy_but([](Scene& scene) {
             scene.label_only("").endpoint("");
             for (const char* pod : {"diego-api-0", "diego-api-1"})
                 scene.inside(pod).bbs_log.last_event.reset();
         }),
         "label-stale", fix, 1},
        {"no endpoint in spite of the label", healthy_but([](Scene& scene) { scene.endpoint(""); }),
         "label-stale", fix, 1},
        {"no service", healthy_but([](Scene& scene) {
             scene.snapshot.services = std::vector<Service>{{.name = "router"}};
             scene.nc(Reach::name_unknown);
         }),
         "label-stale", fix, 1},
        {"a network policy", healthy_but([](Scene& scene) { scene.nc(Reach::timed_out); }), "bbs-unreachable",
         fix, 1},
        {"DNS is broken", healthy_but([](Scene& scene) { scene.nc(Reach::lookup_failed); }),
         "bbs-unreachable", fix, 1},
        {"a wrong name in the configuration",
         healthy_but([](Scene& scene) { scene.nc(Reach::name_unknown); }), "bbs-unreachable", fix, 1},
        {"one node is cut off", healthy_but([](Scene& scene) { scene.nc("api-1", Reach::timed_out); }),
         "partial-reachability", fix, 1},
        {"no Cloud Controller pod is ready",
         healthy_but([](Scene& scene) { scene.unready("api-0").unready("api-1").snapshot.probes.clear(); }),
         "cloud-controller-down", fix, 1},
        {"no Cloud Controller pod",
         healthy_but([](Scene& scene) { scene.without("api-0").without("api-1"); }), "cloud-controller-down",
         fix, 1},
        {"one of two Cloud Controller pods is not ready",
         healthy_but([](Scene& scene) { scene.unready("api-1").snapshot.probes.pop_back(); }),
         "cloud-controller-down", fix, 1},
        {"the BBS's own certificate has expired",
         stuck_but([](Scene& scene) { scene.inside("diego-api-0").ping = Ping::certificate; }), "certificate",
         fix, 1},
        {"Locket does not accept a certificate, and the log says so", stuck_but([](Scene& scene) {
             scene.locks(Locks::nobody).inside("diego-api-0").bbs_log.certificate_error = "x509: expired";
         }),
         "certificate", fix, 1},
        {"the same, and nothing but a closed connection tells", stuck_but([](Scene& scene) {
             scene.locks(Locks::nobody).inside("diego-api-1").bbs_log.was_hung_up_on = true;
         }),
         "certificate", fix, 1},
        {"Locket's own log says so", stuck_but([](Scene& scene) {
             scene.with_own_lockets()
                 .locks(Locks::no_locket)
                 .inside("locket-0")
                 .locket_log.certificate_error = "x509: expired";
         }),
         "certificate", fix, 1},
        {"a stranger holds the lock", stuck_but([](Scene& scene) { scene.locks(Locks::owner, "bbs-9/x"); }),
         "lock-held-elsewhere", fix, 1},
        {"a pod that a scale-down removed",
         stuck_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-2"); }), "lock-row-stale", fix, 1},
        {"and how many are wanted is not known", stuck_but([](Scene& scene) {
             scene.locks(Locks::owner, "diego-api-12");
             scene.snapshot.controllers = Trouble{Trouble::Kind::forbidden, "forbidden"};
         }),
         "lock-row-stale", fix, 1},
        {"and every BBS waits at a Locket that hangs",
         changed(hung(Scene::stuck()), [](Scene& scene) { scene.locks(Locks::owner, "diego-api-2"); }),
         "bbs-lock-stuck", Remedy::restart, 1},
        {"and one BBS does not wait",
         changed(hung(Scene::stuck()),
                 [](Scene& scene) {
                     scene.locks(Locks::owner, "diego-api-2");
                     scene.inside("diego-api-1").bbs_stacks.waiting_for_locket.clear();
                 }),
         "lock-row-stale", fix, 1},
        {"and one Locket answers others",
         changed(hung(Scene::stuck()),
                 [](Scene& scene) {
                     scene.locks(Locks::owner, "diego-api-2");
                     scene.inside("diego-api-1").locket_stacks.outside = 1;
                 }),
         "lock-row-stale", fix, 1},
        {"a stranger in place of a pod that is gone, and every BBS waits",
         changed(hung(Scene::stuck()), [](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); }),
         "lock-held-elsewhere", fix, 1},
        {"a name that goes on after ours",
         stuck_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-2x"); }), "lock-held-elsewhere",
         fix, 1},
        {"the start of a name like ours",
         stuck_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-"); }), "lock-held-elsewhere", fix,
         1},
        {"a pod that a scale-down removed, and one serves",
         healthy_but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-2").lock_moved(seconds{90}); }),
         "contradiction", fix, 1},
        {"Locket hangs, and the BBS still serves",
         healthy_but([](Scene& scene) { scene.locks(Locks::hangs); }), "locket-silent", fix, 1},
        {"Locket hung when it was last asked, and the BBS has had the lock for longer",
         healthy_but([](Scene& scene) {
             Inside& inside = scene.locks(Locks::hangs).inside("diego-api-0");
             inside.locks_asked = scene.snapshot.started - seconds{40};
             inside.bbs_log.acquired_at = *inside.clock - seconds{40};
         }),
         "locket-silent", fix, 1},
        {"Locket hung when it was last asked, and has given the BBS the lock since",
         healthy_but([](Scene& scene) {
             Inside& inside = scene.locks(Locks::hangs).inside("diego-api-0");
             inside.locks_asked = scene.snapshot.started - seconds{40};
             inside.bbs_log.acquired_at = *inside.clock - seconds{39};
         }),
         "inconclusive", fix, 1},
        {"the Locket of the one that serves hangs",
         healthy_but([](Scene& scene) { scene.inside("diego-api-0").locks = Locks::hangs; }), "locket-silent",
         fix, 1},
        {"one pod says so", stuck_but([](Scene& scene) {
             scene.inside("diego-api-1").locks = Locks::owner;
             scene.inside("diego-api-1").lock_owner = "somebody";
         }),
         "lock-held-elsewhere", fix, 1},
        {"a pod is lost, and the other one says nothing",
         stuck_but([](Scene& scene) { scene.lose("diego-api-1").mute("diego-api-0"); }), "node-lost", fix, 1},
        {"scaled to 0", healthy_but([](Scene& scene) {
             scene.without("diego-api-0").without("diego-api-1").nc(Reach::refused).endpoint("");
             scene.snapshot.controllers.value().front().wanted = 0;
         }),
         "no-diego", fix, 1},
        {"an edition without Diego", healthy_but([](Scene& scene) {
             scene.without("diego-api-0").without("diego-api-1").nc(Reach::name_unknown);
             scene.snapshot.services = std::vector<Service>{};
             scene.snapshot.endpoints = std::vector<Endpoints>{};
             scene.snapshot.controllers = std::vector<Controller>{};
         }),
         "no-diego", fix, 1},
        {"BBS pods that are wanted and not there", healthy_but([](Scene& scene) {
             scene.without("diego-api-0").without("diego-api-1").nc(Reach::refused);
         }),
         "bbs-pods-failing", fix, 1},
        {"Locket refuses the lock, and still names our own", stuck_but([](Scene& scene) {
             scene.locks(Locks::owner, "diego-api-0").inside("diego-api-1").bbs_log.refusal = "sql-unknown";
         }),
         "database-refuses", fix, 1},
        {"Locket says so in its own log, since a BBS began to ask", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.asked_since = look_time - an_hour;
             refuse(scene.inside("diego-api-1").locket_log, seconds{9});
         }),
         "database-refuses", fix, 1},
        {"Locket refuses one, and just then tells another that the lock is held", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.collided_at = look_time - seconds{600};
             scene.inside("diego-api-1").bbs_log.asked_since = look_time - an_hour;
             refuse(scene.inside("diego-api-1").locket_log, seconds{615});
         }),
         "database-refuses", fix, 1},
        {"a BBS is refused, since the other one got the lock", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.acquired_at = look_time - seconds{600};
             refuse(scene.inside("diego-api-1").bbs_log, seconds{599});
         }),
         "database-refuses", fix, 1},
        {"a BBS is refused, and another one is told that the lock is held", stuck_but([](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.collided_at = look_time;
             refuse(scene.inside("diego-api-1").bbs_log, seconds{600});
         }),
         "database-refuses", fix, 1},
        {"a BBS that dies at every start", stuck_but([](Scene& scene) {
             scene.lock_moved(seconds{4}).inside("diego-api-0").bbs_log.crashes = {
                 .deaths = 2,
                 .failure = "x",
                 .since = look_time - seconds{60},
                 .last = look_time - seconds{4}};
         }),
         "bbs-crashing", fix, 1},
        {"Locket in the BBS pods does not listen",
         stuck_but([](Scene& scene) { scene.locket_port(Reach::refused).way_to_locket(Reach::refused); }),
         "locket-down", fix, 1},
        {"Locket's own pods do not listen", stuck_but([](Scene& scene) {
             scene.with_own_lockets().locket_port(Reach::refused).way_to_locket(Reach::refused);
             scene.unready("locket-0").unready("locket-1");
         }),
         "locket-down", fix, 1},
        {"Locket's own pods crash", stuck_but([](Scene& scene) {
             scene.with_own_lockets().way_to_locket(Reach::refused).crash("locket-0").crash("locket-1");
         }),
         "locket-down", fix, 1},
        {"Locket's own pods are missing",
         stuck_but([](Scene& scene) { scene.with_locket_apart().way_to_locket(Reach::refused); }),
         "locket-down", fix, 1},
        {"Locket is scaled to no pods", stuck_but([](Scene& scene) {
             scene.with_locket_apart().way_to_locket(Reach::timed_out);
             scene.snapshot.controllers.value().back().wanted = 0;
         }),
         "locket-down", fix, 1},
        {"nobody wants a Locket any more", stuck_but([](Scene& scene) {
             scene.with_locket_apart().way_to_locket(Reach::name_unknown);
             scene.snapshot.controllers.value().pop_back();
         }),
         "locket-down", fix, 1},
        {"one Locket of two is missing, the other hangs",
         stuck_but([](Scene& scene) { scene.with_own_lockets().without("locket-1"); }), "bbs-pods-failing",
         fix, 1},
        {"own Lockets listen, and the traffic to them is dropped",
         stuck_but([](Scene& scene) { scene.with_own_lockets().way_to_locket(Reach::timed_out); }),
         "locket-unreachable", fix, 1},
        {"own Lockets listen, and their name is gone",
         stuck_but([](Scene& scene) { scene.with_own_lockets().way_to_locket(Reach::name_unknown); }),
         "locket-unreachable", fix, 1},
        {"no BBS gets through, and each starts anew again and again", stuck_but([](Scene& scene) {
             scene.with_own_lockets().way_to_locket(Reach::refused).lock_moved(seconds{3});
         }),
         "locket-unreachable", fix, 1},
        {"no such namespace", healthy_but([](Scene& scene) {
             scene.snapshot.pods = std::vector<Pod>{};
             scene.snapshot.namespace_is_missing = true;
             scene.snapshot.probes.clear();
             scene.snapshot.insides.clear();
         }),
         "no-diego", fix, 1},
    };
}

std::vector<Situation> situations_that_tell_too_little() {
    constexpr auto fix = Remedy::fix_first;
    return {
        {"pods cannot be listed", healthy_but([](Scene& scene) {
             scene.snapshot.pods = Trouble{Trouble::Kind::forbidden, "no right"};
         }),
         "inconclusive", fix, 3},
        {"a BBS in an edition whose names are not known", healthy_but([](Scene& scene) {
             Pod pod = scene.pod("diego-api-0");
             pod.name = "x-diego-api-0";
             pod.role = Role::unjudged_bbs;
             scene.snapshot.pods = std::vector<Pod>{pod};
             scene.snapshot.controllers = std::vector<Controller>{};
             scene.snapshot.probes.clear();
             scene.snapshot.insides.clear();
         }),
         "inconclusive", fix, 3},
        {"nothing could be asked",
         changed({},
                 [](Scene& scene) {
                     const Trouble trouble{Trouble::Kind::unreachable, "no server"};
                     scene.snapshot.pods = trouble;
                     scene.snapshot.services = trouble;
                     scene.snapshot.endpoints = trouble;
                     scene.snapshot.controllers = trouble;
                 }),
         "inconclusive", fix, 3},
        {"no right to exec", healthy_but([](Scene& scene) {
             scene.nc(Reach::could_not_ask).mute("diego-api-0").mute("diego-api-1");
         }),
         "inconclusive", fix, 3},
        {"no nc in the Cloud Controller pods",
         healthy_but([](Scene& scene) { scene.nc(Reach::could_not_ask); }), "inconclusive", fix, 3},
        {"one Cloud Controller pod could not be asked",
         healthy_but([](Scene& scene) { scene.nc("api-1", Reach::could_not_ask); }), "inconclusive", fix, 3},
        {"the active pod could not be asked", healthy_but([](Scene& scene) { scene.mute("diego-api-0"); }),
         "inconclusive", fix, 3},
        {"the passive pod could not be asked", healthy_but([](Scene& scene) { scene.mute("diego-api-1"); }),
         "inconclusive", fix, 3},
        {"an answer that was cut off",
         healthy_but([](Scene& scene) { scene.inside("diego-api-1").is_complete = false; }), "inconclusive",
         fix, 3},
        {"an answer of a Locket in a pod of its own that was cut off",
         healthy_but([](Scene& scene) { scene.with_own_lockets().inside("locket-1").is_complete = false; }),
         "inconclusive", fix, 3},
        {"one Cloud Controller pod does not get through, the other could not be asked",
         healthy_but([](Scene& scene) { scene.nc(Reach::refused).nc("api-1", Reach::could_not_ask); }),
         "inconclusive", fix, 1},
        {"no readiness script in the image", healthy_but([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.ping = Ping::absent;
         }),
         "inconclusive", fix, 3},
        {"services cannot be listed", healthy_but([](Scene& scene) {
             scene.snapshot.services = Trouble{Trouble::Kind::forbidden, "no right"};
         }),
         "inconclusive", fix, 3},
        {"nobody owns the lock, and no log tells why",
         stuck_but([](Scene& scene) { scene.locks(Locks::nobody); }), "inconclusive", fix, 1},
        {"Locket does not listen", stuck_but([](Scene& scene) { scene.locks(Locks::no_locket); }),
         "inconclusive", fix, 1},
        {"Locket is not reached, and its own pods cannot be asked", stuck_but([](Scene& scene) {
             scene.with_own_lockets().way_to_locket(Reach::timed_out).mute("locket-0").mute("locket-1");
         }),
         "inconclusive", fix, 1},
        {"one Locket does not listen, the other cannot be asked", stuck_but([](Scene& scene) {
             scene.with_own_lockets()
                 .locket_port(Reach::refused)
                 .way_to_locket(Reach::refused)
                 .mute("locket-1");
         }),
         "inconclusive", fix, 1},
        {"one Locket hangs, the other does not listen", stuck_but([](Scene& scene) {
             scene.with_own_lockets().inside("locket-1").locket_port = Connection{Reach::refused, ""};
         }),
         "inconclusive", fix, 1},
        {"Locket cannot be asked: nothing says where the BBS asks it",
         stuck_but([](Scene& scene) { scene.locks(Locks::unasked); }), "inconclusive", fix, 1},
    };
}

TEST(Causes, KnowHealth) {
    for (const Situation& situation : healthy_situations()) expect(situation);
}
TEST(Causes, KnowWhenRestartingHelps) {
    for (const Situation& situation : restart_situations()) expect(situation);
}
TEST(Causes, KnowWhenWaitingHelps) {
    for (const Situation& situation : waiting_situations()) expect(situation);
}
TEST(Causes, KnowWhenAPersonMustAct) {
    for (const Situation& situation : situations_for_a_person()) expect(situation);
}
TEST(Causes, KnowABbsWithoutASpare) {
    for (const Situation& situation : situations_without_a_spare()) expect(situation);
}
TEST(Causes, KnowContradictions) {
    for (const Situation& situation : contradictions()) expect(situation);
}
TEST(Causes, KnowALocketThatWaitsInsideItsDatabase) {
    for (const Situation& situation : blocked_situations()) expect(situation);
    Scene scene = blocked(Scene::stuck());
    scene.inside("diego-api-1").locket_stacks.outside = 1;
    const std::vector<std::string> because = judge(scene.snapshot).diagnosis.because;
    ASSERT_EQ(because.size(), 2U);
    EXPECT_TRUE(because[0].starts_with("in diego-api-0's Locket 6 requests for the lock waited"))
        << because[0];
    EXPECT_TRUE(because[1].starts_with("in diego-api-1's Locket 1 request for the lock waited"))
        << because[1];
}
TEST(Causes, KnowOneHungLocketOfSeveral) {
    for (const Situation& situation : hung_one_situations()) expect(situation);
}
TEST(Causes, KnowWhenNoBbsRuns) {
    for (const Situation& situation : situations_without_a_bbs()) expect(situation);
}
TEST(Causes, KnowWhenNothingIsStaged) {
    for (const Situation& situation : auctioneer_situations()) expect(situation);
}
TEST(Causes, KnowWhenTheyDoNotKnow) {
    for (const Situation& situation : situations_that_tell_too_little()) expect(situation);
}

TEST(Causes, AreAllMetByTheseTables) {
    std::set<std::string_view> met;
    for (const Situation& situation : every_situation()) met.insert(situation.id);
    for (const Cause& cause : causes()) EXPECT_TRUE(met.contains(cause.id)) << cause.id;
}

// What two faults at once are taken for: the one of which restarting would be worst comes first.
TEST(Causes, HaveAPrecedence) {
    const std::vector<Situation> table{
        {"pods unknown, and the namespace is missing", healthy_but([](Scene& scene) {
             scene.snapshot.pods = Trouble{};
             scene.snapshot.namespace_is_missing = true;
         }),
         "inconclusive", Remedy::fix_first, 3},
        {"no BBS, and no Cloud Controller", healthy_but([](Scene& scene) {
             scene.snapshot.pods = std::vector<Pod>{};
             scene.snapshot.controllers = std::vector<Controller>{};
         }),
         "no-diego", Remedy::fix_first, 1},
        {"database down, and Cloud Controller too", stuck_but([](Scene& scene) {
             scene.database(Reach::refused).unready("api-0").unready("api-1").snapshot.probes.clear();
         }),
         "database-down", Remedy::fix_first, 1},
        {"database down, and pods crash because of it",
         stuck_but([](Scene& scene) { scene.database(Reach::refused).crash("diego-api-0"); }),
         "database-down", Remedy::fix_first, 1},
        {"database down, and a certificate", stuck_but([](Scene& scene) {
             scene.database(Reach::refused).inside("diego-api-1").ping = Ping::certificate;
         }),
         "database-down", Remedy::fix_first, 1},
        {"database down, and a stranger",
         stuck_but([](Scene& scene) { scene.database(Reach::refused).locks(Locks::owner, "x"); }),
         "database-down", Remedy::fix_first, 1},
        {"database down, and pods are young",
         stuck_but([](Scene& scene) { scene.database(Reach::refused).created("diego-api-0", seconds{9}); }),
         "database-down", Remedy::fix_first, 1},
        {"a certificate, and a stranger", stuck_but([](Scene& scene) {
             scene.locks(Locks::owner, "x").inside("diego-api-0").ping = Ping::certificate;
         }),
         "certificate", Remedy::fix_first, 1},
        {"a stranger, and pods are young",
         stuck_but([](Scene& scene) { scene.locks(Locks::owner, "x").created("diego-api-0", seconds{9}); }),
         "lock-held-elsewhere", Remedy::fix_first, 1},
        {"a stranger, and pods are Terminating",
         stuck_but([](Scene& scene) { scene.locks(Locks::owner, "x").terminate("diego-api-0"); }),
         "lock-held-elsewhere", Remedy::fix_first, 1},
        {"a stranger, and the lock moved just now",
         stuck_but([](Scene& scene) { scene.locks(Locks::owner, "x").lock_moved(seconds{3}); }),
         "lock-held-elsewhere", Remedy::fix_first, 1},
        {"a stranger, and Cloud Controller is down", stuck_but([](Scene& scene) {
             scene.locks(Locks::owner, "x").unready("api-0").unready("api-1").snapshot.probes.clear();
         }),
         "lock-held-elsewhere", Remedy::fix_first, 1},
        {"Cloud Controller is down, and the BBS is stuck",
         stuck_but([](Scene& scene) { scene.unready("api-0").unready("api-1").snapshot.probes.clear(); }),
         "cloud-controller-down", Remedy::fix_first, 1},
        {"Cloud Controller is down, and BBS pods crash", stuck_but([](Scene& scene) {
             scene.crash("diego-api-0").unready("api-0").unready("api-1").snapshot.probes.clear();
         }),
         "cloud-controller-down", Remedy::fix_first, 1},
        {"one BBS pod crashes, the other is young",
         stuck_but([](Scene& scene) { scene.crash("diego-api-0").created("diego-api-1", seconds{9}); }),
         "bbs-pods-failing", Remedy::fix_first, 1},
        {"young pods, and the lock moved just now",
         stuck_but([](Scene& scene) { scene.created("diego-api-1", seconds{9}).lock_moved(seconds{3}); }),
         "bbs-starting", Remedy::wait, 1},
        {"a failover that looks like a stale label",
         healthy_but([](Scene& scene) { scene.label_only("diego-api-1").lock_moved(seconds{9}); }),
         "failover", Remedy::wait, 1},
        {"a stale label, and some do not get through",
         healthy_but([](Scene& scene) { scene.label_only("diego-api-1").nc("api-0", Reach::refused); }),
         "label-stale", Remedy::fix_first, 1},
        {"nobody gets through, and one Cloud Controller is not ready", healthy_but([](Scene& scene) {
             scene.nc(Reach::refused).unready("api-1").snapshot.probes.pop_back();
         }),
         "bbs-unreachable", Remedy::fix_first, 1},
    };
    for (const Situation& situation : table) expect(situation);
}

// By a clock that is behind, no pod is old: it does not count where it is behind the API server's, and else is told.
TEST(Causes, AClockThatIsBehindMakesNoPodYoungInSilence) {
    const auto judged = [](std::chrono::seconds behind, std::chrono::seconds age) {
        Scene scene = Scene::stuck();
        for (Inside& one : scene.snapshot.insides) {
            *one.clock -= behind;
            *one.bbs_log.last_event -= behind;
        }
        for (Pod& pod : scene.snapshot.pods.value()) pod.created = look_time - age;
        return judge(scene.snapshot).diagnosis;
    };
    EXPECT_EQ(judged(an_hour, an_hour / 2).id, "bbs-lock-stuck");
    EXPECT_EQ(judged(an_hour, 2 * an_hour).id, "bbs-lock-stuck");
    const Diagnosis told = judged(an_hour, an_hour + seconds{30});
    EXPECT_EQ(told.id, "bbs-starting");
    EXPECT_EQ(
        told.because.back(),
        "diego-api-1's clock is 3600 s behind ours: if it is wrong, pods look younger here than they are");
    EXPECT_EQ(judged(seconds{60}, seconds{90}).because.back(), "diego-api-1 is younger than 60 s");
}

TEST(Causes, ALocketThatDiesAtEveryStartIsShownWithItsError) {
    const auto proof = [](std::chrono::seconds ago) {
        Scene scene = Scene::stuck();
        scene.locket_port(Reach::refused).way_to_locket(Reach::refused);
        scene.inside("diego-api-1").locket_log.crashes = {
            .deaths = 3, .failure = "x: read-only", .since = look_time - an_hour, .last = look_time - ago};
        const Judgement judgement = judge(scene.snapshot);
        EXPECT_EQ(judgement.diagnosis.id, "locket-down");
        return ::testing::PrintToString(judgement.diagnosis.because);
    };
    const std::string_view words = "has died 3 times at its start since ";
    EXPECT_NE(proof(seconds{9}).find(words), std::string::npos) << proof(seconds{9});
    EXPECT_NE(proof(seconds{9}).find("x: read-only"), std::string::npos);
    EXPECT_EQ(proof(seconds{90}).find(words), std::string::npos) << "long ago";
}

TEST(Causes, HaveWordsOfTheirOwn) {
    for (const Cause& cause : causes()) {
        EXPECT_FALSE(cause.id.empty());
        EXPECT_EQ(cause.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos)
            << cause.id;
        EXPECT_FALSE(cause.title.empty()) << cause.id;
        EXPECT_TRUE(!cause.advice.empty() || cause.remedy == Remedy::none) << cause.id;
    }
    EXPECT_EQ(causes().back().id, "inconclusive");
}

}  // namespace

std::vector<Situation> every_situation() {
    std::vector<Situation> all;
    for (const auto& table :
         {healthy_situations(), restart_situations(), waiting_situations(), situations_for_a_person(),
          situations_that_tell_too_little(), situations_without_a_spare(), contradictions(),
          blocked_situations(), hung_one_situations(), situations_without_a_bbs(), auctioneer_situations()})
        all.insert(all.end(), table.begin(), table.end());
    return all;
}

}  // namespace cfee
