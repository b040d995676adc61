// What heal promises (design, section 7), one group of tests a promise: history, look, time -> decision.
#include "lib/runbook/decide.hpp"

#include <gtest/gtest.h>

#include "tests/unit/runbook/hung.hpp"
#include "tests/unit/runbook/play.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;
using Kind = DeletionResult::Kind;

struct Change {
    std::string_view name;
    void (*apply)(Scene&);
};

Scene stuck(void (*apply)(Scene&) = nullptr) {
    Scene scene = Scene::stuck();
    if (apply != nullptr) apply(scene);
    return scene;
}

const std::vector<Change> facts_against{
    {"a BBS serves", [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::serving; }},
    {"a stranger owns the lock", [](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); }},
    {"nobody owns it", [](Scene& scene) { scene.locks(Locks::nobody); }},
    {"no way to Locket", [](Scene& scene) { scene.locks(Locks::no_locket); }},
    {"Locket's database fails", [](Scene& scene) { scene.locks(Locks::database_error); }},
    {"a database refuses", [](Scene& scene) { scene.database(Reach::refused); }},
    {"a migration runs", [](Scene& scene) { scene.inside("diego-api-1").bbs_log.is_migrating = true; }},
    {"a pod is being deleted", [](Scene& scene) { scene.terminate("diego-api-1"); }},
    {"a pod is young", [](Scene& scene) { scene.created("diego-api-1", seconds{59}); }},
    {"the lock has moved", [](Scene& scene) { scene.lock_moved(seconds{29}); }},
};
const std::vector<Change> gaps{
    {"no cfdot", [](Scene& scene) { scene.locks(Locks::absent); }},
    {"no database's address", [](Scene& scene) { scene.inside("diego-api-1").databases.clear(); }},
    {"an empty log", [](Scene& scene) { scene.inside("diego-api-0").bbs_log = {.is_known = true}; }},
    {"a log without times", [](Scene& scene) { scene.inside("diego-api-0").clock.reset(); }},
};

// 0. Facts for a restart are demanded, and one against it is final.

TEST(Promise0, AFactAgainstItIsFinalForcedOrNot) {
    for (const Force force : {Force::no, Force::yes}) {
        for (const Change& change : facts_against) {
            Play play;
            play.limits.force = force;
            for (int at = 0; at < 120; at += 5) play.see(stuck(change.apply), at);
            EXPECT_FALSE(play.history.plan) << change.name;
        }
    }
}

TEST(Promise0, ForceStandsInForAFactThatCouldNotBeHad) {
    for (const Change& change : gaps) {
        Play play;
        EXPECT_EQ(play.see(stuck(change.apply), 0).substr(0, 7), "refused") << change.name;
        Play forced;
        forced.limits.force = Force::yes;
        EXPECT_EQ(forced.through_the_grace_period(stuck(change.apply)), "look") << change.name;
        EXPECT_EQ(forced.see(stuck(change.apply), 61).substr(0, 6), "glance") << change.name;
        EXPECT_TRUE(forced.has_deleted() && forced.has_told("forced, although")) << change.name;
    }
}

// 1. No pod is deleted that the plan did not name, by UID.

TEST(Promise1, WhatIsDeletedIsWhatWasPlanned) {
    Play play;
    play.through_the_grace_period(stuck());
    EXPECT_EQ(play.see(stuck(), 61), "glance");
    EXPECT_EQ(play.done.back(), "delete 0: diego-api-0 diego-api-1");
    std::vector<std::string> uids;
    for (const Deletion& action : play.history.actions) uids.push_back(action.uid);
    EXPECT_EQ(uids, (std::vector<std::string>{"u-diego-api-0", "u-diego-api-1"}));
}

TEST(Promise1, AnotherPodOfTheSameNameIsNotHit) {
    Play play;
    play.through_the_grace_period(stuck());
    EXPECT_EQ(play.see(renewed(stuck()), 61), "refused: the pods are not those of the plan any more");
}

// 2. Only where the remedy is a restart.

TEST(Promise2, NoOtherRemedyLeadsToAPlan) {
    const std::vector<Change> table{
        {"healthy", [](Scene& scene) { scene = Scene::healthy(); }},
        {"database-down", [](Scene& scene) { scene.database(Reach::timed_out); }},
        {"lock-held-elsewhere", [](Scene& scene) { scene.locks(Locks::owner, "stranger"); }},
        {"inconclusive", [](Scene& scene) { scene.mute("diego-api-0"); }},
        {"pods-failing", [](Scene& scene) { scene.crash("diego-api-0"); }},
        {"no Cloud Controller", [](Scene& scene) { scene.unready("api-0").unready("api-1"); }},
        {"the list was refused",
         [](Scene& scene) {
             scene.snapshot.pods = Trouble{Trouble::Kind::forbidden, "no"};
         }},
    };
    for (const Change& change : table) {
        for (const DryRun dry_run : {DryRun::none, DryRun::client}) {
            Play play;
            play.limits.dry_run = dry_run;
            for (int at = 0; at < 120; at += 5) play.see(stuck(change.apply), at);
            EXPECT_FALSE(play.history.plan) << change.name;
        }
    }
}

// 3. A failover is waited out.

