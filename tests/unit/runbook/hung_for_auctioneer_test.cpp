// A BBS serves, and nobody holds the auctioneer's lock: one Locket that hangs, or something else.
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

constexpr seconds at_every_look{200};

void garble(Stacks& stacks) {
    stacks = {.trouble = {Trouble::Kind::garbled, "x"}};
}

const std::vector<Change> not_to_be_restarted{
    {"the auctioneer is down",
     [](Scene& scene) { the_auctioneer(scene).stacks = {.state = Stacks::State::closed}; },
     "auctioneer-idle"},
    {"the auctioneer does not wait",
     [](Scene& scene) { the_auctioneer(scene).stacks.waiting_for_locket.clear(); }, "auctioneer-idle"},
    {"the auctioneer's dump is garbled", [](Scene& scene) { garble(the_auctioneer(scene).stacks); },
     "auctioneer-idle"},
    {"one of two auctioneers does not wait",
     [](Scene& scene) {
         Auctioneer other = the_auctioneer(scene);
         other.stacks.waiting_for_locket.clear();
         scene.snapshot.auctioneers.value().push_back(other);
     },
     "auctioneer-idle"},
    {"Locket's dump is garbled", [](Scene& scene) { garble(scene.inside("locket-0").locket_stacks); },
     "auctioneer-idle"},
    {"a request is under way in it", [](Scene& scene) { scene.inside("locket-0").locket_stacks.outside = 1; },
     "auctioneer-idle"},
    {"no request waits in it",
     [](Scene& scene) { scene.inside("locket-0").locket_stacks.waiting_for_database.clear(); },
     "auctioneer-idle"},
    {"one waits in the other one, too",
     [](Scene& scene) { scene.inside("locket-1").locket_stacks.waiting_for_database = {7}; },
     "auctioneer-idle"},
    {"a request is under way in the other one",
     [](Scene& scene) { scene.inside("locket-1").locket_stacks.outside = 1; }, "auctioneer-idle"},
    {"the other one's dump is garbled", [](Scene& scene) { garble(scene.inside("locket-1").locket_stacks); },
     "auctioneer-idle"},
    {"nobody asked it by itself", [](Scene& scene) { scene.inside("locket-0").locks = Locks::unknown; },
     "auctioneer-idle"},
    {"the other one hangs too", [](Scene& scene) { scene.inside("locket-1").locks = Locks::hangs; },
     "auctioneer-idle"},
    {"the other one could not be asked",
     [](Scene& scene) { scene.inside("locket-1").locks = Locks::unknown; }, "auctioneer-idle"},
    {"the database is refused", [](Scene& scene) { scene.database(Reach::refused); }, "database-down"},
    {"a Locket is young", [](Scene& scene) { scene.created("locket-1", seconds{59} - at_every_look); },
     "failover"},
    {"the lock of the BBS moved just now",
     [](Scene& scene) { scene.lock_moved(seconds{29} - at_every_look); }, "failover"},
    {"two BBS serve", [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::serving; },
     "contradiction"},
    {"it has its lock",
     [](Scene& scene) {
         for (Inside& one : scene.snapshot.insides) {
             if (one.held_locks) one.held_locks = both_locks;
         }
     },
     "healthy"},
};

/// The same later: what is asked anew is of that time.
Scene later(Scene scene, int at) {
    for (Inside& one : scene.snapshot.insides) {
        one.locks_asked = look_time + seconds{at};
        if (one.clock) *one.clock += seconds{at};
    }
    for (Auctioneer& one : scene.snapshot.auctioneers.value()) {
        if (one.clock) *one.clock += seconds{at};
    }
    return scene;
}
std::string see(Play& play, const Scene& scene, int at) {
    return play.see(later(scene, at), at);
}

