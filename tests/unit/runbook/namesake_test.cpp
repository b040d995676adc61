// The lock's owner is called like one of our BBS pods, as in every foundation: is it that one?
#include "lib/runbook/namesake.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "lib/runbook/diagnosis.hpp"
#include "lib/runbook/restart.hpp"
#include "tests/unit/runbook/hung.hpp"

namespace cfee {

namespace {

using State = Condition::State;

/// diego-api-0 is named as the owner and waits for Locket; diego-api-1 was told that another has the lock.
Scene passive_beside(Scene scene = hung(Scene::stuck())) {
    scene.locks(Locks::owner, "diego-api-0").inside("diego-api-1").bbs_log.client_word =
        LockLog::ClientWord::is_taken;
    return scene;
}

void without_waiting(Scene& scene, const std::string& name) {
    scene.inside(name).bbs_stacks.waiting_for_locket.clear();
}

struct Row {
    std::string_view name;
    void (*change)(Scene&);
    State state;
    std::string_view id;
};

TEST(Namesake, IsOursWhereItWaitsAsOneThatHangs) {
    const std::vector<Row> table{
        {"it waits, and so does its Locket", [](Scene&) {}, State::holds, "bbs-lock-stuck"},
        {"who stands by need not wait", [](Scene& scene) { without_waiting(scene, "diego-api-1"); },
         State::holds, "bbs-lock-stuck"},
        {"the other one's Locket is none of its",
         [](Scene& scene) { scene.inside("diego-api-1").locket_stacks.waiting_for_database.clear(); },
         State::holds, "bbs-lock-stuck"},
        {"it does not wait", [](Scene& scene) { without_waiting(scene, "diego-api-0"); }, State::unknown,
         "inconclusive"},
        {"its Locket does not wait",
         [](Scene& scene) { scene.inside("diego-api-0").locket_stacks.waiting_for_database.clear(); },
         State::unknown, "inconclusive"},
        {"its stacks could not be had", [](Scene& scene) { scene.inside("diego-api-0").bbs_stacks = {}; },
         State::holds, "bbs-lock-stuck"},
        {"its debug server is closed",
         [](Scene& scene) { scene.inside("diego-api-0").bbs_stacks = {.state = Stacks::State::closed}; },
         State::holds, "bbs-lock-stuck"},
        {"its Locket's stacks could not be had",
         [](Scene& scene) { scene.inside("diego-api-0").locket_stacks = {}; }, State::holds,
         "bbs-lock-stuck"},
        {"it answers with an error: it has the lock",
         [](Scene& scene) {
             without_waiting(scene, "diego-api-0");
             scene.inside("diego-api-0").ping = Ping::error;
         },
         State::holds, "bbs-not-serving"},
        {"its log says that it has the lock",
         [](Scene& scene) {
             without_waiting(scene, "diego-api-0");
             scene.inside("diego-api-0").bbs_log.says_active = true;
             scene.inside("diego-api-0").bbs_log.last_written = look_time - an_hour;
         },
         State::holds, "bbs-lock-stuck"},
        {"nobody stands by",
         [](Scene& scene) {
             without_waiting(scene, "diego-api-0");
             scene.inside("diego-api-1").bbs_log.client_word = LockLog::ClientWord::asks;
         },
         State::holds, "bbs-lock-stuck"},
        {"it was told itself that another has the lock",
         [](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.client_word = LockLog::ClientWord::is_taken;
         },
         State::speaks_against, "lock-held-elsewhere"},
        {"it was told so, and nothing shows stacks",
         [](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.client_word = LockLog::ClientWord::is_taken;
             for (Inside& one : scene.snapshot.insides) one.bbs_stacks = one.locket_stacks = {};
         },
         State::speaks_against, "lock-held-elsewhere"},
        {"it was told so, and the lock moved just now",
         [](Scene& scene) {
             scene.inside("diego-api-0").bbs_log.client_word = LockLog::ClientWord::is_taken;
             scene.lock_moved(std::chrono::seconds{29});
         },
         State::speaks_against, "failover"},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        Scene scene = passive_beside();
        row.change(scene);
        EXPECT_EQ(restart_conditions(Facts(scene.snapshot))[1].state, row.state);
        EXPECT_EQ(judge(scene.snapshot).diagnosis.id, row.id);
    }
}

TEST(Namesake, AsksWhicheverLocketOfTheirOwnItMayBe) {
    Scene scene = Scene::stuck();
    scene = passive_beside(hung(std::move(scene.with_own_lockets())));
    scene.inside("locket-0").locket_stacks.waiting_for_database.clear();
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "bbs-lock-stuck") << "nobody knows whom it asks";
    scene.pod("locket-0").address = "10.0.0.7";
    scene.inside("diego-api-0").locket_peer = "10.0.0.7";
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "inconclusive") << "that one";
}

TEST(Namesake, IsToldOfInTheReasons) {
    Scene scene = passive_beside();
    without_waiting(scene, "diego-api-0");
    EXPECT_NE(
        judge(scene.snapshot)
            .diagnosis.because.front()
            .find(
                "(diego-api-0's BBS does not wait for Locket's answer: its namesake in another foundation may "
                "have the lock)"),
        std::string::npos)
        << judge(scene.snapshot).diagnosis.because.front();
}

}  // namespace

}  // namespace cfee