TEST(Promise3, OnlyAnUnbrokenRunOverTheGracePeriodCounts) {
    Play play;
    EXPECT_EQ(play.see(stuck(), 0), "look in 5000 ms");
    EXPECT_EQ(play.see(stuck(), 58), "look in 1900 ms");
    EXPECT_EQ(play.see(stuck(), 59.8), "look in 100 ms");
    EXPECT_FALSE(play.history.plan);
    EXPECT_EQ(play.see(stuck(), 59.9), "look");
    EXPECT_TRUE(play.history.plan && play.history.agreed);
}

TEST(Promise3, WhatBreaksTheRunStartsItAnew) {
    const std::vector<Change> table{
        {"a label", [](Scene& scene) { scene.pod("diego-api-0").label = ActiveLabel::active; }},
        {"a restart", [](Scene& scene) { scene.pod("diego-api-0").containers[0].restarts = 1; }},
        {"another pod", [](Scene& scene) { scene.pod("diego-api-0").uid = "u"; }},
        {"a movement", [](Scene& scene) { scene.lock_moved(seconds{5}); }},
        {"a gap", [](Scene& scene) { scene.mute("diego-api-0"); }},
    };
    for (const Change& change : table) {
        Play play;
        play.see(stuck(), 0);
        play.see(stuck(), 30);
        EXPECT_EQ(play.see(stuck(change.apply), 55), "look in 5000 ms") << change.name;
        EXPECT_EQ(play.see(stuck(), 60), "look in 5000 ms") << change.name;
        EXPECT_EQ(play.see(stuck(), 118), "look in 1900 ms") << change.name;
        EXPECT_FALSE(play.history.plan) << change.name;
        play.see(stuck(), 120);
        EXPECT_TRUE(play.history.plan) << change.name;
    }
}

TEST(Promise3, TheProofOfAHangStandsInForTheGracePeriod) {
    Play play;
    EXPECT_EQ(play.see(hung(stuck()), 0), "look in 15000 ms");
    EXPECT_FALSE(play.history.plan);
    EXPECT_EQ(play.see(hung(stuck()), 15.1), "look");
    EXPECT_TRUE(play.history.plan && play.history.agreed && !play.has_deleted());
    EXPECT_TRUE(play.has_told("the hang is proved: no grace period needed"));
    EXPECT_TRUE(
        play.has_told("in diego-api-0's Locket 2 requests have waited for the database for at least "
                      "15 s, and none is answered"));
    EXPECT_EQ(play.see(hung(stuck()), 16), "glance");
    EXPECT_EQ(play.done.back(), "delete 0: diego-api-0 diego-api-1");
}

TEST(Promise3, TheProofIsLookedForWhenItCanBeHad) {
    Play play;
    Scene asks_late = hung(stuck());
    for (Inside& one : asks_late.snapshot.insides) one.bbs_log.asked_since = look_time - seconds{35};
    EXPECT_EQ(play.see(asks_late, 0), "look in 5000 ms") << "in 25 s";
    for (Inside& one : asks_late.snapshot.insides) *one.clock += seconds{12};
    EXPECT_EQ(play.see(asks_late, 12), "look in 12900 ms");
    for (Inside& one : asks_late.snapshot.insides) *one.clock += seconds{13};
    EXPECT_EQ(play.see(asks_late, 25), "look");
    Play short_grace;
    short_grace.limits.grace = seconds{9};
    EXPECT_EQ(short_grace.see(hung(stuck()), 0), "look in 5000 ms");
}

TEST(Promise3, WithoutTheProofTheGracePeriodStays) {
    const std::vector<Change> table{
        {"no stacks", [](Scene& scene) { scene.inside("diego-api-0").bbs_stacks = {}; }},
        {"no stacks of a Locket", [](Scene& scene) { scene.inside("diego-api-1").locket_stacks = {}; }},
        {"a BBS does not wait",
         [](Scene& scene) { scene.inside("diego-api-1").bbs_stacks.waiting_for_locket.clear(); }},
        {"a request under way", [](Scene& scene) { scene.inside("diego-api-1").locket_stacks.outside = 1; }},
        {"nobody heard the database",
         [](Scene& scene) { scene.inside("diego-api-1").databases[0].answer.reset(); }},
        {"it has asked for less than 60 s",
         [](Scene& scene) { scene.inside("diego-api-1").bbs_log.asked_since = look_time - seconds{59}; }},
        {"the log does not say since when",
         [](Scene& scene) { scene.inside("diego-api-1").bbs_log.client_word = LockLog::ClientWord::other; }},
    };
    for (const Change& change : table) {
        Scene scene = hung(stuck());
        change.apply(scene);
        Play play;
        play.see(hung(stuck()), 0);
        for (int at = 16; at < 60; at += 5) play.see(scene, at);
        EXPECT_FALSE(play.history.plan) << change.name;
        EXPECT_EQ(play.see(scene, 60), "look") << change.name;
        EXPECT_FALSE(play.has_told("no grace period needed")) << change.name;
    }
}

TEST(Promise3, TheProofIsOfOneHangAndNotOfTwo) {
    const std::vector<Change> table{
        {"other requests",
         [](Scene& scene) {
             scene.inside("diego-api-1").locket_stacks.waiting_for_database = {7, 8};
         }},
        {"another process",
         [](Scene& scene) { scene.inside("diego-api-1").locket_stacks.processes = {"9:9999"}; }},
    };
    for (const Change& change : table) {
        Scene scene = hung(stuck());
        change.apply(scene);
        Play play;
        play.see(hung(stuck()), 0);
        EXPECT_EQ(play.see(scene, 16), "look in 15000 ms") << change.name;
        EXPECT_FALSE(play.history.plan) << change.name;
        EXPECT_EQ(play.see(scene, 31.1), "look") << change.name << ", which hangs too";
    }
}