// What is not known may be stood in for by a proof of another kind some day; what speaks against never.
TEST(HungForAuctioneer, TellsWhatSpeaksAgainstFromWhatIsNotKnown) {
    using State = Condition::State;
    using Name = ConditionName;
    struct Row {
        std::string_view name;
        Name condition;
        void (*apply)(Scene&);
        State state;
    };
    const auto nobody_serves = [](Scene& scene) { scene.nobody_serves(); };
    const std::vector<Row> table{
        {"as it is", Name::one_serves, nullptr, State::holds},
        {"two serve", Name::one_serves,
         [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::serving; }, State::speaks_against},
        {"two serve, and one was not asked", Name::one_serves,
         [](Scene& scene) {
             scene.add_bbs("diego-api-2").inside("diego-api-1").ping = Ping::serving;
             scene.inside("diego-api-2").ping = Ping::unknown;
         },
         State::speaks_against},
        {"none serves", Name::one_serves, nobody_serves, State::speaks_against},
        {"one was not asked", Name::one_serves,
         [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::unknown; }, State::unknown},
        {"one has no log", Name::one_serves, [](Scene& scene) { scene.inside("diego-api-1").bbs_log = {}; },
         State::unknown},
        {"another one has the lock", Name::one_serves,
         [](Scene& scene) { scene.locks(Locks::owner, "diego-api-1"); }, State::speaks_against},
        {"as it is", Name::auctioneer_waits, nullptr, State::holds},
        {"it does not wait", Name::auctioneer_waits,
         [](Scene& scene) { the_auctioneer(scene).stacks.waiting_for_locket.clear(); },
         State::speaks_against},
        {"it is down", Name::auctioneer_waits,
         [](Scene& scene) { the_auctioneer(scene).stacks = {.state = Stacks::State::closed}; },
         State::speaks_against},
        {"its stacks are garbled", Name::auctioneer_waits,
         [](Scene& scene) { garble(the_auctioneer(scene).stacks); }, State::unknown},
        {"there is none", Name::auctioneer_waits,
         [](Scene& scene) { scene.snapshot.auctioneers.value().clear(); }, State::unknown},
        {"it has its lock", Name::auctioneer_waits,
         [](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.held_locks = both_locks;
         },
         State::speaks_against},
        {"as it is", Name::one_locket_hangs, nullptr, State::holds},
        {"both hang", Name::one_locket_hangs,
         [](Scene& scene) { scene.inside("locket-1").locks = Locks::hangs; }, State::speaks_against},
        {"it was not asked by itself", Name::one_locket_hangs,
         [](Scene& scene) { scene.inside("locket-0").locks = Locks::unknown; }, State::unknown},
        {"the other one was not", Name::one_locket_hangs,
         [](Scene& scene) { scene.inside("locket-1").locks = Locks::unknown; }, State::unknown},
    };
    for (const Row& row : table) {
        const Scene scene = one_hung_for_auctioneer(row.apply);
        for (const Condition& one :
             restart_of_the_one_auctioneer_asks.conditions(Facts(scene.snapshot), {})) {
            EXPECT_TRUE(one.name != row.condition || one.state == row.state) << row.name << ": " << one.text;
        }
    }
}

TEST(HungForAuctioneer, IsTheSameAtBothLooks) {
    const HangProof proof = restart_of_the_one_auctioneer_asks.demanded_proof;
    HangLook first = hang_look_of(one_hung_for_auctioneer().snapshot);
    Scene scene = later(one_hung_for_auctioneer(), 20);
    scene.snapshot.started += seconds{20};
    scene.snapshot.ended += seconds{20};
    const HangLook second = hang_look_of(scene.snapshot);
    EXPECT_TRUE(proof(first, second).is_proved);
    HangLook well = second;
    for (HangLook::Locket& one : well.lockets) one.stacks.waiting_for_database.clear();
    EXPECT_FALSE(proof(first, well).is_proved);
    well = first;
    for (HangLook::Locket& one : well.lockets) one.stacks.waiting_for_database.clear();
    EXPECT_FALSE(proof(well, second).is_proved);
    HangLook other = first;
    std::swap(other.lockets[0].pod, other.lockets[1].pod);
    EXPECT_FALSE(proof(other, second).is_proved);
}

