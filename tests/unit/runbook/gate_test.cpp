#include "lib/runbook/gate.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/runbook/play.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;
using Kind = GateAnswer::Kind;

/// Agreed to at 60 s, evidence saved, and a look at 61 s that shows the same.
Play agreed(Force force = Force::no, const Scene& scene = Scene::stuck()) {
    Play play;
    play.limits.force = force;
    play.through_the_grace_period(scene);
    play.look.snapshot = scene.snapshot;
    play.look.snapshot.started = look_time + seconds{61};
    play.look.snapshot.ended = play.now = look_time + seconds{62};
    play.look.judgement = judge(play.look.snapshot);
    return play;
}

GateAnswer answer(const Play& play) {
    return may_delete(play.history, play.look, play.now, play.limits);
}

bool says(const GateAnswer& answer, std::string_view text) {
    return std::any_of(answer.reasons.begin(), answer.reasons.end(),
                       [text](const std::string& reason) { return reason.find(text) != std::string::npos; });
}

TEST(Gate, ClearsWhatWasAgreedTo) {
    const GateAnswer cleared = answer(agreed());
    EXPECT_EQ(cleared.kind, Kind::cleared);
    EXPECT_EQ(cleared.deletions.size(), 2U);
}

// Each by itself.
TEST(Gate, IsShutWithoutPlanConsentAndAYoungLookOfThePods) {
    struct Row {
        std::string_view name;
        void (*apply)(Play&);
    };
    const std::vector<Row> table{
        {"no plan", [](Play& play) { play.history.plan.reset(); }},
        {"no consent", [](Play& play) { play.history.agreed.reset(); }},
        {"a look begun before the consent",
         [](Play& play) { play.look.snapshot.started = *play.history.agreed - seconds{1}; }},
        {"an old look",
         [](Play& play) {
             play.now = play.look.snapshot.ended + play.limits.look_counts_for + std::chrono::milliseconds{1};
         }},
        {"no pods were seen",
         [](Play& play) {
             play.look.snapshot.pods = Trouble{Trouble::Kind::unreachable, "away"};
         }},
    };
    for (const Row& row : table) {
        Play play = agreed();
        row.apply(play);
        EXPECT_EQ(answer(play).kind, Kind::unseen) << row.name;
        EXPECT_TRUE(answer(play).deletions.empty()) << row.name;
    }
}

TEST(Gate, SaysWhatIsAnotherThanWasAgreedTo) {
    struct Row {
        std::string_view reason;
        void (*apply)(Scene&);
    };
    const std::vector<Row> table{
        {"diego-api-0 belongs to StatefulSet/diego-api by now",
         [](Scene& scene) {
             for (const char* name : {"diego-api-0", "diego-api-1"}) scene.pod(name).owner->uid = "s-9";
             scene.snapshot.controllers.value()[0].uid = "s-9";
         }},
        {"the pods are not those of the plan any more",
         [](Scene& scene) { scene.pod("diego-api-1").uid = "u"; }},
        {"the diagnosis has changed to bbs-not-serving",
         [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::error; }},
    };
    for (const Row& row : table) {
        Play play = agreed();
        Scene scene = Scene::stuck();
        row.apply(scene);
        play.look.snapshot.pods = scene.snapshot.pods;
        play.look.snapshot.controllers = scene.snapshot.controllers;
        play.look.snapshot.insides = scene.snapshot.insides;
        play.look.judgement = judge(play.look.snapshot);
        EXPECT_EQ(answer(play).kind, Kind::refused) << row.reason;
        EXPECT_TRUE(says(answer(play), row.reason)) << row.reason;
    }
}

TEST(Gate, ForcedItSaysWhatIsNotKnownAnyMoreOrByNow) {
    Scene gap = Scene::stuck();
    gap.inside("diego-api-1").databases.clear();
    Play lost = agreed(Force::yes);
    lost.look.snapshot.insides = gap.snapshot.insides;
    lost.look.judgement = judge(lost.look.snapshot);
    EXPECT_TRUE(says(answer(lost), "it is not known any more that "));
    EXPECT_FALSE(says(answer(lost), "by now it is known that "));
    Play found = agreed(Force::yes, gap);
    EXPECT_EQ(answer(found).kind, Kind::cleared);
    found.look.snapshot.insides = Scene::stuck().snapshot.insides;
    found.look.judgement = judge(found.look.snapshot);
    EXPECT_TRUE(says(answer(found), "by now it is known that "));
    EXPECT_FALSE(says(answer(found), "it is not known any more that "));
}

// A pod that goes although the API server would not let this heal delete it: somebody else's doing excuses nothing.
TEST(Gate, OnlyItsOwnDeletionsAreExcused) {
    for (const DeletionResult::Kind first : {DeletionResult::Kind::denied, DeletionResult::Kind::accepted}) {
        Play play;
        play.deletions = {first, DeletionResult::Kind::unknown};
        play.through_the_grace_period(Scene::stuck());
        play.see(Scene::stuck(), 61);
        Scene half = Scene::stuck();
        half.terminate("diego-api-0");
        play.deletions = {DeletionResult::Kind::accepted};
        play.see(half, 62);
        EXPECT_EQ(play.done.back(),
                  first == DeletionResult::Kind::denied ? "leave diego-api-1" : "delete 0: diego-api-1");
    }
}

}  // namespace

}  // namespace cfee
