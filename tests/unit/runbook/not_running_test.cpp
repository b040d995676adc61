// No BBS runs and nobody starts it: what a restart needs then, which pods it is about, and how heal waits.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/restart.hpp"
#include "tests/unit/runbook/gone.hpp"
#include "tests/unit/runbook/play.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;
using State = Condition::State;
using Monit = Supervision::Monit;

struct Row {
    char letter;
    std::string_view name;
    void (*change)(Scene&);
    State state;
    std::string_view id;
};

std::string_view to_words(State state) {
    return state == State::holds ? "holds" : state == State::unknown ? "unknown" : "speaks against";
}

void say(Scene& scene, Monit monit, const std::string& text) {
    scene.inside("diego-api-1").supervision.monit = monit;
    scene.inside("diego-api-1").supervision.monit_text = text;
}

const std::vector<Row> table{
    {'a', "one serves", [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::serving; },
     State::speaks_against, "label-stale"},
    {'a', "one answers with an error",
     [](Scene& scene) {
         scene.inside("diego-api-1").ping = Ping::error;
         scene.inside("diego-api-1").bbs_port = Scene::open();
     },
     State::holds, "inconclusive"},
    {'c', "a database refuses", [](Scene& scene) { scene.database(Reach::refused); }, State::speaks_against,
     "database-down"},
    {'c', "a database is silent",
     [](Scene& scene) { scene = databases_say(std::move(scene), DatabaseAnswer::Kind::silent, "bbs"); },
     State::speaks_against, "database-down"},
    {'d', "a migration", [](Scene& scene) { scene.inside("diego-api-1").bbs_log.is_migrating = true; },
     State::speaks_against, "bbs-starting"},
    {'d', "no log", [](Scene& scene) { scene.inside("diego-api-1").bbs_log = {}; }, State::unknown,
     "inconclusive"},
    {'e', "a pod is young", [](Scene& scene) { scene.created("diego-api-1", seconds{59}); },
     State::speaks_against, "bbs-starting"},
    {'e', "the lock moved", [](Scene& scene) { scene.lock_moved(seconds{29}); }, State::speaks_against,
     "failover"},
    {'f', "Locket hangs",
     [](Scene& scene) {
         scene = databases_say(std::move(scene.locks(Locks::hangs)), DatabaseAnswer::Kind::accepts);
     },
     State::speaks_against, "bbs-lock-stuck"},
    {'f', "Locket still names the one that is gone",
     [](Scene& scene) { scene.locks(Locks::owner, "diego-api-0"); }, State::speaks_against, "bbs-lock-stuck"},
    {'f', "a stranger has the lock", [](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); },
     State::speaks_against, "lock-held-elsewhere"},
    {'f', "Locket does not listen",
     [](Scene& scene) { scene.locket_port(Reach::refused).way_to_locket(Reach::refused); },
     State::speaks_against, "locket-down"},
    {'f', "Locket's database fails", [](Scene& scene) { scene.locks(Locks::database_error); },
     State::speaks_against, "database-down"},
    {'f', "Locket refuses", [](Scene& scene) { scene.inside("diego-api-1").bbs_log.refusal = "sql-unknown"; },
     State::speaks_against, "database-refuses"},
    {'f', "no cfdot", [](Scene& scene) { scene.locks(Locks::absent); }, State::unknown, "inconclusive"},
    {'g', "8889 is open", [](Scene& scene) { scene.inside("diego-api-1").bbs_port = Scene::open(); },
     State::speaks_against, "inconclusive"},
    {'g', "8890 is open",
     [](Scene& scene) { scene.inside("diego-api-1").supervision.health_port = Scene::open(); },
     State::speaks_against, "inconclusive"},
    {'g', "17017 is open",
     [](Scene& scene) { scene.inside("diego-api-1").bbs_stacks.state = Stacks::State::known; },
     State::speaks_against, "inconclusive"},
    {'g', "a process", [](Scene& scene) { scene.inside("diego-api-1").supervision.bbs_runs = true; },
     State::speaks_against, "inconclusive"},
    {'g', "processes that may not be seen",
     [](Scene& scene) { scene.inside("diego-api-1").supervision.bbs_runs.reset(); }, State::unknown,
     "inconclusive"},
    {'g', "8890 could not be asked",
     [](Scene& scene) { scene.inside("diego-api-1").supervision.health_port.reset(); }, State::unknown,
     "inconclusive"},
    {'g', "17017 could not be asked", [](Scene& scene) { scene.inside("diego-api-1").bbs_stacks = {}; },
     State::unknown, "inconclusive"},
    {'h', "no monit", [](Scene& scene) { say(scene, Monit::unknown, "there is no monit"); }, State::unknown,
     "inconclusive"},
    {'h', "somebody stopped it",
     [](Scene& scene) { say(scene, Monit::leaves_alone, "monit says of the BBS: not monitored"); },
     State::speaks_against, "bbs-stopped"},
    {'i', "its log says why",
     [](Scene& scene) { scene.inside("diego-api-1").bbs_log.failure = "no space left"; },
     State::speaks_against, "inconclusive"},
};