TEST(Promise3, WhatBreaksTheRunBreaksTheProof) {
    Play play;
    Scene labelled = hung(stuck());
    labelled.pod("diego-api-0").label = ActiveLabel::active;
    play.see(hung(stuck()), 0);
    play.see(labelled, 5);
    EXPECT_EQ(play.see(hung(stuck()), 16), "look in 15000 ms");
    Play other;
    Scene moved = hung(stuck());
    moved.lock_moved(seconds{5});
    other.see(hung(stuck()), 0);
    other.see(moved, 5);
    EXPECT_EQ(other.see(hung(stuck()), 16), "look in 15000 ms");
}

TEST(Promise3, AProofThatIsGoneBeforeTheDeletionWasNone) {
    Play play;
    Scene answered = hung(stuck());
    answered.inside("diego-api-0").locket_stacks.waiting_for_database = {1099};
    play.see(hung(stuck()), 0);
    EXPECT_EQ(play.see(hung(stuck()), 15.1), "look");
    EXPECT_EQ(play.see(answered, 16).substr(0, 8), "look in ");
    EXPECT_FALSE(play.has_deleted());
    EXPECT_FALSE(play.history.plan || play.history.agreed);
    for (int at = 20; at < 76; at += 5) play.see(stuck(), at);
    EXPECT_FALSE(play.history.plan);
    EXPECT_EQ(play.see(stuck(), 76), "look") << "the grace period begins anew";
}

TEST(Promise3, AProofAllowsNothingThatSpeaksAgainst) {
    for (const Change& change : facts_against) {
        for (const Force force : {Force::no, Force::yes}) {
            Play play;
            play.limits.force = force;
            for (int at = 0; at < 120; at += 16) play.see(hung(stuck(change.apply)), at);
            EXPECT_FALSE(play.history.plan) << change.name;
        }
    }
    Play forced;
    forced.limits.force = Force::yes;
    Scene gap = hung(stuck());
    gap.locks(Locks::absent);
    forced.see(gap, 0);
    EXPECT_EQ(forced.see(gap, 16), "look in 5000 ms") << "forced, the grace period stays";
}

TEST(Promise3, WhatPassesIsSaidToHavePassed) {
    Play play;
    play.see(stuck(), 0);
    EXPECT_EQ(play.see(Scene::healthy(), 5).substr(0, 16), "healed by itself");
    EXPECT_EQ(Play().see(Scene::healthy(), 0).substr(0, 8), "healthy:");
}

TEST(Promise3, WhileThingsMoveAPersonIsNotCalledAtOnce) {
    Scene moving = stuck();
    moving.lock_moved(seconds{5});
    Scene ill = stuck();
    ill.database(Reach::refused);
    Play play;
    play.see(moving, 0);
    EXPECT_EQ(play.see(ill, 5), "look in 5000 ms");
    EXPECT_EQ(play.see(ill, 34.8), "look in 5000 ms");
    EXPECT_EQ(play.see(ill, 34.9).substr(0, 7), "refused");
    EXPECT_EQ(Play().see(ill, 0).substr(0, 7), "refused");
}

TEST(Promise3, TheTimeEnds) {
    Scene moving = stuck();
    moving.lock_moved(seconds{5});
    Play play;
    play.see(moving, 0);
    EXPECT_EQ(play.see(moving, 899.8), "look in 5000 ms");
    EXPECT_EQ(play.see(moving, 899.9),
              "refused: the time was up before it was clear that a restart would help");
}

// 4 and 5. Evidence and consent come first.

TEST(Promise4, WithoutEvidenceNothingIsDeleted) {
    Play play;
    play.evidence_problem = "no room";
    EXPECT_EQ(play.through_the_grace_period(stuck()), "refused: no room");
    Play unwanted;
    unwanted.evidence_problem = "no room";
    unwanted.limits.wants_evidence = false;
    EXPECT_EQ(unwanted.through_the_grace_period(stuck()), "look");
}

TEST(Promise4, EvidenceIsSavedBeforeTheFirstDeletion) {
    Play play;
    play.through_the_grace_period(stuck());
    play.see(stuck(), 61);
    EXPECT_EQ(play.done, (std::vector<std::string>{"go on", "plan", "agreed", "evidence", "try",
                                                   "delete 0: diego-api-0 diego-api-1"}));
}

TEST(Promise4, EvidenceIsSavedWhileTheProofIsAwaited) {
    Play play;
    EXPECT_EQ(play.see(hung(stuck()), 0), "look in 15000 ms");
    EXPECT_EQ(play.done, (std::vector<std::string>{"evidence"}));
    EXPECT_EQ(play.see(hung(stuck()), 15.1), "look");
    EXPECT_EQ(play.see(hung(stuck()), 16), "glance");
    EXPECT_EQ(play.done, (std::vector<std::string>{"evidence", "go on", "plan", "agreed", "try",
                                                   "delete 0: diego-api-0 diego-api-1"}));
}