TEST(HungForAuctioneer, IsAloneInThePlan) {
    for (const Force force : {Force::no, Force::yes}) {
        Play play;
        play.limits.force = force;
        EXPECT_EQ(see(play, one_hung_for_auctioneer(), 0), "look in 15000 ms");
        EXPECT_FALSE(play.history.plan);
        EXPECT_EQ(see(play, one_hung_for_auctioneer(), 16), "look");
        EXPECT_TRUE(play.has_told("diego-brain-0's auctioneer waits for Locket's answer"));
        EXPECT_EQ(see(play, one_hung_for_auctioneer(), 17), "glance");
        EXPECT_EQ(play.done.back(), "delete 0: locket-0");
        EXPECT_EQ(play.history.plan->stages.size(), 1U);
    }
}

// Questions use its dead connections up: then it answers over new ones, and the auctioneer waits on.
TEST(HungForAuctioneer, IsTheOneAlsoWhereItAnswersByItself) {
    for (const Locks said : {Locks::nobody, Locks::owner}) {
        Scene scene = one_hung_for_auctioneer();
        scene.inside("locket-0").locks = said;
        EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "locket-hung-one");
        Play play;
        for (const int at : {0, 16, 17}) see(play, scene, at);
        EXPECT_EQ(play.done.back(), "delete 0: locket-0");
    }
}

TEST(HungForAuctioneer, IsHealedOnceTheAuctioneerHasItsLock) {
    Play play;
    for (const int at : {0, 16, 17}) see(play, one_hung_for_auctioneer(), at);
    Scene back = renewed(one_hung_for_auctioneer(), Role::locket);
    back.inside("locket-0").locks = Locks::owner;
    back.inside("locket-0").locket_stacks.waiting_for_database.clear();
    EXPECT_EQ(play.glance(back, 20), "look on");
    EXPECT_EQ(see(play, back, 21), "look in 1000 ms") << "not without its lock";
    back.inside("locket-0").held_locks = both_locks;
    EXPECT_EQ(see(play, back, 22), "look in 10000 ms");
    EXPECT_EQ(see(play, back, 33).substr(0, 6), "healed");
}

TEST(HungForAuctioneer, IsNotDeletedForAnythingElse) {
    for (const Change& change : not_to_be_restarted) {
        for (const Force force : {Force::no, Force::yes}) {
            Play play;
            play.limits.force = force;
            const Scene scene = one_hung_for_auctioneer(change.apply);
            for (int at = 0; at < 200; at += 16) see(play, scene, at);
            EXPECT_FALSE(play.history.plan) << change.name;
        }
    }
}

TEST(HungForAuctioneer, IsNotDeletedByOneLookAlone) {
    for (const Change& change : not_to_be_restarted) {
        Play play;
        see(play, one_hung_for_auctioneer(), 0);
        for (int at = 16; at < 120; at += 5) see(play, one_hung_for_auctioneer(change.apply), at);
        EXPECT_FALSE(play.has_deleted()) << change.name;
        Play late;
        see(late, one_hung_for_auctioneer(), 0);
        see(late, one_hung_for_auctioneer(), 16);
        see(late, one_hung_for_auctioneer(change.apply), 17);
        EXPECT_FALSE(late.has_deleted()) << change.name << ", at the gate";
    }
}

