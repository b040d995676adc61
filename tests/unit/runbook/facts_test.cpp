#include "lib/runbook/facts.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/verdict.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

Scene changed(void (*change)(Scene&)) {
    Scene scene = Scene::healthy();
    change(scene);
    return scene;
}

TEST(Facts, KnowHowManyBbsAreWanted) {
    struct Row {
        std::string_view name;
        Scene scene;
        int wanted;
    };
    const std::vector<Row> table{
        {"as the owner says", Scene::healthy(), 2},
        {"no controller known", changed([](Scene& scene) { scene.snapshot.controllers = Trouble{}; }), -1},
        {"no such controller",
         changed([](Scene& scene) { scene.snapshot.controllers.value().front().name = "other"; }), -1},
        {"owned by a Deployment",
         changed([](Scene& scene) { scene.pod("diego-api-0").owner->kind = "ReplicaSet"; }), -1},
        {"owned by nobody", changed([](Scene& scene) { scene.pod("diego-api-0").owner.reset(); }), -1},
        {"no pod, and a StatefulSet that wants some",
         changed([](Scene& scene) { scene.without("diego-api-0").without("diego-api-1"); }), 2},
    };
    for (const Row& row : table) EXPECT_EQ(Facts(row.scene.snapshot).wanted_bbs(), row.wanted) << row.name;
}

TEST(Facts, KnowTheirOwn) {
    const Scene scene = changed([](Scene& all) {
        all.without("diego-api-1");
        all.snapshot.controllers.value().front().wanted = 3;
    });
    const Facts facts(scene.snapshot);
    for (const std::string name : {"diego-api-0", "diego-api-1", "diego-api-2"})
        EXPECT_TRUE(facts.is_ours(name)) << name;
    for (const std::string name : {"", "diego-api", "diego-api-", "diego-api-3", "diego-api-10",
                                   "diego-api-00", "api-0", "xdiego-api-0", "diego-api-0 "})
        EXPECT_FALSE(facts.is_ours(name)) << name;
}

TEST(Facts, KnowWhoKeepsDying) {
    struct Row {
        std::string_view name;
        CrashLoop crashes;
        bool keeps_dying;
    };
    const auto ago = [](int many) { return look_time - seconds{many}; };
    const std::vector<Row> table{
        {"twice", {.deaths = 2, .last = ago(89)}, true},
        {"once", {.deaths = 1, .last = ago(5)}, false},
        {"long ago", {.deaths = 2, .last = ago(90)}, false},
        {"nobody knows when", {.deaths = 2}, false},
        {"twice, and begins anew", {.deaths = 2, .last = ago(80), .restarted = ago(59)}, true},
        {"twice, and lives since", {.deaths = 2, .last = ago(80), .restarted = ago(60)}, false},
    };
    for (const Row& row : table) {
        Scene scene = Scene::healthy();
        scene.inside("diego-api-0").bbs_log.crashes = row.crashes;
        EXPECT_EQ(Facts(scene.snapshot).bbs.front().keeps_dying(), row.keeps_dying) << row.name;
        scene.inside("diego-api-0").clock.reset();
        EXPECT_FALSE(Facts(scene.snapshot).bbs.front().keeps_dying()) << row.name << ", and no clock";
    }
}

TEST(Facts, KnowWhetherTheLabelIsUsed) {
    struct Row {
        std::string_view name;
        Scene scene;
        bool is_used;
    };
    const std::vector<Row> table{
        {"labelled", Scene::healthy(), true},
        {"neither pod nor service", changed([](Scene& scene) { scene.unlabelled(); }), false},
        {"a service selects it", changed([](Scene& scene) {
             scene.unlabelled().snapshot.services.value().front().selects_active = true;
         }),
         true},
        {"another role's service does", changed([](Scene& scene) {
             scene.unlabelled().snapshot.services.value().push_back(
                 {.name = "auctioneer", .selects_active = true});
         }),
         false},
        {"services not known",
         changed([](Scene& scene) { scene.unlabelled().snapshot.services = Trouble{}; }), true},
        {"one pod is labelled",
         changed([](Scene& scene) { scene.unlabelled().pod("diego-api-1").label = ActiveLabel::passive; }),
         true},
    };
    for (const Row& row : table)
        EXPECT_EQ(Facts(row.scene.snapshot).label_is_used(), row.is_used) << row.name;
}