TEST(Promise4, EvidenceIsSavedEarlyOnlyWhereAProofIsNearAndADeletionMayFollow) {
    struct Row {
        std::string_view name;
        void (*apply)(Play&, Scene&);
        bool is_saved;
    };
    const std::vector<Row> table{
        {"--yes", [](Play&, Scene&) {}, true},
        {"--confirm", [](Play& play, Scene&) { play.limits.consent = {.digest = "0123"}; }, true},
        {"somebody will be asked", [](Play& play, Scene&) { play.limits.consent = {.can_ask = true}; }, true},
        {"nobody can agree", [](Play& play, Scene&) { play.limits.consent = {}; }, false},
        {"--no-evidence", [](Play& play, Scene&) { play.limits.wants_evidence = false; }, false},
        {"--dry-run=client", [](Play& play, Scene&) { play.limits.dry_run = DryRun::client; }, false},
        {"--dry-run", [](Play& play, Scene&) { play.limits.dry_run = DryRun::server; }, false},
        {"the grace period ends before", [](Play& play, Scene&) { play.limits.grace = seconds{9}; }, false},
        {"no stacks", [](Play&, Scene& scene) { scene.inside("diego-api-0").bbs_stacks = {}; }, false},
        {"the requests are too young",
         [](Play&, Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.bbs_log.asked_since = look_time - seconds{35};
         },
         false},
        {"another cause", [](Play&, Scene& scene) { scene.database(Reach::refused); }, false},
        {"a failover", [](Play&, Scene& scene) { scene.lock_moved(seconds{5}); }, false},
    };
    for (const Row& row : table) {
        Play play;
        Scene scene = hung(stuck());
        row.apply(play, scene);
        play.see(scene, 0);
        EXPECT_EQ(std::count(play.done.begin(), play.done.end(), "evidence"), row.is_saved) << row.name;
    }
}

TEST(Promise4, EvidenceThatFailsEarlyEndsNothingBeforeADeletionIsDue) {
    Play play;
    play.evidence_problem = "no room";
    EXPECT_EQ(play.see(hung(stuck()), 0), "look in 15000 ms");
    EXPECT_EQ(play.see(hung(stuck()), 15.1), "refused: no room");
    EXPECT_EQ(play.done, (std::vector<std::string>{"evidence", "go on", "plan"}))
        << "nobody is asked in vain";
    Play passes;
    passes.evidence_problem = "no room";
    passes.see(hung(stuck()), 0);
    EXPECT_EQ(passes.see(Scene::healthy(), 15.1).substr(0, 16), "healed by itself");
    Play other;
    other.evidence_problem = "no room";
    other.see(hung(stuck()), 0);
    EXPECT_EQ(other.see(stuck(), 15.1), "look in 5000 ms") << "and it is tried once";
    EXPECT_EQ(other.done, (std::vector<std::string>{"evidence"}));
}

TEST(Promise4, EvidenceIsOfTheProcessesThatAreRestarted) {
    struct Row {
        std::string_view name;
        void (*apply)(Scene&);
        std::ptrdiff_t times;
    };
    const std::vector<Row> table{
        {"the same", [](Scene&) {}, 1},
        {"a gap", [](Scene& scene) { scene.mute("diego-api-0"); }, 1},
        {"another pod", [](Scene& scene) { scene.pod("diego-api-0").uid = "u"; }, 2},
        {"a restart", [](Scene& scene) { scene.pod("diego-api-0").containers[0].restarts = 1; }, 2},
        {"a label", [](Scene& scene) { scene.pod("diego-api-0").label = ActiveLabel::active; }, 2},
    };
    for (const Row& row : table) {
        for (const bool is_proved : {true, false}) {
            const auto scene = [&row, is_proved] {
                const Scene changed = stuck(row.apply);
                return is_proved ? hung(changed) : changed;
            };
            Play play;
            play.see(hung(stuck()), 0);
            for (int at = 5; at < 200 && !play.history.agreed; at += 5)
                play.see(row.times == 1 && at > 5 ? hung(stuck()) : scene(), at);
            EXPECT_TRUE(play.history.agreed && play.history.evidence_saved) << row.name;
            EXPECT_EQ(std::count(play.done.begin(), play.done.end(), "evidence"), row.times) << row.name;
        }
    }
}

TEST(Promise4, TheTimeThatEvidenceTakesIsNoGracePeriod) {
    Play play;
    play.evidence_takes = seconds{5};
    EXPECT_EQ(play.see(hung(stuck()), 0), "look in 10000 ms");
    Play slow;
    slow.limits.grace = seconds{40};
    slow.evidence_takes = seconds{45};
    EXPECT_EQ(slow.see(hung(stuck()), 0), "look") << "one look alone proves nothing";
    EXPECT_FALSE(slow.history.plan);
    EXPECT_EQ(slow.see(Scene::healthy(), 45.2).substr(0, 16), "healed by itself");
}

TEST(Promise5, NoConsentNoChange) {
    Play nobody;
    nobody.limits.consent = {};
    EXPECT_EQ(nobody.through_the_grace_period(stuck()).substr(0, 36), "refused: nobody was there to agree: ");
    Play asked;
    asked.limits.consent = {.can_ask = true};
    asked.through_the_grace_period(stuck());
    EXPECT_EQ(asked.done[2], "ask");
    Play declined;
    declined.history.has_declined = true;
    EXPECT_EQ(declined.through_the_grace_period(stuck()), "declined: declined; nothing was changed");
    Play other;
    other.limits.consent = {.is_given = true, .digest = "0123456789ab"};
    EXPECT_EQ(other.through_the_grace_period(stuck()).substr(0, 47),
              "refused: the world has changed since that diges");
    EXPECT_FALSE(nobody.has_deleted() || declined.has_deleted() || other.has_deleted());
}

