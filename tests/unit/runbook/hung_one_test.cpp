// One Locket of several that hangs: what proves it, what is deleted for it, and when nothing is.
#include "lib/runbook/hung_one.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/restart.hpp"
#include "tests/unit/runbook/hung_one.hpp"
#include "tests/unit/runbook/play.hpp"
#include "tests/unit/runbook/situations.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

/// With any of these it is not known, or not so, that all wait at that one alone.
const std::vector<Change> not_the_one_for_all{
    {"a BBS does not wait",
     [](Scene& scene) { scene.inside("diego-api-1").bbs_stacks.waiting_for_locket.clear(); }},
    {"a BBS's stacks are not known", [](Scene& scene) { scene.inside("diego-api-1").bbs_stacks = {}; }},
    {"a BBS's peer is a service, and a request is under way in the other one",
     [](Scene& scene) {
         scene.inside("diego-api-1").locket_peer = "10.96.0.9";
         scene.inside("locket-1").locket_stacks.outside = 1;
     }},
    {"a BBS asks the other one",
     [](Scene& scene) {
         scene.inside("diego-api-1").locket_peer = "10.244.0.8";
         scene.inside("locket-0").locket_stacks.waiting_for_database = {1098};
     }},
    {"behind a service, and fewer requests wait there than there are BBS",
     [](Scene& scene) {
         for (const char* bbs : {"diego-api-0", "diego-api-1"}) scene.inside(bbs).locket_peer.clear();
         scene.inside("locket-0").locket_stacks.waiting_for_database = {1098};
     }},
    {"that Locket has a request under way",
     [](Scene& scene) { scene.inside("locket-0").locket_stacks.outside = 1; }},
    {"that Locket's dump is garbled",
     [](Scene& scene) {
         scene.inside("locket-0").locket_stacks = {.trouble = {Trouble::Kind::garbled, "x"}};
     }},
    {"no request waits there",
     [](Scene& scene) { scene.inside("locket-0").locket_stacks.waiting_for_database.clear(); }},
    {"the other one's dump is garbled",
     [](Scene& scene) {
         scene.inside("locket-1").locket_stacks = {.trouble = {Trouble::Kind::garbled, "x"}};
     }},
    {"the other one hangs too",
     [](Scene& scene) { scene.inside("locket-1").locket_stacks.waiting_for_database = {7}; }},
};

Scene later(Scene scene, seconds span) {
    for (Inside& one : scene.snapshot.insides) {
        if (one.clock) *one.clock += span;
    }
    return scene;
}

TEST(HungOne, IsOneOfSeveral) {
    const Scene alone = one_hung_for_all([](Scene& scene) { scene.without("locket-1"); });
    EXPECT_EQ(locket_all_wait_at(Facts(alone.snapshot)), "");
    Snapshot nobody = one_hung_for_all().snapshot;
    std::erase_if(nobody.insides, [](const Inside& one) { return one.pod.starts_with("diego-api"); });
    std::erase_if(nobody.pods.value(), [](const Pod& one) { return one.role == Role::bbs; });
    EXPECT_EQ(locket_all_wait_at(Facts(nobody)), "");
}

// The one they wait at hangs, and by now the other one does: that is another restart.
TEST(HungOne, IsProvedAtBothLooksAsTheOnlyOne) {
    const HangProof proof = restart_of_the_one_all_ask.demanded_proof;
    const Scene one = one_hung_for_all();
    const Scene both = one_hung_for_all(
        [](Scene& scene) { scene.inside("locket-1").locket_stacks.waiting_for_database = {7}; });
    const HangLook first = hang_look_of(one.snapshot);
    Scene second = later(one, seconds{20});
    second.snapshot.started += seconds{20};
    EXPECT_TRUE(proof(first, hang_look_of(second.snapshot)).is_proved);
    Scene other = later(both, seconds{20});
    other.snapshot.started += seconds{20};
    EXPECT_TRUE(prove_hang(first, hang_look_of(other.snapshot)).is_proved);
    EXPECT_FALSE(proof(first, hang_look_of(other.snapshot)).is_proved);
}

TEST(HungOne, NobodyAtTheOtherOneDoesNotSpeakAgainst) {
    EXPECT_EQ(locket_all_wait_at(Facts(one_hung_for_all().snapshot)), "locket-0");
    const Judgement judgement = judge(one_hung_for_all().snapshot);
    EXPECT_EQ(judgement.diagnosis.id, "locket-hung-one");
    EXPECT_EQ(judgement.diagnosis.because[1],
              "no lock is held, and every BBS waits for one at locket-0's Locket, which hangs");
    for (const Change& change : not_the_one_for_all) {
        const Scene scene = one_hung_for_all(change.apply);
        EXPECT_EQ(locket_all_wait_at(Facts(scene.snapshot)), "") << change.name;
        EXPECT_NE(judge(scene.snapshot).diagnosis.remedy, Remedy::restart) << change.name;
    }
    // Behind a service, or where nothing tells the peer: no request is anywhere else.
    for (const char* peer : {"10.96.0.9", ""}) {
        Scene scene = one_hung_for_all();
        for (const char* bbs : {"diego-api-0", "diego-api-1"}) scene.inside(bbs).locket_peer = peer;
        EXPECT_EQ(locket_all_wait_at(Facts(scene.snapshot)), "") << "nobody asked the other one by itself";
        scene.inside("locket-1").locks = Locks::nobody;
        EXPECT_EQ(locket_all_wait_at(Facts(scene.snapshot)), "locket-0") << peer;
        EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "locket-hung-one") << peer;
    }
    Scene merged = hung(Scene::stuck());
    merged.locks(Locks::nobody);
    EXPECT_EQ(judge(merged.snapshot).diagnosis.id, "inconclusive") << "Locket in the BBS pods";
}