TEST(Facts, KnowYouthAndUnrest) {
    for (const int age : {-5, 0, 59, 60, 61}) {
        Scene scene = Scene::healthy();
        scene.created("diego-api-0", seconds{age}).lock_moved(seconds{age});
        EXPECT_EQ(Facts(scene.snapshot).is_young(scene.pod("diego-api-0")), age < 60) << age;
    }
    for (const int age : {-5, 0, 29, 30, 31}) {
        Scene scene = Scene::healthy();
        scene.inside("diego-api-1").bbs_log.last_event = look_time - seconds{age};
        EXPECT_EQ(Facts(scene.snapshot).lock_moved_within(unrest), age < 30) << age;
    }
    Scene scene = Scene::healthy();
    scene.inside("diego-api-0").bbs_log.last_event = look_time;
    scene.inside("diego-api-0").clock.reset();
    EXPECT_FALSE(Facts(scene.snapshot).lock_moved_within(unrest)) << "by whose clock?";
}

TEST(Facts, KnowTheServiceThatWasProbed) {
    struct Row {
        std::string_view name;
        Scene scene;
        std::string service;
    };
    const std::vector<Row> table{
        {"by its long name", Scene::healthy(), "diego-api-bbs"},
        {"by another one",
         changed([](Scene& scene) { scene.snapshot.probes.front().address.host = "diego-api-set"; }),
         "diego-api-set"},
        {"an address", changed([](Scene& scene) {
             for (Probe& probe : scene.snapshot.probes) probe.address.host = "10.0.0.1";
         }),
         "diego-api-bbs"},
        {"no probe", changed([](Scene& scene) { scene.snapshot.probes.clear(); }), "diego-api-bbs"},
        {"no such service", changed([](Scene& scene) { scene.snapshot.services = std::vector<Service>{}; }),
         ""},
        {"services not known", changed([](Scene& scene) { scene.snapshot.services = Trouble{}; }), ""},
    };
    for (const Row& row : table)
        EXPECT_EQ(Facts(row.scene.snapshot).probed_service(), row.service) << row.name;
}

TEST(Facts, AskNothingOfNoPods) {
    const Snapshot snapshot;
    const Facts facts(snapshot);
    EXPECT_FALSE(facts.every_bbs([](const AskedPod&) { return true; }));
    EXPECT_FALSE(facts.any_bbs([](const AskedPod&) { return true; }));
    EXPECT_TRUE(facts.diego().empty());
    EXPECT_EQ(facts.ready_cloud_controllers(), 0);
}

TEST(Facts, KnowPingsOnlyOfPodsThatAnswered) {
    Scene scene = Scene::healthy();
    scene.mute("diego-api-0");
    const Facts facts(scene.snapshot);
    EXPECT_EQ(facts.bbs[0].ping(), Ping::unknown);
    EXPECT_EQ(facts.bbs[0].locks(), Locks::unknown);
    EXPECT_EQ(facts.bbs[1].ping(), Ping::not_serving);
    EXPECT_TRUE(facts.serving().empty());
}

TEST(Enumerated, ReadsAsASentence) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> table{
        {{}, ""}, {{"a"}, "a"}, {{"a", "b"}, "a and b"}, {{"a", "b", "c"}, "a, b and c"}};
    for (const auto& [names, text] : table) EXPECT_EQ(enumerated(names), text);
}

TEST(Verdict, TheWorseOneCounts) {
    constexpr std::array order{Verdict::fail, Verdict::unknown, Verdict::warn, Verdict::ok, Verdict::skipped};
    for (std::size_t one = 0; one < order.size(); ++one) {
        for (std::size_t other = 0; other < order.size(); ++other)
            EXPECT_EQ(worse(order[one], order[other]), order[std::min(one, other)]);
    }
    std::string words;
    for (const Verdict verdict : order) words += std::string(to_words(verdict)) + " ";
    EXPECT_EQ(words, "fail unknown warn ok skipped ");
}

}  // namespace

}  // namespace cfee