// 6. Locket before BBS, with a look in between.

Scene with_lockets(void (*apply)(Scene&) = nullptr) {
    Scene scene = stuck(apply);
    scene.with_own_lockets();
    auto controllers = scene.snapshot.controllers.value();
    controllers.push_back({.name = "locket", .uid = "s-0", .wanted = 2});
    scene.snapshot.controllers = controllers;
    return scene;
}

/// Locket was restarted and is back, at 65 s.
Play after_locket(Force force = Force::no) {
    Play play;
    play.limits.force = force;
    play.through_the_grace_period(with_lockets());
    EXPECT_EQ(play.see(with_lockets(), 61), "glance");
    EXPECT_EQ(play.glance(renewed(with_lockets(), Role::locket), 65), "look on");
    return play;
}

TEST(Promise6, LocketGoesFirstAndIsAwaited) {
    Play play = after_locket();
    EXPECT_EQ(play.done[5], "delete 0: locket-0 locket-1");
    EXPECT_EQ(play.history.actions.size(), 2U);
}

TEST(Promise6, LocketGoesFirstAlsoWhereTheHangIsProved) {
    Play play;
    play.see(hung(with_lockets()), 0);
    EXPECT_EQ(play.see(hung(with_lockets()), 15.1), "look");
    EXPECT_EQ(play.see(hung(with_lockets()), 16), "glance");
    EXPECT_EQ(play.done.back(), "delete 0: locket-0 locket-1");
}

TEST(Promise6, WhatComesAfterLocketDependsOnAFreshLook) {
    struct Row {
        std::string_view name;
        void (*apply)(Scene&);
        double at;
        std::string_view decision;
    };
    const std::vector<Row> table{
        {"not yet", [](Scene&) {}, 94.8, "look in 5000 ms"},
        {"the BBS follows", [](Scene&) {}, 95.1, "glance"},
        {"a new Locket is young", [](Scene& scene) { scene.created("locket-0", seconds{30}); }, 95.1,
         "glance"},
        {"a BBS pod is young", [](Scene& scene) { scene.created("diego-api-0", seconds{30}); }, 95.1,
         "not healed"},
        {"a stranger", [](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); }, 95.1, "not healed"},
        {"the database", [](Scene& scene) { scene.database(Reach::refused); }, 95.1, "not healed"},
        {"a BBS serves", [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::serving; }, 95.1,
         "not healed"},
        {"an owner has gone", [](Scene& scene) { scene.snapshot.controllers.value()[0].wanted = 0; }, 95.1,
         "not healed"},
        {"a pod has been replaced", [](Scene& scene) { scene.pod("diego-api-1").uid = "u"; }, 95.1,
         "not healed"},
        {"one more pod",
         [](Scene& scene) { scene.add_bbs("diego-api-2").pod("diego-api-2").owner->uid = "s-1"; }, 95.1,
         "not healed"},
        {"active, and an endpoint",
         [](Scene& scene) { scene.label_only("diego-api-0").endpoint("diego-api-0"); }, 95.1, "not healed"},
        {"active, and no endpoint", [](Scene& scene) { scene.label_only("diego-api-0"); }, 95.1, "glance"},
        {"not known", [](Scene& scene) { scene.mute("diego-api-0"); }, 95.1, "look in 5000 ms"},
        {"the lock moves", [](Scene& scene) { scene.lock_moved(seconds{5}); }, 95.1, "look in 5000 ms"},
        {"cured", [](Scene& scene) { scene.nc(Reach::connected).make_active("diego-api-0"); }, 66, "look"},
    };
    for (const Force force : {Force::no, Force::yes}) {
        for (const Row& row : table) {
            Play play = after_locket(force);
            Scene scene = renewed(with_lockets(), Role::locket);
            row.apply(scene);
            EXPECT_EQ(play.see(scene, row.at).substr(0, row.decision.size()), row.decision) << row.name;
            const bool is_due = row.decision == "glance";
            EXPECT_EQ(play.history.actions.size(), is_due ? 4U : 2U) << row.name;
        }
    }
}

// 7. Healed is what two looks prove.

/// The BBS pods were restarted and are back, and the first full look is due, at 65 s.
Play restarted() {
    Play play;
    play.through_the_grace_period(stuck());
    play.see(stuck(), 61);
    EXPECT_EQ(play.glance(renewed(Scene::healthy()), 65), "look on");
    return play;
}

TEST(Promise7, TwoLooksThatAreAlikeProveIt) {
    Play play = restarted();
    EXPECT_EQ(play.see(renewed(Scene::healthy()), 66), "look in 10000 ms");
    EXPECT_EQ(play.see(renewed(Scene::healthy()), 76).substr(0, 7), "healed:");
}

TEST(Promise7, WhatIsNoProof) {
    const std::vector<Change> table{
        {"an old pod", [](Scene& scene) { scene.pod("diego-api-0").uid = "u-diego-api-0"; }},
        {"one is not reached", [](Scene& scene) { scene.nc("api-0", Reach::refused); }},
        {"one less is asked", [](Scene& scene) { scene.without("api-0"); }},
        {"a second one is active",
         [](Scene& scene) { scene.pod("diego-api-1").label = ActiveLabel::active; }},
        {"another restart", [](Scene& scene) { scene.pod("diego-api-1").containers[0].restarts = 3; }},
        {"another active pod", [](Scene& scene) { scene.make_active("diego-api-1"); }},
    };
    for (const Change& change : table) {
        Play play = restarted();
        EXPECT_EQ(play.see(renewed(Scene::healthy()), 66), "look in 10000 ms");
        Scene scene = renewed(Scene::healthy());
        change.apply(scene);
        EXPECT_EQ(play.see(scene, 76), "look") << change.name;
    }
}

