#include "lib/runbook/lock_is_ours.hpp"

#include <gtest/gtest.h>

#include "lib/runbook/restart.hpp"
#include "tests/unit/runbook/hung_one.hpp"

namespace cfee {

namespace {

using State = Condition::State;

TEST(LockIsOurs, SaysWhoAskedAndHowLongAgo) {
    struct Row {
        std::chrono::seconds ago;
        std::string_view end;
    };
    const std::vector<Row> table{
        {std::chrono::seconds{0}, "diego-api-0 and diego-api-1"},
        {std::chrono::seconds{1}, "diego-api-0 and diego-api-1 (1 s ago)"},
        {std::chrono::seconds{30}, "diego-api-0 and diego-api-1 (30 s ago)"},
    };
    for (const Row& row : table) {
        Scene scene = Scene::stuck();
        for (Inside& one : scene.snapshot.insides) one.locks_asked = look_time - row.ago;
        const Condition condition = lock_is_ours(Facts(scene.snapshot));
        EXPECT_EQ(condition.state, State::holds);
        EXPECT_EQ(condition.text, "Locket does not answer when asked from " + std::string(row.end));
    }
    Scene unknown = Scene::stuck();
    for (Inside& one : unknown.snapshot.insides) one.locks_asked.reset();
    EXPECT_EQ(lock_is_ours(Facts(unknown.snapshot)).text,
              "Locket does not answer when asked from diego-api-0 and diego-api-1");
}

TEST(LockIsOurs, SaysBothOfTwoAnswers) {
    Scene scene = Scene::stuck();
    scene.inside("diego-api-0").locks = Locks::owner;
    scene.inside("diego-api-0").lock_owner = "diego-api-1";
    EXPECT_EQ(
        lock_is_ours(Facts(scene.snapshot)).text,
        "Locket names our own diego-api-1 as the owner of the lock, and does not answer when asked from "
        "diego-api-1");
}

TEST(LockIsOurs, SaysAtWhichLocketAllWaitOnlyWhereNoneSaysMore) {
    const Scene silent = one_hung_for_all();
    EXPECT_EQ(lock_is_ours(Facts(silent.snapshot)).text,
              "no lock is held, and every BBS waits for one at locket-0's Locket, which hangs");
    const Scene asked = one_hung_for_all([](Scene& scene) { scene.locks(Locks::hangs); });
    EXPECT_EQ(lock_is_ours(Facts(asked.snapshot)).text,
              "Locket does not answer when asked from diego-api-0 and diego-api-1");
}

TEST(LockIsOurs, SaysThatTheOwnerIsNoLongerThere) {
    Scene scene = hung(Scene::stuck().locks(Locks::owner, "diego-api-2"));
    const Condition condition = lock_is_ours(Facts(scene.snapshot));
    EXPECT_EQ(condition.state, State::holds);
    EXPECT_EQ(condition.text,
              "Locket names our own diego-api-2 as the owner of the lock, which is no longer there");
    scene.inside("diego-api-0").locket_stacks.waiting_for_database.clear();
    EXPECT_EQ(lock_is_ours(Facts(scene.snapshot)).state, State::speaks_against);
}

// A Locket that does not even listen hangs nobody.
TEST(LockIsOurs, LooksWhetherLocketListens) {
    struct Row {
        Reach reach;
        State state;
    };
    const std::vector<Row> table{
        {Reach::connected, State::holds},
        {Reach::refused, State::speaks_against},
        {Reach::timed_out, State::speaks_against},
        {Reach::could_not_ask, State::unknown},
    };
    for (const bool is_apart : {false, true}) {
        for (const Row& row : table) {
            Scene scene = Scene::stuck();
            if (is_apart) scene.with_own_lockets();
            scene.locket_port(row.reach);
            EXPECT_EQ(lock_is_ours(Facts(scene.snapshot)).state, row.state) << static_cast<int>(row.reach);
        }
    }
}

TEST(LockIsOurs, IsNotKnownOfNobody) {
    EXPECT_EQ(lock_is_ours(Facts(Snapshot{.pods = std::vector<Pod>{}})).state, State::unknown);
}

}  // namespace

}  // namespace cfee