TEST(HungForAuctioneer, IsNotDeletedWithoutTheProof) {
    struct Row {
        std::string_view name;
        void (*apply)(Scene&, int at);
    };
    const std::vector<Row> table{
        {"other requests each time",
         [](Scene& scene, int at) {
             scene.inside("locket-0").locket_stacks.waiting_for_database = {
                 static_cast<std::uint64_t>(at + 1)};
         }},
        {"another Locket each time",
         [](Scene& scene, int at) {
             scene.inside("locket-0").locket_stacks.processes = {std::to_string(at) + ":1"};
         }},
        {"another auctioneer each time",
         [](Scene& scene, int at) { the_auctioneer(scene).stacks.processes = {std::to_string(at) + ":1"}; }},
        {"it asks anew each time",
         [](Scene& scene, int at) {
             the_auctioneer(scene).stacks.waiting_for_locket = {static_cast<std::uint64_t>(at + 1)};
         }},
        {"it has just begun to ask",
         [](Scene& scene, int at) { the_auctioneer(scene).asked_for_lock = look_time + seconds{at - 30}; }},
        {"nobody heard the database",
         [](Scene& scene, int at) {
             if (at > 0) scene.inside("locket-1").locks_asked.reset();
             for (Inside& one : scene.snapshot.insides) one.locks_asked.reset();
         }},
    };
    for (const Row& row : table) {
        Play play;
        std::string last;
        for (int at = 0; at < 110 && !last.starts_with("refused"); at += 5) {
            Scene scene = later(one_hung_for_auctioneer(), at);
            row.apply(scene, at);
            last = play.see(scene, at);
        }
        EXPECT_EQ(last, "refused: no two looks have proved the hang, and this restart needs that")
            << row.name;
        EXPECT_FALSE(play.history.plan) << row.name;
    }
}

// Where its log does not say since when it asks, the looks must be so far apart.
TEST(HungForAuctioneer, TheTimeBetweenTheLooksStandsInForTheLog) {
    const Scene silent =
        one_hung_for_auctioneer([](Scene& scene) { the_auctioneer(scene).asked_for_lock.reset(); });
    Play play;
    EXPECT_EQ(see(play, silent, 0), "look in 5000 ms");
    EXPECT_EQ(see(play, silent, 16), "look in 5000 ms");
    EXPECT_FALSE(play.history.plan);
    EXPECT_EQ(see(play, silent, 61), "look");
    EXPECT_TRUE(play.history.plan);
}

// A BBS that served has not been down for a grace period.
TEST(HungForAuctioneer, CountsForNoOtherGracePeriod) {
    Scene down = one_hung_for_auctioneer();
    down.nobody_serves().nc(Reach::refused).locks(Locks::hangs);
    for (Inside& one : down.snapshot.insides) one.bbs_stacks = one.locket_stacks = {};
    ASSERT_EQ(judge(down.snapshot).diagnosis.id, "bbs-lock-stuck");
    down.label_only("diego-api-0");
    Play play;
    for (int at = 0; at < 15; at += 5) see(play, one_hung_for_auctioneer(), at);
    see(play, down, 15);
    EXPECT_TRUE(play.has_told("it is another fault now: the grace period starts anew"));
    for (int at = 20; at < 75; at += 5) see(play, down, at);
    EXPECT_FALSE(play.history.plan);
    see(play, down, 75);
    EXPECT_TRUE(play.history.plan);
}

// A Locket that hung was left in peace: what was kept of an earlier look counts where nobody says more.
TEST(AuctioneerIdle, BelievesTheNewestAnswer) {
    Scene scene = one_hung_for_auctioneer();
    scene.inside("diego-api-0").held_locks = both_locks;
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "healthy");
    scene.inside("diego-api-0").locks_asked = look_time - seconds{20};
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "locket-hung-one");
    scene = one_hung_for_auctioneer();
    scene.inside("locket-1").held_locks = both_locks;
    for (const char* bbs : {"diego-api-0", "diego-api-1"})
        scene.inside(bbs).locks_asked = look_time - seconds{20};
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "healthy");
}

std::vector<std::string> because(const Scene& scene) {
    return judge(scene.snapshot).diagnosis.because;
}

TEST(AuctioneerIdle, NamesThePodAndWhatIsKnown) {
    const auto idle = because(
        one_hung_for_auctioneer([](Scene& scene) { scene.inside("locket-1").locks = Locks::unknown; }));
    ASSERT_EQ(idle.size(), 3U);
    EXPECT_EQ(idle[1], "diego-brain-0's auctioneer waits for Locket's answer to its request for the lock");
    EXPECT_EQ(idle[2], "in locket-0's Locket requests for a lock wait where a hang waits");
    const auto down = because(one_hung_for_auctioneer(not_to_be_restarted[0].apply));
    EXPECT_EQ(down[1], "diego-brain-0's auctioneer does not run, or has no debug server");
}

}  // namespace

