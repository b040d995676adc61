// What single rows of decide() are for: a heal that would end too, but otherwise, without them.
#include <gtest/gtest.h>

#include <algorithm>

#include "lib/runbook/decide.hpp"
#include "tests/unit/runbook/hung_one.hpp"
#include "tests/unit/runbook/play.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;
using Kind = DeletionResult::Kind;

Scene moving() {
    Scene scene = Scene::stuck();
    scene.lock_moved(seconds{5});
    return scene;
}

Scene away() {
    Scene scene = Scene::stuck();
    scene.snapshot.pods = Trouble{Trouble::Kind::unreachable, "away"};
    return scene;
}

/// The reasons with which it ends by what it saw last.
std::vector<std::string> reasons(const Play& play) {
    return std::get<End>(decide(play.history, play.look, play.now, play.limits).what).reasons;
}

TEST(Rows, ARehearsalWaitsForNothing) {
    for (const DryRun dry_run : {DryRun::client, DryRun::server}) {
        Play play;
        play.limits.dry_run = dry_run;
        EXPECT_EQ(play.see(moving(), 0).substr(0, 7), "refused");
    }
}

TEST(Rows, ARehearsalHereAsksTheApiServerForNothing) {
    Play play;
    play.limits.dry_run = DryRun::client;
    play.see(Scene::stuck(), 0);
    EXPECT_EQ(play.done, (std::vector<std::string>{"go on", "plan"}));
}

TEST(Rows, WhatNeedsAPersonWhenTheTimeIsUpIsSaidWithItsReasons) {
    Scene ill = Scene::stuck();
    ill.database(Reach::refused);
    Play play;
    play.see(moving(), 0);
    EXPECT_EQ(play.see(ill, 890), "look in 5000 ms");
    const std::string said = play.see(ill, 900);
    EXPECT_EQ(said, "refused: " + judge(ill.snapshot).diagnosis.because.front());
}

TEST(Rows, APlanThatRefusesIsNotPutToAnybody) {
    Scene orphaned = Scene::stuck();
    orphaned.pod("diego-api-0").owner.reset();
    Play play;
    EXPECT_EQ(play.through_the_grace_period(orphaned).substr(0, 7), "refused");
    EXPECT_EQ(play.done, (std::vector<std::string>{"go on", "plan"}));
}

TEST(Rows, WhatHealsWhileConsentIsAwaitedHasHealedByItself) {
    Play play;
    play.through_the_grace_period(Scene::stuck());
    EXPECT_EQ(play.see(Scene::healthy(), 61).substr(0, 16), "healed by itself");
}

TEST(Rows, ForcedItIsSaidOnceWhatWasNotHad) {
    Scene gap = Scene::stuck();
    gap.locks(Locks::absent);
    Play play;
    play.limits.force = Force::yes;
    play.see(gap, 0);
    const std::size_t at_first = play.notes.size();
    EXPECT_EQ(at_first, 1U);
    play.see(gap, 5);
    play.see(gap, 10);
    EXPECT_EQ(play.notes.size(), at_first);
}

TEST(Rows, TheDryRunIsToldPodByPod) {
    struct Row {
        Kind second;
        std::string_view told;
    };
    const std::vector<Row> table{
        {Kind::gone, "diego-api-1 is already gone"},
        {Kind::replaced, "diego-api-1 is already replaced"},
        {Kind::unknown, "no answer whether diego-api-1 would be deleted: as told"},
    };
    for (const Row& row : table) {
        Play play;
        play.dry_run = {Kind::accepted, row.second};
        play.through_the_grace_period(Scene::stuck());
        play.see(Scene::stuck(), 61);
        EXPECT_TRUE(play.has_told(std::string(row.told))) << row.told;
        EXPECT_FALSE(play.has_told("diego-api-0")) << row.told;
    }
}

TEST(Rows, WhoMayNotDeleteIsToldWhichRightIsMissing) {
    for (const Kind second : {Kind::forbidden, Kind::denied}) {
        Play play;
        play.dry_run = {Kind::accepted, second};
        play.through_the_grace_period(Scene::stuck());
        play.see(Scene::stuck(), 61);
        const std::vector<std::string> said = reasons(play);
        const bool names_the_right = std::any_of(said.begin(), said.end(), [](const std::string& one) {
            return one.find("verbs: [delete]") != std::string::npos;
        });
        EXPECT_EQ(names_the_right, second == Kind::forbidden);
    }
}

