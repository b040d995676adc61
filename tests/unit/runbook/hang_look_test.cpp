#include "lib/runbook/hang_look.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/runbook/restart.hpp"
#include "tests/unit/runbook/hung_one.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;
using Answer = HangLook::Database;

Scene with_own_lockets() {
    Scene scene = Scene::stuck();
    scene.with_own_lockets();
    scene.pod("locket-0").address = "10.244.0.7";
    scene.pod("locket-1").address = "10.244.0.8";
    return hung(scene);
}

Scene later(Scene scene, seconds span) {
    scene.snapshot.started += span;
    scene.snapshot.ended += span;
    for (Inside& one : scene.snapshot.insides) {
        if (one.clock) *one.clock += span;
    }
    return scene;
}

HangLook look_of(const Scene& scene) {
    return hang_look_of(scene.snapshot);
}

TEST(HangLookOf, NamesWhoRunsAndWhoAsks) {
    const HangLook merged = look_of(hung(Scene::stuck()));
    ASSERT_EQ(merged.bbs.size(), 2U);
    ASSERT_EQ(merged.lockets.size(), 2U);
    EXPECT_EQ(merged.bbs[1].pod, "diego-api-1");
    EXPECT_EQ(merged.bbs[1].locket, "diego-api-1") << "its own";
    EXPECT_EQ(merged.lockets[1].pod, "diego-api-1");
    EXPECT_EQ(merged.bbs[1].clock, look_time);
    EXPECT_EQ(merged.bbs[1].stacks.waiting_for_locket, Stacks::Goroutines{58});
    EXPECT_EQ(merged.lockets[1].stacks.waiting_for_database, (Stacks::Goroutines{1098, 1099}));
    Scene scene = with_own_lockets();
    scene.inside("diego-api-0").locket_peer = "10.244.0.8";
    scene.inside("diego-api-1").locket_peer = "10.96.0.1";
    const HangLook apart = look_of(scene);
    ASSERT_EQ(apart.lockets.size(), 2U);
    EXPECT_EQ(apart.lockets[1].pod, "locket-1");
    EXPECT_EQ(apart.bbs[0].locket, "locket-1");
    EXPECT_EQ(apart.bbs[1].locket, "") << "a service's address is nobody's";
    scene.pod("locket-0").address.clear();
    scene.inside("diego-api-0").locket_peer.clear();
    EXPECT_EQ(look_of(scene).bbs[0].locket, "") << "nothing is no address";
}

TEST(HangLookOf, KnowsWhichDatabasesHaveAnswered) {
    struct Row {
        std::string_view name;
        Scene scene;
        Answer bbs;
        Answer locket;
    };
    using Kind = DatabaseAnswer::Kind;
    const Scene stuck = Scene::stuck();
    const Scene owned = Scene::stuck().locks(Locks::owner, "diego-api-0");
    const std::vector<Row> table{
        {"a port that is open", stuck, Answer::unknown, Answer::unknown},
        {"both answer", databases_say(stuck, Kind::accepts), Answer::answers, Answer::answers},
        {"one does not", databases_say(databases_say(stuck, Kind::accepts), Kind::silent, "bbs"),
         Answer::fails, Answer::answers},
        {"a pooler", databases_say(stuck, Kind::proxy), Answer::unknown, Answer::unknown},
        {"Locket has answered", owned, Answer::unknown, Answer::answers},
        {"a port that is closed", Scene::stuck().database(Reach::refused), Answer::fails, Answer::fails},
    };
    for (const Row& row : table) {
        const HangLook look = look_of(row.scene);
        EXPECT_EQ(look.bbs[0].database, row.bbs) << row.name;
        EXPECT_EQ(look.lockets[0].database, row.locket) << row.name;
    }
    EXPECT_EQ(look_of(owned).lock_owner, "diego-api-0");
}

TEST(HangLookOf, KnowsSinceWhenABbsAsks) {
    Scene scene = hung(Scene::stuck());
    LockLog& log = scene.inside("diego-api-1").bbs_log;
    EXPECT_EQ(look_of(scene).bbs[1].asked_for_lock, look_time - an_hour);
    EXPECT_FALSE(look_of(scene).bbs[1].is_passive);
    log.client_word = LockLog::ClientWord::is_taken;
    EXPECT_FALSE(look_of(scene).bbs[1].asked_for_lock);
    EXPECT_TRUE(look_of(scene).bbs[1].is_passive);
    log.client_word = LockLog::ClientWord::other;
    EXPECT_FALSE(look_of(scene).bbs[1].asked_for_lock);
    EXPECT_FALSE(look_of(scene).bbs[1].is_passive);
}