std::vector<Situation> auctioneer_situations() {
    std::vector<Situation> table{
        {"one Locket hangs and keeps the auctioneer waiting", one_hung_for_auctioneer(), "locket-hung-one",
         Remedy::restart, 1},
        {"the passive BBS asks that one too", one_hung_for_auctioneer([](Scene& scene) {
             scene.inside("diego-api-1").locks = Locks::hangs;
             scene.inside("diego-api-1").held_locks.reset();
             scene.inside("diego-api-1").bbs_stacks.waiting_for_locket = {7};
         }),
         "locket-hung-one", Remedy::restart, 1},
        {"an edition without such pods", one_hung_for_auctioneer([](Scene& scene) {
             scene.snapshot.auctioneers = std::vector<Auctioneer>{};
         }),
         "healthy", Remedy::none, 0},
        {"a recording in which nobody asked for them",
         one_hung_for_auctioneer([](Scene& scene) { scene.snapshot.auctioneers = {}; }), "healthy",
         Remedy::none, 0},
        {"its pods cannot be listed", one_hung_for_auctioneer([](Scene& scene) {
             scene.snapshot.auctioneers = Trouble{Trouble::Kind::forbidden, "no right"};
         }),
         "inconclusive", Remedy::fix_first, 3},
        {"nobody knows who has its lock", one_hung_for_auctioneer([](Scene& scene) {
             for (Inside& one : scene.snapshot.insides) one.held_locks.reset();
         }),
         "inconclusive", Remedy::fix_first, 3},
        {"the BBS came up 89 s ago", one_hung_for_auctioneer([](Scene& scene) {
             scene.lock_moved(seconds{89}).inside("locket-0").locket_stacks.waiting_for_database.clear();
         }),
         "failover", Remedy::wait, 1},
        {"its own pod is young", one_hung_for_auctioneer([](Scene& scene) {
             the_auctioneer(scene).pod.created = look_time - seconds{9};
             scene.inside("locket-0").locket_stacks.waiting_for_database.clear();
         }),
         "failover", Remedy::wait, 1},
        // Locket in the BBS pods: whoever asks reaches the active pod's, and that pod stays.
        {"a merged pod's: it waits at a dead connection",
         [] {
             Scene scene = Scene::healthy();
             for (Inside& one : scene.snapshot.insides) one.held_locks = lock_of_the_bbs;
             scene.snapshot.auctioneers = one_hung_for_auctioneer().snapshot.auctioneers;
             return scene;
         }(),
         "auctioneer-idle", Remedy::fix_first, 1},
        {"a merged passive pod's hangs, and the auctioneer has its lock",
         [] {
             Scene scene = Scene::healthy();
             for (Inside& one : scene.snapshot.insides) one.held_locks = both_locks;
             scene.inside("diego-api-1").locks = Locks::hangs;
             scene.inside("diego-api-1").held_locks.reset();
             return scene;
         }(),
         "no-spare", Remedy::none, 0},
        {"a merged passive pod's hangs, and keeps the auctioneer waiting",
         [] {
             Scene scene = Scene::healthy();
             scene.inside("diego-api-0").held_locks = lock_of_the_bbs;
             scene.inside("diego-api-1").locks = Locks::hangs;
             scene.snapshot.auctioneers = one_hung_for_auctioneer().snapshot.auctioneers;
             return scene;
         }(),
         "auctioneer-idle", Remedy::fix_first, 1},
    };
    const auto remedy_of = [](std::string_view id) {
        return id == "healthy" ? Remedy::none : id == "failover" ? Remedy::wait : Remedy::fix_first;
    };
    for (const Change& change : not_to_be_restarted) {
        table.push_back({change.name, one_hung_for_auctioneer(change.apply), change.id, remedy_of(change.id),
                         change.id == "healthy" ? 0 : 1});
    }
    return table;
}

}  // namespace cfee