TEST(HungOne, IsAloneInThePlan) {
    Play play;
    EXPECT_EQ(play.see(one_hung_for_all(), 0), "look in 15000 ms");
    EXPECT_EQ(play.see(later(one_hung_for_all(), seconds{15}), 15.1), "look");
    EXPECT_TRUE(play.has_told("the hang is proved: no grace period needed"));
    EXPECT_EQ(play.see(later(one_hung_for_all(), seconds{16}), 16), "glance");
    EXPECT_EQ(play.done.back(), "delete 0: locket-0");
    ASSERT_EQ(play.history.plan->stages.size(), 1U);
    EXPECT_EQ(play.history.plan->conditions.size(), 6U);
}

TEST(HungOne, IsAloneInThePlanForcedOrNot) {
    Play play;
    play.limits.force = Force::yes;
    play.see(one_hung_for_all(), 0);
    play.see(one_hung_for_all(), 15.1);
    play.see(one_hung_for_all(), 16);
    EXPECT_EQ(play.done.back(), "delete 0: locket-0");
}

// The grace period of the runbook's case does not stand in.
TEST(HungOne, IsNotDeletedWithoutTheProof) {
    const std::vector<Change> table{
        {"the requests are others each time", nullptr},
        {"another process each time", nullptr},
        {"the BBS began to ask just now",
         [](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.bbs_log.asked_since = look_time - seconds{30};
         }},
        {"nobody heard the BBS's database",
         [](Scene& scene) { scene.inside("diego-api-0").databases[0].answer.reset(); }},
    };
    for (std::size_t row = 0; row < table.size(); ++row) {
        Play play;
        std::string last;
        for (int at = 0; at < 100 && !last.starts_with("refused"); at += 5) {
            Scene scene = one_hung_for_all(table[row].apply);
            Stacks& stacks = scene.inside("locket-0").locket_stacks;
            const auto number = static_cast<std::uint64_t>(at);
            if (row == 0) stacks.waiting_for_database = {number + 1, number + 2};
            if (row == 1) stacks.processes = {std::to_string(at) + ":1"};
            last = play.see(scene, at);
        }
        EXPECT_EQ(last, "refused: no two looks have proved the hang, and this restart needs that")
            << table[row].name;
        EXPECT_FALSE(play.history.plan) << table[row].name;
    }
}

TEST(HungOne, MustStillBeProvedBeforeTheDeletion) {
    for (const Change& change : not_the_one_for_all) {
        Play play;
        play.see(one_hung_for_all(), 0);
        EXPECT_EQ(play.see(one_hung_for_all(), 15.1), "look");
        play.see(one_hung_for_all(change.apply), 16);
        EXPECT_FALSE(play.has_deleted()) << change.name;
    }
}

TEST(HungOne, BeginsARunOfItsOwn) {
    Play play;
    const Scene runbook = one_hung_for_all([](Scene& scene) {
        scene.locks(Locks::hangs);
        for (Inside& one : scene.snapshot.insides) one.bbs_stacks = one.locket_stacks = {};
    });
    ASSERT_EQ(judge(runbook.snapshot).diagnosis.id, "bbs-lock-stuck");
    play.see(one_hung_for_all(), 0);
    play.see(runbook, 5);
    EXPECT_TRUE(play.has_told("it is another fault now: the grace period starts anew"));
    play.see(runbook, 60);
    EXPECT_FALSE(play.history.plan);
    play.see(runbook, 65);
    EXPECT_TRUE(play.history.plan);
}

}  // namespace

std::vector<Situation> hung_one_situations() {
    constexpr auto restart = Remedy::restart;
    constexpr auto fix = Remedy::fix_first;
    const auto but = [](void (*change)(Scene&)) { return one_hung_for_all(change); };
    std::vector<Situation> table{
        {"all wait at one Locket, the other says nobody", one_hung_for_all(), "locket-hung-one", restart, 1},
        {"it hangs when it is asked", but([](Scene& scene) { scene.locks(Locks::hangs); }), "locket-hung-one",
         restart, 1},
        {"the row is still there", but([](Scene& scene) { scene.locks(Locks::owner, "diego-api-0"); }),
         "locket-hung-one", restart, 1},
        {"both hang", but([](Scene& scene) {
             scene.locks(Locks::hangs).inside("locket-1").locket_stacks.waiting_for_database = {7};
         }),
         "bbs-lock-stuck", restart, 1},
        {"a stranger has the lock", but([](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); }),
         "lock-held-elsewhere", fix, 1},
        {"the database is silent", databases_say(one_hung_for_all(), DatabaseAnswer::Kind::silent),
         "database-down", fix, 1},
        {"Locket refuses",
         but([](Scene& scene) { scene.inside("diego-api-1").bbs_log.refusal = "sql-unknown"; }),
         "database-refuses", fix, 1},
        {"the other Locket is young", but([](Scene& scene) { scene.created("locket-1", seconds{9}); }),
         "bbs-starting", Remedy::wait, 1},
        {"the other Locket is missing", but([](Scene& scene) { scene.without("locket-1"); }),
         "bbs-pods-failing", fix, 1},
        {"the lock moved just now", but([](Scene& scene) { scene.lock_moved(seconds{29}); }), "failover",
         Remedy::wait, 1},
    };
    for (const Change& change : not_the_one_for_all)
        table.push_back({change.name, one_hung_for_all(change.apply), "inconclusive", fix, 1});
    return table;
}

}  // namespace cfee