// Who could not be asked is there all the same, and proves nothing.
TEST(HangLookOf, KeepsAPodThatCouldNotBeAsked) {
    Scene scene = with_own_lockets();
    scene.mute("diego-api-1").mute("locket-1");
    const HangLook look = look_of(scene);
    ASSERT_EQ(look.bbs.size(), 2U);
    ASSERT_EQ(look.lockets.size(), 2U);
    EXPECT_FALSE(look.bbs[1].stacks.is_known() || look.lockets[1].stacks.is_known());
    EXPECT_FALSE(proved_hang({look}, look_of(later(scene, seconds{20}))).is_proved);
}

TEST(ProvedHang, TakesAnyOfTheLooksBefore) {
    const Scene scene = with_own_lockets();
    Scene other = scene;
    other.inside("locket-0").locket_stacks.waiting_for_database = {7};
    const HangLook latest = look_of(later(scene, seconds{20}));
    EXPECT_TRUE(proved_hang({look_of(scene)}, latest).is_proved);
    EXPECT_TRUE(proved_hang({look_of(other), look_of(scene), latest}, latest).is_proved);
    EXPECT_FALSE(proved_hang({look_of(other), latest}, latest).is_proved);
    EXPECT_FALSE(proved_hang({}, latest).is_proved);
}

TEST(ProvableAt, SaysWhenALookOfTheSameWouldProveIt) {
    const Scene scene = with_own_lockets();
    const HangLook first = look_of(scene);
    EXPECT_EQ(provable_at({first}, first), first.ended + proof_time);
    const HangLook latest = look_of(later(scene, seconds{5}));
    EXPECT_EQ(provable_at({first, latest}, latest), first.ended + proof_time) << "the earliest";
    Scene young = scene;
    for (Inside& one : young.snapshot.insides) one.bbs_log.asked_since = look_time - seconds{20};
    EXPECT_EQ(provable_at({look_of(young)}, look_of(young)), look_time + seconds{40});
    Scene without = scene;
    without.inside("locket-1").locket_stacks = {};
    EXPECT_FALSE(provable_at({look_of(without)}, look_of(without)));
    EXPECT_EQ(provable_at({look_of(without), first}, first), first.ended + proof_time);
}

// Behind a service, and no stacks to tell: then what each said that was asked by itself.
TEST(HangLookOf, TakesTheOneThatHangsWhereAllOthersAnswer) {
    struct Row {
        Locks first;
        Locks second;
        std::string_view asked;
    };
    const std::vector<Row> table{
        {Locks::hangs, Locks::owner, "locket-0"}, {Locks::nobody, Locks::hangs, "locket-1"},
        {Locks::hangs, Locks::hangs, ""},         {Locks::owner, Locks::nobody, ""},
        {Locks::hangs, Locks::unknown, ""},       {Locks::unknown, Locks::owner, ""},
    };
    for (const Row& row : table) {
        Scene scene = with_own_lockets();
        for (const char* locket : {"locket-0", "locket-1"}) scene.inside(locket).locket_stacks = {};
        scene.inside("locket-0").locks = row.first;
        scene.inside("locket-1").locks = row.second;
        EXPECT_EQ(look_of(scene).bbs[0].locket, row.asked)
            << static_cast<int>(row.first) << " " << static_cast<int>(row.second);
    }
}

// An auctioneer's log that does not say since when: then the looks themselves must be so far apart.
TEST(ProvableAt, GoesByTheLooksWhereAnAuctioneersLogDoesNotTell) {
    const HangProof proof = restart_of_the_one_auctioneer_asks.demanded_proof;
    const HangLook first = look_of(one_hung_for_auctioneer());
    EXPECT_EQ(provable_at({first}, first, proof), first.ended + proof_time);
    for (void (*change)(Scene&) : {+[](Scene& scene) { the_auctioneer(scene).asked_for_lock.reset(); },
                                   +[](Scene& scene) { the_auctioneer(scene).clock.reset(); }}) {
        const HangLook look = look_of(one_hung_for_auctioneer(change));
        EXPECT_EQ(provable_at({look}, look, proof), look.ended + oldest_request_that_heals);
    }
}

}  // namespace

}  // namespace cfee
