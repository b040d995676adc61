#include "lib/runbook/plan.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

Judged judged(const Scene& scene) {
    return {.snapshot = scene.snapshot, .judgement = judge(scene.snapshot)};
}

Plan plan_for(const Scene& scene, Force force = Force::no) {
    return make_plan(judged(scene), force, {});
}

Scene with_lockets() {
    Scene scene = Scene::stuck();
    scene.with_own_lockets();
    auto controllers = scene.snapshot.controllers.value();
    controllers.push_back({.name = "locket", .uid = "s-0", .wanted = 2});
    scene.snapshot.controllers = controllers;
    return scene;
}

TEST(Plan, NamesPodsWithTheirUidAndOwner) {
    const Plan plan = plan_for(Scene::stuck());
    ASSERT_EQ(plan.stages.size(), 1U);
    const std::vector<Deletion> deletions = plan.deletions();
    ASSERT_EQ(deletions.size(), 2U);
    const Deletion& first = deletions.front();
    EXPECT_EQ(first.pod, "diego-api-0");
    EXPECT_EQ(first.uid, "u-diego-api-0");
    EXPECT_EQ(first.owner, "StatefulSet/diego-api");
    EXPECT_EQ(first.owner_uid, "s-0");
    EXPECT_EQ(first.age, "60m");
    EXPECT_EQ(plan.conditions.size(), 5U);
    EXPECT_TRUE(plan.refusals.empty() && plan.warnings.empty());
}

TEST(Plan, BeginsWithLocketWhereThatHasPodsOfItsOwn) {
    const Plan plan = plan_for(with_lockets());
    ASSERT_EQ(plan.stages.size(), 2U);
    EXPECT_EQ(plan.stages[0].role, Role::locket);
    EXPECT_EQ(plan.stages[1].role, Role::bbs);
    EXPECT_EQ(plan.deletions().size(), 4U);
    EXPECT_EQ(plan.warnings,
              std::vector<std::string>{"Locket goes first, and the BBS pods only where that was not enough"});
}

TEST(Plan, RefusesPodsThatNobodyWouldBringBack) {
    struct Row {
        std::string_view reason;
        void (*apply)(Scene&);
    };
    const std::vector<Row> table{
        {"its owner makes no pods before", [](Scene& scene) { scene.lose("diego-api-1"); }},
        {"no controller", [](Scene& scene) { scene.pod("diego-api-0").owner.reset(); }},
        {"not known to recreate", [](Scene& scene) { scene.pod("diego-api-0").owner->kind = "Job"; }},
        {"is not there", [](Scene& scene) { scene.pod("diego-api-0").owner->uid = "s-9"; }},
        {"is being deleted", [](Scene& scene) { scene.snapshot.controllers.value()[0].is_deleting = true; }},
        {"does not want diego-api-1", [](Scene& scene) { scene.snapshot.controllers.value()[0].wanted = 1; }},
        {"it is not known whether StatefulSet",
         [](Scene& scene) {
             scene.snapshot.controllers = Trouble{Trouble::Kind::forbidden, "no"};
         }},
        {"it is not known whether ReplicaSet",
         [](Scene& scene) {
             scene.pod("diego-api-0").owner = Owner{"ReplicaSet", "rs", "r-0"};
         }},
        {"labelled active, and service diego-api-bbs leads to it",
         [](Scene& scene) { scene.label_only("diego-api-0").endpoint("diego-api-0"); }},
    };
    const Judgement stuck = judge(Scene::stuck().snapshot);
    for (const Row& row : table) {
        Scene scene = Scene::stuck();
        row.apply(scene);
        const Plan plan = make_plan({.snapshot = scene.snapshot, .judgement = stuck}, Force::no, {});
        ASSERT_FALSE(plan.refusals.empty()) << row.reason;
        EXPECT_NE(plan.refusals.front().find(row.reason), std::string::npos) << plan.refusals.front();
    }
}

TEST(Plan, AReplicaSetMustBeThereAndWantAllOfThem) {
    const Judgement stuck = judge(Scene::stuck().snapshot);
    for (const auto& [wanted, refusals] : {std::pair{2, 0U}, {3, 0U}, {1, 2U}, {0, 2U}}) {
        Scene scene = Scene::stuck();
        for (const char* name : {"diego-api-0", "diego-api-1"})
            scene.pod(name).owner = Owner{"ReplicaSet", "rs", "r-0"};
        scene.snapshot.replica_sets = std::vector<Controller>{{.name = "rs", .uid = "r-0", .wanted = wanted}};
        const Plan plan = make_plan({.snapshot = scene.snapshot, .judgement = stuck}, Force::no, {});
        EXPECT_EQ(plan.refusals.size(), refusals) << wanted;
    }
}

TEST(Plan, AnActivePodIsProtectedButByTheCauseThatProvesItBroken) {
    Scene broken = Scene::stuck();
    broken.inside("diego-api-0").ping = Ping::error;
    broken.label_only("diego-api-0").endpoint("diego-api-0");
    ASSERT_EQ(judge(broken.snapshot).diagnosis.id, "bbs-not-serving");
    EXPECT_TRUE(plan_for(broken).refusals.empty());
    EXPECT_EQ(plan_for(broken, Force::yes).refusals.size(), 1U);
    Scene frozen = Scene::stuck();
    frozen.label_only("diego-api-0");
    EXPECT_TRUE(plan_for(frozen).refusals.empty());
    frozen.snapshot.endpoints = Trouble{Trouble::Kind::forbidden, "no"};
    const Judgement stuck = judge(Scene::stuck().snapshot);
    EXPECT_EQ(make_plan({frozen.snapshot, stuck}, Force::yes, {}).refusals.size(), 1U);
    EXPECT_TRUE(make_plan({frozen.snapshot, stuck}, Force::no, {}).refusals.empty());
}

TEST(Plan, WarnsOfWhatMayBeSlow) {
    Scene scene = Scene::stuck();
    scene.pod("diego-api-0").pulls_always = true;
    const Plan plan = make_plan(judged(scene), Force::no, {"node-1"});
    EXPECT_EQ(plan.warnings.size(), 3U);
}

TEST(Plan, ItsDigestStandsForAllThatWasSeen) {
    const std::vector<void (*)(Scene&)> changes{
        [](Scene&) {},
        [](Scene& scene) { scene.snapshot.context = "test"; },
        [](Scene& scene) { scene.snapshot.server = "https://other"; },
        [](Scene& scene) { scene.snapshot.name_space = "scf"; },
        [](Scene& scene) { scene.pod("diego-api-0").uid = "u"; },
        [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::error; },
        [](Scene& scene) { scene.locks(Locks::absent); },
        [](Scene& scene) { scene.inside("diego-api-0").databases.clear(); },
    };
    std::set<std::string> digests;
    for (const auto change : changes) {
        Scene scene = Scene::stuck();
        change(scene);
        digests.insert(plan_for(scene, Force::yes).digest);
    }
    EXPECT_EQ(digests.size(), changes.size());
    Scene later = Scene::stuck();
    later.snapshot.started += std::chrono::seconds{60};
    EXPECT_EQ(plan_for(later).digest, plan_for(Scene::stuck()).digest);
}

}  // namespace

}  // namespace cfee