TEST(Rows, ADeletionThatIsNeverAnsweredEndsWhenTheTimeIsUp) {
    Play play;
    play.deletions = {Kind::accepted, Kind::unknown};
    play.through_the_grace_period(Scene::stuck());
    EXPECT_EQ(play.see(Scene::stuck(), 61), "look in 1000 ms");
    EXPECT_EQ(play.see(away(), 960.9), "look in 1000 ms");
    EXPECT_EQ(play.see(away(), 961.1), "look");
    EXPECT_EQ(play.history.phase, Phase::concluding);
}

/// Locket, in pods of its own, was restarted and is back at 65 s.
Play after_locket() {
    Scene scene = Scene::stuck();
    scene.with_own_lockets();
    scene.snapshot.controllers.value().back().uid = "s-0";
    Play play;
    play.through_the_grace_period(scene);
    EXPECT_EQ(play.see(scene, 61), "glance");
    EXPECT_EQ(play.glance(renewed(scene, Role::locket), 65), "look on");
    return play;
}

TEST(Rows, LocketsRestartMayHaveBeenEnough) {
    Play play = after_locket();
    EXPECT_EQ(play.see(renewed(Scene::healthy().with_own_lockets(), Role::locket), 66), "look");
    EXPECT_EQ(play.history.phase, Phase::verifying);
}

TEST(Rows, AfterLocketItIsNotWaitedForLongerThanTheTimeOut) {
    Play play = after_locket();
    Scene unsure = renewed(Scene::stuck().with_own_lockets(), Role::locket);
    unsure.mute("diego-api-0");
    EXPECT_EQ(play.see(unsure, 960.9), "look in 5000 ms");
    EXPECT_EQ(play.see(unsure, 961.1), "look");
    EXPECT_EQ(play.history.phase, Phase::concluding);
}

// Its requests are others at each look: it hangs for none of them.
TEST(Rows, WhatOnlyAProofAllowsIsRefusedWhereNoneCame) {
    Play play;
    std::string said;
    for (const double at : {0.0, 20.0, 40.0, 60.0, 80.0, 89.8, 89.9}) {
        EXPECT_FALSE(said.starts_with("refused")) << "before " << at;
        Scene scene = one_hung_for_all();
        const auto number = static_cast<unsigned long>(at * 10) + 1;
        scene.inside("locket-0").locket_stacks.waiting_for_database = {number, number + 1};
        said = play.see(scene, at);
    }
    EXPECT_EQ(said, "refused: no two looks have proved the hang, and this restart needs that");
}

// Something is wrong that is known and does not pass.
TEST(Rows, OnlyWhatStaysIllIsNotHealed) {
    struct Row {
        std::string_view name;
        void (*apply)(Scene&);
        bool ends;
    };
    const std::vector<Row> table{
        {"the same again", [](Scene&) {}, true},
        {"something for a person", [](Scene& scene) { scene.database(Reach::refused); }, true},
        {"it moves", [](Scene& scene) { scene.lock_moved(seconds{5}); }, false},
        {"it is not known", [](Scene& scene) { scene.mute("diego-api-0"); }, false},
        {"it is well, and one is not reached",
         [](Scene& scene) {
             scene = Scene::healthy();
             scene.pod("diego-api-0").uid = "u-diego-api-0";
         },
         false},
    };
    for (const Row& row : table) {
        Play play;
        play.through_the_grace_period(Scene::stuck());
        play.see(Scene::stuck(), 61);
        EXPECT_EQ(play.glance(renewed(Scene::healthy()), 65), "look on");
        Scene scene = renewed(Scene::stuck());
        row.apply(scene);
        play.see(scene, 66);
        EXPECT_EQ(play.see(scene, 110).starts_with("not healed"), row.ends) << row.name;
    }
}

}  // namespace

}  // namespace cfee
