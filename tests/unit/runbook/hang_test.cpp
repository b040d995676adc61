#include "lib/runbook/hang.hpp"
#include "lib/cluster/read_stacks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cfee {

namespace {

using namespace std::chrono_literals;
using Database = HangLook::Database;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr TimePoint noon{std::chrono::hours(12)};

/// What the in-pod script says of each recorded dump, read by the product's own reader.
/// tests/scenes/test_stacks.py sees to it that the script says that.
const std::map<std::string, Stacks>& recorded() {
    static const std::map<std::string, Stacks> stacks = [] {
        std::map<std::string, Stacks> read;
        std::ifstream file(SCENES "/stacks/said.txt");
        for (std::string line; std::getline(file, line);) {
            const std::size_t colon = line.find(": 0 ");
            read[line.substr(0, colon)] = read_stacks("0 curl", line.substr(colon + 4));
        }
        return read;
    }();
    return stacks;
}

/// A dump; one that was not there to be had was of a debug server that was closed.
Stacks dump(const std::string& name) {
    const auto found = recorded().find(name);
    return found == recorded().end() ? Stacks{.state = Stacks::State::closed} : found->second;
}

/// All that is not in dumps speaks for a hang: databases answer, the requests are old, the looks far apart.
HangLook look_of(const std::vector<HangLook::Bbs>& bbs, const std::vector<HangLook::Locket>& lockets) {
    HangLook look{.began = noon, .ended = noon + 1s, .bbs = bbs, .lockets = lockets};
    for (HangLook::Bbs& one : look.bbs) {
        one.database = Database::answers;
        one.clock = noon;
        one.asked_for_lock = noon - 60s;
    }
    for (HangLook::Locket& one : look.lockets) one.database = Database::answers;
    return look;
}

HangLook recorded_look(const std::string& folder) {
    if (!folder.starts_with("2018-pq/"))
        return look_of({{.pod = "api-0", .stacks = dump(folder + ".bbs"), .locket = "api-0"}},
                       {{.pod = "api-0", .stacks = dump(folder + ".locket")}});
    std::vector<HangLook::Bbs> bbs;
    std::vector<HangLook::Locket> lockets;
    for (const std::string number : {"0", "1"}) {
        const std::string pod = "diego-api-" + number;
        const std::string own = folder + "/locket-" + number + ".locket";
        const bool is_separate = recorded().contains(own);
        bbs.push_back(
            {.pod = pod, .stacks = dump(folder + "/" + pod + ".bbs"), .locket = is_separate ? "" : pod});
        lockets.push_back(is_separate
                              ? HangLook::Locket{.pod = "locket-" + number, .stacks = dump(own)}
                              : HangLook::Locket{.pod = pod, .stacks = dump(folder + "/" + pod + ".locket")});
    }
    return look_of(bbs, lockets);
}

HangLook later(HangLook look) {
    look.began += 16s;
    look.ended += 16s;
    return look;
}

Hang prove(const std::string& first, const std::string& second) {
    return prove_hang(recorded_look(first), later(recorded_look(second)));
}

// ---- The recorded dumps

struct Recorded {
    std::string folder;
    std::vector<std::size_t> asking;   ///< (A) in each BBS
    std::vector<std::size_t> waiting;  ///< (B) in each Locket
    std::vector<int> outside;          ///< in each Locket
    bool is_proved = false;            ///< by these dumps, seen twice
};

const std::vector<Recorded> table{
    {"2018-pq/01-healthy-active-and-passive", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/03-locket-hung-030s", {1, 0}, {4, 2}, {0, 0}},  // diego-api-1's debug server is closed yet
    {"2018-pq/04-locket-hung-070s", {1, 1}, {4, 3}, {0, 0}, true},
    {"2018-pq/05-locket-hung-180s", {1, 1}, {4, 3}, {0, 0}, true},
    {"2018-pq/06-locket-hung-370s", {1, 1}, {4, 3}, {0, 0}, true},
    {"2018-pq/07-after-recovery", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/08-load-a", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/10-tablelock-095s", {1, 1}, {0, 0}, {6, 4}},
    {"2018-pq/11-tablelock-148s", {1, 1}, {0, 0}, {10, 4}},
    {"2018-pq/13-foreign-owner", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/14-bbs-db-dead-025s", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/15-bbs-503", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/18-bbs-db-refused", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/20-separate-healthy", {0, 0}, {0, 0}, {0, 0}},
    {"2018-pq/21-separate-hung-both-90s", {1, 1}, {2, 5}, {0, 0}, true},
    {"2018-pq/22-separate-one-hung", {0, 0}, {0, 3}, {0, 0}},
    {"2018-pq/24-postgres-paused-090s", {1, 0}, {10, 0}, {0, 0}},  // likewise closed
    {"2018-pq/27-hung-d1-bbs-restarted", {1, 0}, {4, 3}, {0, 0}},  // diego-api-1 is passive by a collision
    {"2018-mysql/00-healthy", {0}, {0}, {0}},
    {"2018-mysql/h-190s", {1}, {2}, {0}, true},
    {"2018-mysql/h-660s", {0}, {0}, {0}},  // it has ended by itself
    {"2022-pgx/00-healthy", {0}, {0}, {0}},
    {"2022-pgx/03-cut-135s", {0}, {2}, {0}},  // heals itself: the BBS asks anew, with Fetch
    {"2022-pgx/04-after", {0}, {3}, {1}},     // leftovers
};

TEST(ProveHang, JudgesEachRecordedDump) {
    std::size_t dumps = 0;
    for (const Recorded& row : table) {
        SCOPED_TRACE(row.folder);
        const HangLook look = recorded_look(row.folder);
        ASSERT_EQ(look.bbs.size(), row.asking.size());
        for (std::size_t i = 0; i < row.asking.size(); ++i) {
            EXPECT_EQ(look.bbs[i].stacks.waiting_for_locket.size(), row.asking[i]);
            EXPECT_EQ(look.lockets[i].stacks.waiting_for_database.size(), row.waiting[i]);
            EXPECT_EQ(look.lockets[i].stacks.outside, row.outside[i]);
            dumps += static_cast<std::size_t>(look.bbs[i].stacks.is_known()) +
                     static_cast<std::size_t>(look.lockets[i].stacks.is_known());
        }
        const Hang hang = prove(row.folder, row.folder);
        EXPECT_EQ(hang.is_proved, row.is_proved);
        EXPECT_FALSE(hang.sentences.empty());
        EXPECT_EQ(hang.lockets.empty(), !row.is_proved);
    }
    EXPECT_EQ(dumps, recorded().size()) << "a dump is in no row";
}

TEST(ProveHang, ProvesNothingByTwoDifferentStatesButTheHang) {
    for (const Recorded& first : table) {
        for (const Recorded& second : table) {
            if (first.folder == second.folder) continue;
            const bool is_one_hang = first.is_proved && second.is_proved &&
                                     first.folder.find("-locket-hung-") != std::string::npos &&
                                     second.folder.find("-locket-hung-") != std::string::npos;
            EXPECT_EQ(prove(first.folder, second.folder).is_proved, is_one_hang)
                << first.folder << ", then " << second.folder;
        }
    }
}

TEST(ProveHang, NamesThePods) {
    const Hang merged = prove("2018-pq/04-locket-hung-070s", "2018-pq/05-locket-hung-180s");
    EXPECT_THAT(merged.bbs, ElementsAre("diego-api-0", "diego-api-1"));
    EXPECT_THAT(merged.lockets, ElementsAre("diego-api-0", "diego-api-1"));
    EXPECT_THAT(merged.sentences,
                Contains(HasSubstr(
                    "in diego-api-0's Locket 4 requests have waited for the database for at least 15 s")));
    const std::string both = "2018-pq/21-separate-hung-both-90s";
    EXPECT_THAT(prove(both, both).lockets, ElementsAre("locket-0", "locket-1"));
}

// ---- What else the rule demands; each change alone undoes the proof

struct Change {
    std::string sentence;  ///< a part of one that says what is missing
    std::function<void(HangLook& first, HangLook& second)> make;
};

TEST(ProveHang, DemandsAllOfTheRule) {
    const std::vector<Change> changes{
        {"less than 15 s apart", [](HangLook&, HangLook& second) { second.began -= 2s; }},
        {"are not known: not asked", [](HangLook&, HangLook& second) { second.bbs[0].stacks = {}; }},
        {"the debug server of diego-api-1's BBS is closed",
         [](HangLook& first, HangLook&) { first.bbs[1].stacks = {.state = Stacks::State::closed}; }},
        {"does not wait for Locket's answer",
         [](HangLook& first, HangLook&) { first.bbs[1].stacks.waiting_for_locket.clear(); }},
        {"does not wait for Locket's answer",
         [](HangLook&, HangLook& second) { second.bbs[1].stacks.waiting_for_locket.clear(); }},
        {"BBS has been started",
         [](HangLook&, HangLook& second) { second.bbs[1].stacks.waiting_for_locket = {7}; }},
        {"BBS has been started",
         [](HangLook&, HangLook& second) { second.bbs[1].stacks.processes = {"7:4712"}; }},
        {"database of diego-api-1's BBS does not",
         [](HangLook& first, HangLook&) { first.bbs[1].database = Database::fails; }},
        {"database of diego-api-1's BBS has not",
         [](HangLook&, HangLook& second) { second.bbs[1].database = Database::unknown; }},
        {"database of diego-api-0's Locket does not",
         [](HangLook&, HangLook& second) { second.lockets[0].database = Database::fails; }},
        {"database of diego-api-0's Locket has not",
         [](HangLook& first, HangLook&) { first.lockets[0].database = Database::unknown; }},
        {"less than 60 s ago",
         [](HangLook&, HangLook& second) { second.bbs[0].asked_for_lock = noon - 59s; }},
        {"less than 60 s ago",
         [](HangLook&, HangLook& second) { second.bbs[0].asked_for_lock = noon + 90s; }},
        {"not known since when", [](HangLook&, HangLook& second) { second.bbs[0].asked_for_lock.reset(); }},
        {"not known since when", [](HangLook&, HangLook& second) { second.bbs[0].clock.reset(); }},
        {"no request for the lock waits",
         [](HangLook& first, HangLook&) { first.lockets[1].stacks.waiting_for_database.clear(); }},
        {"no request for the lock waits",
         [](HangLook&, HangLook& second) { second.lockets[1].stacks.waiting_for_database.clear(); }},
        {"a request for the lock is under way",
         [](HangLook& first, HangLook&) { first.lockets[1].stacks.outside = 1; }},
        {"a request for the lock is under way",
         [](HangLook&, HangLook& second) { second.lockets[1].stacks.outside = 1; }},
        {"has ended between",
         [](HangLook&, HangLook& second) { second.lockets[1].stacks.waiting_for_database.pop_back(); }},
        {"has ended between",
         [](HangLook& first, HangLook&) { first.lockets[1].stacks.waiting_for_database = {1}; }},
        {"Locket has been started",
         [](HangLook& first, HangLook&) { first.lockets[1].stacks.processes = {"7:4710"}; }},
        {"not known whether diego-api-1's Locket",
         [](HangLook& first, HangLook&) { first.lockets[1].stacks.processes.clear(); }},
        {"diego-api-1 was not there", [](HangLook& first, HangLook&) { first.lockets.pop_back(); }},
        {"diego-api-1 was not there", [](HangLook& first, HangLook&) { first.bbs.pop_back(); }},
        {"not the same at both looks", [](HangLook&, HangLook& second) { second.bbs.pop_back(); }},
        {"not known which Locket is asked", [](HangLook&, HangLook& second) { second.lockets.clear(); }},
        {"not the same at both looks",
         [](HangLook& first, HangLook& second) { first.bbs.clear(), second.bbs.clear(); }},
    };
    for (const Change& change : changes) {
        HangLook first = recorded_look("2018-pq/05-locket-hung-180s");
        HangLook second = later(first);
        ASSERT_TRUE(prove_hang(first, second).is_proved);
        change.make(first, second);
        const Hang hang = prove_hang(first, second);
        EXPECT_FALSE(hang.is_proved) << change.sentence;
        EXPECT_THAT(hang.sentences, Contains(HasSubstr(change.sentence)));
        EXPECT_THAT(hang.lockets, IsEmpty());
    }
}

TEST(ProveHang, TakesMoreThatWaits) {
    HangLook first = recorded_look("2018-pq/05-locket-hung-180s");
    HangLook second = later(first);
    second.lockets[0].stacks.waiting_for_database.push_back(99999);
    EXPECT_TRUE(prove_hang(first, second).is_proved);
}

TEST(ProveHang, TakesLogsForProcessesThatPodsDoNotShow) {
    HangLook first = recorded_look("2018-pq/05-locket-hung-180s");
    first.lockets[1].stacks.processes.clear();
    first.lockets[1].started = noon - 1h;
    HangLook second = later(first);
    EXPECT_TRUE(prove_hang(first, second).is_proved);
    second.lockets[1].started = noon;
    EXPECT_FALSE(prove_hang(first, second).is_proved);
}

TEST(ProveHang, DoesNotTakeALogAtOneLookForAStartBetweenTwo) {
    HangLook first = recorded_look("2018-pq/05-locket-hung-180s");
    for (HangLook::Locket& one : first.lockets) one.stacks.processes.clear();
    HangLook second = later(first);
    second.lockets[0].started = noon;
    EXPECT_THAT(prove_hang(first, second).sentences,
                Contains("it is not known whether diego-api-0's Locket has been started between the looks"));
}

TEST(ProveHang, LetsAPassiveStandBesideTheOwnerThatWaits) {
    HangLook first = recorded_look("2018-pq/27-hung-d1-bbs-restarted");
    first.bbs[1].is_passive = true;
    first.lock_owner = "diego-api-0";
    const Hang hang = prove_hang(first, later(first));
    EXPECT_TRUE(hang.is_proved);
    EXPECT_THAT(hang.bbs, ElementsAre("diego-api-0"));
    EXPECT_THAT(hang.lockets, ElementsAre("diego-api-0"));
    for (const std::string owner : {"", "diego-api-1", "diego-api-7"}) {
        HangLook other = first;
        other.lock_owner = owner;
        EXPECT_FALSE(prove_hang(other, later(other)).is_proved) << owner;
    }
}

// It asks by now, or did before: then it has no answer, or has had one.
TEST(ProveHang, LetsOnlyThatOneStandByThatIsPassiveAtBothLooks) {
    for (const bool at_first : {false, true}) {
        HangLook first = recorded_look("2018-pq/27-hung-d1-bbs-restarted");
        first.lock_owner = "diego-api-0";
        HangLook second = later(first);
        first.bbs[1].is_passive = at_first;
        second.bbs[1].is_passive = !at_first;
        EXPECT_THAT(prove_hang(first, second).sentences,
                    Contains("diego-api-1's BBS does not wait for Locket's answer"));
    }
}

// The log of one that was passive before the hang says nothing of its later attempts.
TEST(ProveHang, AsksThoseForTheAgeOfTheirRequestThatBeganToAsk) {
    HangLook first = recorded_look("2018-pq/05-locket-hung-180s");
    first.bbs[1].is_passive = true;
    first.bbs[1].asked_for_lock.reset();
    EXPECT_TRUE(prove_hang(first, later(first)).is_proved);
    first.bbs[0].is_passive = true;
    EXPECT_THAT(prove_hang(first, later(first)).sentences,
                ElementsAre(HasSubstr("not known since when any BBS has waited")));
}

TEST(ProveHang, NamesTheOneLocketThatBothAsk) {
    const std::string both = "2018-pq/21-separate-hung-both-90s";
    HangLook first = recorded_look(both);
    first.lockets[0].stacks = dump("2018-pq/20-separate-healthy/locket-0.locket");
    EXPECT_FALSE(prove_hang(first, later(first)).is_proved)
        << "whom they ask is not known, and one does not hang";
    first.bbs[0].locket = first.bbs[1].locket = "locket-1";
    const Hang hang = prove_hang(first, later(first));
    EXPECT_TRUE(hang.is_proved);
    EXPECT_THAT(hang.lockets, ElementsAre("locket-1"));
    first.bbs[1].locket = "locket-0";
    EXPECT_FALSE(prove_hang(first, later(first)).is_proved);
}

TEST(AgainstHang, FindsTheOneOfTwoThatHangs) {
    const HangLook look = recorded_look("2018-pq/22-separate-one-hung");
    EXPECT_THAT(against_hang(look.lockets[0], look.lockets[0]),
                ElementsAre(HasSubstr("no request for the lock waits")));
    EXPECT_THAT(against_hang(look.lockets[1], look.lockets[1]), IsEmpty());
}

}  // namespace

}  // namespace cfee