std::vector<Condition> conditions_of(const Scene& scene) {
    return restart_of_bbs_that_are_gone.conditions(Facts(scene.snapshot), {});
}

TEST(NotRunning, AllHoldWhereNoneRuns) {
    const Scene scene = gone();
    std::string letters;
    for (const Condition& condition : conditions_of(scene)) {
        letters += condition.letter();
        EXPECT_EQ(to_words(condition.state), "holds") << condition.text;
    }
    EXPECT_EQ(letters, "afcdeghi");
    const Judgement judgement = judge(scene.snapshot);
    EXPECT_EQ(judgement.diagnosis.id, "bbs-not-running");
    EXPECT_EQ(to_words(judgement.diagnosis.remedy), "restart");
    EXPECT_EQ(judgement.exit_status(), 1);
}

TEST(NotRunning, EachThatDoesNotHoldIsSomethingElse) {
    for (const Row& row : table) {
        SCOPED_TRACE(std::string(1, row.letter) + ": " + std::string(row.name));
        Scene scene = gone();
        row.change(scene);
        for (const Condition& condition : conditions_of(scene)) {
            if (condition.letter() == row.letter) {
                EXPECT_EQ(to_words(condition.state), to_words(row.state)) << condition.text;
            }
        }
        EXPECT_EQ(judge(scene.snapshot).diagnosis.id, row.id);
    }
}

TEST(NotRunning, IsNotKnownOfAPodThatWasNotAskedNorOfNone) {
    Snapshot unasked = gone().snapshot;
    std::erase_if(unasked.insides, [](const Inside& one) { return one.pod == "diego-api-1"; });
    Snapshot none = gone().snapshot;
    std::erase_if(none.pods.value(), [](const Pod& one) { return one.role == Role::bbs; });
    for (const Snapshot& snapshot : {unasked, none}) {
        for (const Condition& one : restart_of_bbs_that_are_gone.conditions(Facts(snapshot), {})) {
            const bool is_of_its_own = std::string_view("fghi").find(one.letter()) != std::string_view::npos;
            EXPECT_TRUE(!is_of_its_own || one.state == State::unknown) << one.text;
        }
    }
}

// Where a process was seen nothing is said of none, open port or not.
TEST(NotRunning, IsNotTheReasonWhereOneRuns) {
    Scene scene = gone();
    scene.inside("diego-api-1").supervision.bbs_runs = true;
    for (const std::string& reason : judge(scene.snapshot).diagnosis.because)
        EXPECT_EQ(reason.find("no BBS pod has a process"), std::string::npos) << reason;
    scene = gone();
    scene.inside("diego-api-1").bbs_port = Connection{Reach::timed_out, "as told"};
    scene.inside("diego-api-1").supervision.health_port.reset();
    for (const std::string& reason : judge(scene.snapshot).diagnosis.because)
        EXPECT_EQ(reason.find("no BBS pod has a process"), std::string::npos) << reason;
}