TEST(Promise7, WhatStaysIllIsNotHealed) {
    Play play = restarted();
    Scene ill = renewed(stuck());
    EXPECT_EQ(play.see(ill, 66), "look in 1000 ms");
    EXPECT_EQ(play.see(ill, 95.8), "look in 1000 ms");
    EXPECT_EQ(play.see(ill, 95.9).substr(0, 11), "not healed:");
}

TEST(Promise7, AtTheDeadlineOneLookSaysHowItStands) {
    struct Row {
        std::string_view name;
        void (*apply)(Scene&);
        std::string_view outcome;
    };
    const std::vector<Row> table{
        {"well", [](Scene& scene) { scene = Scene::healthy(); }, "unverified: it looks healthy"},
        {"moving", [](Scene& scene) { scene.lock_moved(seconds{5}); }, "deadline"},
        {"ill", [](Scene& scene) { scene.database(Reach::refused); }, "not healed"},
        {"not known", [](Scene& scene) { scene.mute("diego-api-0"); }, "unverified"},
    };
    for (const Row& row : table) {
        Play play = restarted();
        Scene unsure = renewed(stuck());
        unsure.mute("diego-api-0");
        EXPECT_EQ(play.see(unsure, 960.9), "look in 1000 ms");
        EXPECT_EQ(play.see(unsure, 961.1), "look");
        EXPECT_EQ(play.see(renewed(stuck(row.apply)), 962).substr(0, row.outcome.size()), row.outcome)
            << row.name;
    }
}

// 8. Hopeless is told from slow.

Play sent() {
    Play play;
    play.through_the_grace_period(stuck());
    EXPECT_EQ(play.see(stuck(), 61), "glance");
    return play;
}

TEST(Promise8, WhatCannotComeUpIsGivenUpEarly) {
    Play play = sent();
    Scene crashing = renewed(Scene::healthy());
    crashing.crash("diego-api-0");
    EXPECT_EQ(play.glance(crashing, 65), "glance in 400 ms");
    EXPECT_EQ(play.glance(crashing, 84.8), "glance in 400 ms");
    EXPECT_EQ(play.glance(crashing, 84.9), "look");
    EXPECT_EQ(play.see(crashing, 85),
              "not healed: a restarted pod does not come up: diego-api-0: CrashLoopBackOff");
}

TEST(Promise8, ASlowEndIsWaitedForUntilTheTimeIsUp) {
    Play play = sent();
    Scene dying = stuck();
    dying.terminate("diego-api-0").terminate("diego-api-1");
    EXPECT_EQ(play.glance(dying, 660), "glance in 400 ms");
    EXPECT_EQ(play.glance(dying, 961.1), "look");
    EXPECT_EQ(play.see(dying, 962).substr(0, 9), "deadline:");
}

TEST(Promise8, WhoIsBackAndNobodyActiveIsAskedWhy) {
    Play play = sent();
    Scene back = renewed(Scene::healthy());
    back.label_only("");
    EXPECT_EQ(play.glance(back, 65), "glance in 400 ms");
    EXPECT_EQ(play.glance(back, 109.8), "glance in 400 ms");
    EXPECT_EQ(play.glance(back, 109.9), "look on");
}

// 9. It carries on safely, and says what it did.

TEST(Promise9, WhatSomebodyElseDeletedIsNotClaimed) {
    for (const auto& [sooner, result] : {std::pair{2, Kind::already_deleting}, {1, Kind::accepted}}) {
        Play play;
        play.asked = look_time - seconds{sooner};
        play.through_the_grace_period(stuck());
        EXPECT_EQ(play.see(stuck(), 61), "glance");
        EXPECT_EQ(play.history.actions.front().result.kind, result) << sooner;
    }
}

// What another heal, or somebody by hand, has begun: it did not pass by itself, and this one did not do it.
TEST(Promise9, WhatAnotherHealRestartedIsProvedAndNotClaimed) {
    const std::vector<Change> table{
        {"one is being deleted", [](Scene& scene) { scene.terminate("diego-api-1"); }},
        {"one has gone", [](Scene& scene) { scene.without("diego-api-1"); }},
        {"both have gone", [](Scene& scene) { scene.without("diego-api-0").without("diego-api-1"); }},
        {"one is new", [](Scene& scene) { scene.created("diego-api-1", seconds{5}); }},
    };
    for (const Change& change : table) {
        SCOPED_TRACE(change.name);
        Play play;
        EXPECT_TRUE(play.see(stuck(change.apply), 0).starts_with("look in"));
        EXPECT_EQ(play.see(renewed(Scene::healthy()), 20), "look in 10000 ms");
        EXPECT_EQ(play.see(renewed(Scene::healthy()), 30).substr(0, 7), "healed:");
        const End end = std::get<End>(decide(play.history, play.look, play.now, play.limits).what);
        EXPECT_EQ(end.reasons.back(),
                  "pods were replaced, and this heal deleted none: an earlier one has, or somebody else");
        EXPECT_TRUE(play.has_told("are being replaced, and not by this heal"));
        EXPECT_TRUE(play.done.empty() && !play.has_deleted());
    }
    Play replaced;
    replaced.see(Scene::stuck(), 0);
    EXPECT_EQ(replaced.see(renewed(Scene::healthy()), 20), "look in 10000 ms") << "between two looks";
    Play same;
    same.see(Scene::stuck(), 0);
    EXPECT_EQ(same.see(Scene::healthy(), 20).substr(0, 16), "healed by itself") << "the same pods";
    Play well;
    Scene young = Scene::healthy();
    young.created("diego-api-1", seconds{5});
    EXPECT_EQ(well.see(young, 0).substr(0, 7), "healthy") << "new, and nothing was wrong";
}

