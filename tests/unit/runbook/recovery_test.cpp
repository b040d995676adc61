#include "lib/runbook/recovery.hpp"

#include <gtest/gtest.h>

#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

using State = Recovery::State;

const std::vector<Deletion> both{{.pod = "diego-api-0", .uid = "u-diego-api-0"},
                                 {.pod = "diego-api-1", .uid = "u-diego-api-1"}};

Scene renewed() {
    Scene scene = Scene::healthy();
    for (const char* name : {"diego-api-0", "diego-api-1"}) scene.pod(name).uid = std::string("new-") + name;
    return scene;
}

TEST(Recovery, TellsHowFarThePodsAre) {
    struct Row {
        std::string_view summary;
        State state;
        void (*apply)(Scene&);
    };
    const std::vector<Row> table{
        {"all pods are back", State::back, [](Scene&) {}},
        {"the API server does not answer: away", State::unseen,
         [](Scene& scene) {
             scene.snapshot.pods = Trouble{Trouble::Kind::unreachable, "away"};
         }},
        {"diego-api-0 is still being deleted", State::under_way,
         [](Scene& scene) { scene.pod("diego-api-0").uid = "u-diego-api-0"; }},
        {"diego-api-1 is still being deleted", State::under_way,
         [](Scene& scene) { scene.terminate("diego-api-1"); }},
        {"diego-api-1 is 1/2 Running", State::under_way, [](Scene& scene) { scene.unready("diego-api-1"); }},
        {"1 pods are not there yet", State::under_way, [](Scene& scene) { scene.without("diego-api-1"); }},
        {"diego-api-1: CrashLoopBackOff", State::hopeless, [](Scene& scene) { scene.crash("diego-api-1"); }},
        {"waiting for exactly one BBS pod to be labelled active", State::back,
         [](Scene& scene) { scene.label_only(""); }},
        {"waiting for the service to have an endpoint", State::back,
         [](Scene& scene) { scene.endpoint(""); }},
    };
    for (const Row& row : table) {
        Scene scene = renewed();
        row.apply(scene);
        const Recovery recovery = recovery_of(scene.snapshot, both, Role::bbs);
        EXPECT_EQ(recovery.summary, row.summary);
        EXPECT_EQ(recovery.state, row.state) << row.summary;
        EXPECT_EQ(recovery.looks_healthy, row.summary == "all pods are back") << row.summary;
    }
}

TEST(Recovery, WaitsForNobodyThatCouldNotBeDeleted) {
    Scene scene = renewed();
    scene.pod("diego-api-1").uid = "u-diego-api-1";
    scene.unready("diego-api-1");
    const std::vector<Deletion> first{both.front()};
    EXPECT_EQ(recovery_of(scene.snapshot, first, Role::bbs).state, State::under_way);
    EXPECT_EQ(recovery_of(scene.snapshot, first, Role::bbs, {{.uid = "u-diego-api-1"}}).state, State::back);
}

TEST(Recovery, OtherRolesDoNotCount) {
    Scene scene = renewed();
    scene.unready("api-0").crash("api-1");
    EXPECT_EQ(recovery_of(scene.snapshot, both, Role::bbs).state, State::back);
}

TEST(Fingerprint, HoldsWhatMustNotChange) {
    const Fingerprint before = fingerprint_of(Scene::healthy().snapshot);
    const std::vector<void (*)(Scene&)> changes{
        [](Scene& scene) { scene.pod("diego-api-0").uid = "u"; },
        [](Scene& scene) { scene.pod("diego-api-0").containers[0].restarts = 1; },
        [](Scene& scene) { scene.label_only("diego-api-1"); },
        [](Scene& scene) { scene.without("diego-api-1"); },
        [](Scene& scene) { scene.add_locket("locket-0"); },
    };
    for (const auto change : changes) {
        Scene scene = Scene::healthy();
        change(scene);
        EXPECT_NE(fingerprint_of(scene.snapshot), before);
    }
    Scene same = Scene::healthy();
    same.unready("diego-api-0").nc(Reach::refused);
    EXPECT_EQ(fingerprint_of(same.snapshot), before);
}

}  // namespace

}  // namespace cfee