// Within 90 s it may be a failover: the other one, or monit, may be about to act.
TEST(NotRunning, IsAFailoverFirst) {
    for (const auto& [ago, id] : {std::pair{89, "failover"}, {90, "bbs-not-running"}}) {
        Scene scene = gone();
        scene.inside("diego-api-0").bbs_log.last_written = look_time - seconds{ago};
        EXPECT_EQ(judge(scene.snapshot).diagnosis.id, id) << ago;
    }
}

TEST(NotRunning, SaysWhatIsNotKnown) {
    Scene scene = gone();
    say(scene, Monit::unknown, "there is no monit");
    const std::vector<std::string> because = judge(scene.snapshot).diagnosis.because;
    ASSERT_EQ(because.size(), 1U);
    EXPECT_EQ(
        because.front(),
        "for a restart it is not known that monit looks after the BBS in every BBS pod: nobody told it to "
        "leave it alone (diego-api-1: there is no monit)");
    scene = gone();
    say(scene, Monit::leaves_alone, "monit says of the BBS: not monitored");
    EXPECT_EQ(judge(scene.snapshot).diagnosis.because.back(),
              "diego-api-1: monit says of the BBS: not monitored");
}

TEST(NotRunning, OneThatServesIsLeftWithoutASpare) {
    Scene scene = Scene::healthy();
    scene.inside("diego-api-1") = gone().inside("diego-api-1");
    scene.inside("diego-api-1").locks = Locks::owner;
    scene.inside("diego-api-1").lock_owner = "diego-api-0";
    scene.inside("diego-api-1").bbs_log.says_active = true;
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "no-spare");
}

TEST(NotRunning, IsPlannedForTheBbsPodsAlone) {
    Scene scene = Scene::stuck();
    scene = gone(std::move(scene.with_own_lockets()));
    Play play;
    for (int at = 0; at <= 60; at += 5) play.see(scene, at);
    ASSERT_TRUE(play.history.plan);
    ASSERT_EQ(play.history.plan->stages.size(), 1U);
    EXPECT_EQ(play.history.plan->stages.front().role, Role::bbs);
    for (const Deletion& one : play.history.plan->deletions())
        EXPECT_EQ(one.reason, "no BBS runs in it, and nobody starts it");
}

TEST(NotRunning, IsWaitedOutForTheWholeGracePeriod) {
    Play play;
    for (int at = 0; at < 60; at += 5) EXPECT_TRUE(play.see(gone(), at).starts_with("look in")) << at;
    EXPECT_FALSE(play.history.plan);
    play.see(gone(), 60);
    EXPECT_TRUE(play.history.plan) << "now";
    play.see(gone(), 62);
    EXPECT_EQ(play.done.back(), "delete 0: diego-api-0 diego-api-1");
}

TEST(NotRunning, WhatAppearsBeforeTheDeletionRefuses) {
    for (const Row& row : table) {
        for (const Force force : {Force::no, Force::yes}) {
            SCOPED_TRACE(std::string(1, row.letter) + ": " + std::string(row.name));
            Play play;
            play.limits.force = force;
            play.through_the_grace_period(gone());
            ASSERT_TRUE(play.history.plan);
            Scene changed = gone();
            row.change(changed);
            play.see(changed, 62);
            EXPECT_FALSE(play.has_deleted());
        }
    }
}

// What could not be had may be stood in for; what speaks against may not.
TEST(NotRunning, ForceStandsInForWhatCouldNotBeHad) {
    for (const auto& [monit, is_planned] : {std::pair{Monit::unknown, true}, {Monit::leaves_alone, false}}) {
        Play play;
        play.limits.force = Force::yes;
        Scene scene = gone();
        say(scene, monit, "as told");
        for (int at = 0; at <= 60; at += 5) play.see(scene, at);
        EXPECT_EQ(play.history.plan.has_value(), is_planned);
    }
}

}  // namespace

}  // namespace cfee