TEST(Promise9, WhatAnotherHealRestartedMayBeIllAgain) {
    Play play;
    play.see(stuck([](Scene& scene) { scene.terminate("diego-api-1"); }), 0);
    EXPECT_EQ(play.see(renewed(Scene::healthy()), 20), "look in 10000 ms");
    EXPECT_TRUE(play.see(renewed(Scene::stuck()), 30).starts_with("look in")) << "the grace period begins";
    for (int at = 35; at < 90; at += 5) play.see(renewed(Scene::stuck()), at);
    EXPECT_FALSE(play.has_deleted());
    play.see(renewed(Scene::stuck()), 90);
    play.see(renewed(Scene::stuck()), 92);
    EXPECT_TRUE(play.has_deleted());
    Play restless;
    restless.see(stuck([](Scene& scene) { scene.terminate("diego-api-1"); }), 0);
    std::string said;
    for (int at = 20, restarts = 1; at < 1000 && !said.starts_with("healed"); at += 10, ++restarts) {
        Scene scene = renewed(Scene::healthy());
        scene.pod("diego-api-0").containers[0].restarts = restarts;
        said = restless.see(scene, at);
    }
    EXPECT_EQ(said.substr(0, 16), "healed by itself") << "until the time is up";
}

TEST(Promise9, InterruptedItIsFoundOutWhatBecameOfADeletion) {
    Pod pod = Scene::stuck().pod("diego-api-0");
    Deletion action{.pod = pod.name, .uid = pod.uid};
    EXPECT_EQ(settle(action, {pod}), "not deleted");
    EXPECT_EQ(action.result.kind, Kind::unknown);
    pod.deleting = look_time;
    EXPECT_EQ(settle(action, {pod}), "being deleted");
    EXPECT_EQ(action.result.kind, Kind::accepted);
    EXPECT_EQ(settle(action, {}), "gone");
}

TEST(Promise9, ADeletionThatWasNotAnsweredIsFoundOut) {
    Play play;
    play.deletions = {Kind::accepted, Kind::unknown};
    play.through_the_grace_period(stuck());
    EXPECT_EQ(play.see(stuck(), 61), "look in 1000 ms");
    Scene half = stuck();
    half.terminate("diego-api-0");
    Scene away = stuck();
    away.snapshot.pods = Trouble{Trouble::Kind::unreachable, "away"};
    EXPECT_EQ(play.see(away, 62), "look in 1000 ms");
    play.deletions = {Kind::accepted};
    EXPECT_EQ(play.see(half, 63), "glance");
    EXPECT_EQ(play.done[play.done.size() - 1], "delete 0: diego-api-1");
    EXPECT_TRUE(play.has_told("diego-api-1: not deleted"));
}

TEST(Promise9, ASecondTryNeedsFactsAndIsLeftWhereTheySpeakAgainst) {
    struct Row {
        std::string_view name;
        void (*apply)(Scene&);
        std::string_view decision;
        std::string_view done;
    };
    const std::vector<Row> table{
        {"it was enough", [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::serving; }, "glance",
         "leave diego-api-1"},
        {"a stranger", [](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); }, "glance",
         "leave diego-api-1"},
        {"it is active", [](Scene& scene) { scene.label_only("diego-api-1").endpoint("diego-api-1"); },
         "glance", "leave diego-api-1"},
        {"not known", [](Scene& scene) { scene.mute("diego-api-1"); }, "look in 1000 ms", ""},
    };
    for (const Force force : {Force::no, Force::yes}) {
        for (const Row& row : table) {
            Play play;
            play.limits.force = force;
            play.deletions = {Kind::accepted, Kind::unknown};
            play.through_the_grace_period(stuck());
            play.see(stuck(), 61);
            play.done.clear();
            Scene half = stuck();
            half.terminate("diego-api-0");
            row.apply(half);
            EXPECT_EQ(play.see(half, 62), row.decision) << row.name;
            EXPECT_EQ(play.done.empty() ? "" : play.done.front(), row.done) << row.name;
            EXPECT_FALSE(play.has_deleted()) << row.name;
        }
    }
}

TEST(Promise9, WhereNothingWasDeletedAllIsJudgedAnew) {
    Play play;
    play.deletions = {Kind::unknown, Kind::unknown};
    play.through_the_grace_period(stuck());
    play.see(stuck(), 61);
    EXPECT_EQ(play.see(stuck(), 62), "look in 5000 ms");
    EXPECT_TRUE(play.history.actions.empty());
    EXPECT_FALSE(play.history.plan || play.history.agreed);
}

// 10. All or nothing.

TEST(Promise10, TheDryRunOfAllComesFirst) {
    struct Row {
        Kind second;
        std::string_view decision;
    };
    const std::vector<Row> table{
        {Kind::accepted, "glance"},
        {Kind::forbidden, "refused: the API server would not delete diego-api-1: as told"},
        {Kind::denied, "refused: the API server would not delete diego-api-1: as told"},
        {Kind::gone, "look in 5000 ms"},
        {Kind::replaced, "look in 5000 ms"},
        {Kind::unknown, "look in 5000 ms"},
    };
    for (const Row& row : table) {
        Play play;
        play.dry_run = {Kind::accepted, row.second};
        play.through_the_grace_period(stuck());
        EXPECT_EQ(play.see(stuck(), 61), row.decision);
        EXPECT_EQ(play.has_deleted(), row.second == Kind::accepted) << row.decision;
    }
}

TEST(Promise10, ARehearsalDeletesNothing) {
    Play here;
    here.limits.dry_run = DryRun::client;
    EXPECT_EQ(here.see(stuck(), 0), "planned: a dry run: nothing was changed");
    Play there;
    there.limits.dry_run = DryRun::server;
    EXPECT_EQ(there.see(stuck(), 0), "planned: a dry run: nothing was changed");
    EXPECT_EQ(there.done.back(), "try");
    Play gone;
    gone.limits.dry_run = DryRun::server;
    gone.dry_run = {Kind::gone, Kind::accepted};
    EXPECT_EQ(gone.see(stuck(), 0).substr(0, 30), "refused: the pods have changed");
}

TEST(Promise10, ADenialAfterTheDryRunIsToldAndTheRestAwaited) {
    Play play;
    play.deletions = {Kind::accepted, Kind::denied};
    play.through_the_grace_period(stuck());
    EXPECT_EQ(play.see(stuck(), 61), "glance");
    Scene half = Scene::healthy();
    half.pod("diego-api-0").uid = "new";
    EXPECT_EQ(play.glance(half, 65), "look on");
    EXPECT_EQ(play.see(half, 66), "look in 10000 ms");
    EXPECT_EQ(play.see(half, 76).substr(0, 7), "healed:");
    Play none;
    none.deletions = {Kind::denied, Kind::forbidden};
    none.through_the_grace_period(stuck());
    EXPECT_EQ(none.see(stuck(), 61), "refused: nothing was changed");
}

// 11. One gate.

TEST(Promise11, AnyDifferenceFromWhatWasAgreedToRefuses) {
    const std::vector<Change> table{
        {"the owner's UID", [](Scene& scene) { scene.pod("diego-api-0").owner->uid = "s-1"; }},
        {"orphaned", [](Scene& scene) { scene.pod("diego-api-1").owner.reset(); }},
        {"the owner is being deleted",
         [](Scene& scene) { scene.snapshot.controllers.value()[0].is_deleting = true; }},
        {"scaled down", [](Scene& scene) { scene.snapshot.controllers.value()[0].wanted = 1; }},
        {"a new UID", [](Scene& scene) { scene.pod("diego-api-1").uid = "u"; }},
        {"active, and an endpoint",
         [](Scene& scene) { scene.label_only("diego-api-0").endpoint("diego-api-0"); }},
        {"another diagnosis", [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::error; }},
        {"another cluster", [](Scene& scene) { scene.snapshot.context = "test"; }},
    };
    std::vector<Change> all = facts_against;
    all.insert(all.end(), table.begin(), table.end());
    for (const Force force : {Force::no, Force::yes}) {
        for (const Change& change : all) {
            Play play;
            play.limits.force = force;
            play.through_the_grace_period(stuck());
            EXPECT_EQ(play.see(stuck(change.apply), 61).substr(0, 7), "refused") << change.name;
            EXPECT_FALSE(play.has_deleted()) << change.name;
        }
    }
}

TEST(Promise11, AGapThatIsNewBreaksTheRunAndRefusesWhereForced) {
    for (const Change& gap : gaps) {
        Play play;
        play.through_the_grace_period(stuck());
        EXPECT_EQ(play.see(stuck(gap.apply), 61), "look in 5000 ms") << gap.name;
        EXPECT_FALSE(play.history.plan) << gap.name;
        Play forced;
        forced.limits.force = Force::yes;
        forced.through_the_grace_period(stuck());
        EXPECT_EQ(forced.see(stuck(gap.apply), 61).substr(0, 7), "refused") << gap.name;
    }
}

TEST(Promise11, OnlyALookThatIsYoungAndBegunAfterConsentCounts) {
    Play play;
    play.through_the_grace_period(stuck());
    EXPECT_FALSE(play.has_deleted());
    play.see(stuck(), 60.05);  // begun before consent and evidence
    EXPECT_FALSE(play.has_deleted());
    play.history.dry_run = std::vector<DeletionResult>(2, {.kind = Kind::accepted});
    play.look.snapshot.started = look_time + seconds{61};
    play.look.snapshot.ended = look_time + seconds{62};
    play.now = look_time + seconds{72} + std::chrono::milliseconds{1};
    EXPECT_EQ(play.go(), "look");
    EXPECT_FALSE(play.has_deleted());
    play.now = look_time + seconds{72};
    EXPECT_EQ(play.go(), "glance");
    EXPECT_TRUE(play.has_deleted());
}

}  // namespace

}  // namespace cfee
