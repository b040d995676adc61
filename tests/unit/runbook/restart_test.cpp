// The clauses (a) to (e): each broken alone is another diagnosis, each unknown alone is inconclusive.
#include "lib/runbook/restart.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/diagnosis.hpp"
#include "tests/unit/runbook/builder.hpp"
#include "tests/unit/runbook/hung.hpp"

namespace cfee {

namespace {

using State = Condition::State;

struct Clause {
    char letter;
    std::string_view name;
    void (*change)(Scene&);
    std::string_view id;  ///< of the diagnosis then
};

std::string_view to_words(State state) {
    return state == State::holds ? "holds" : state == State::unknown ? "unknown" : "speaks against";
}

const Stacks waiting{.state = Stacks::State::known, .total = 41, .waiting_for_locket = {58}};
const Stacks waiting_at_migrations{
    .state = Stacks::State::known, .total = 42, .is_at_migrations = true, .waiting_for_locket = {58}};

void without_log_but_with(Scene& scene, const Stacks& stacks) {
    scene.inside("diego-api-0").bbs_log = {};
    scene.inside("diego-api-0").bbs_stacks = stacks;
}

/// The clause is in that state, and all others hold.
void expect_only(const Clause& clause, State expected) {
    SCOPED_TRACE(std::string(1, clause.letter) + ": " + std::string(clause.name));
    Scene scene = Scene::stuck();
    clause.change(scene);
    for (const Condition& condition : restart_conditions(Facts(scene.snapshot))) {
        EXPECT_EQ(to_words(condition.state),
                  to_words(condition.letter() == clause.letter ? expected : State::holds))
            << condition.letter();
        EXPECT_FALSE(condition.text.empty());
    }
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, clause.id);
}

TEST(RestartConditions, AllHoldInTheRunbooksCase) {
    const Scene scene = Scene::stuck();
    std::string letters;
    for (const Condition& condition : restart_conditions(Facts(scene.snapshot))) {
        letters += condition.letter();
        EXPECT_EQ(condition.state, State::holds) << condition.letter();
    }
    EXPECT_EQ(letters, "abcde");
}

TEST(RestartConditions, EachBrokenAloneIsSomethingElse) {
    const std::vector<Clause> table{
        {'a', "one serves", [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::serving; },
         "label-stale"},
        {'a', "a certificate", [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::certificate; },
         "certificate"},
        {'b', "a stranger", [](Scene& scene) { scene.locks(Locks::owner, "bbs-9"); }, "lock-held-elsewhere"},
        {'b', "nobody", [](Scene& scene) { scene.locks(Locks::nobody); }, "inconclusive"},
        {'b', "nobody, as one pod says",
         [](Scene& scene) { scene.inside("diego-api-1").locks = Locks::nobody; }, "inconclusive"},
        {'b', "no Locket", [](Scene& scene) { scene.locks(Locks::no_locket); }, "inconclusive"},
        {'b', "Locket's database refuses", [](Scene& scene) { scene.locks(Locks::database_refuses); },
         "database-refuses"},
        {'b', "Locket's database fails", [](Scene& scene) { scene.locks(Locks::database_error); },
         "database-down"},
        {'b', "a locked table", [](Scene& scene) { scene = blocked(std::move(scene)); }, "database-blocked"},
        {'c', "refused", [](Scene& scene) { scene.database(Reach::refused); }, "database-down"},
        {'c', "one of four is silent",
         [](Scene& scene) { scene.inside("diego-api-1").databases[0].connection.reach = Reach::timed_out; },
         "database-down"},
        {'d', "a migration runs",
         [](Scene& scene) { scene.inside("diego-api-1").bbs_log.is_migrating = true; }, "bbs-starting"},
        {'e', "Terminating", [](Scene& scene) { scene.terminate("diego-api-1"); }, "bbs-starting"},
        {'e', "young", [](Scene& scene) { scene.created("diego-api-1", std::chrono::seconds{59}); },
         "bbs-starting"},
        {'e', "a Locket is young",
         [](Scene& scene) { scene.with_own_lockets().created("locket-0", std::chrono::seconds{59}); },
         "bbs-starting"},
    };
    for (const Clause& clause : table) expect_only(clause, State::speaks_against);
}

TEST(RestartConditions, EachUnknownAloneIsInconclusive) {
    const std::vector<Clause> table{
        {'a', "the ping left no answer",
         [](Scene& scene) { scene.inside("diego-api-0").ping = Ping::unknown; }, "inconclusive"},
        {'a', "no readiness script", [](Scene& scene) { scene.inside("diego-api-1").ping = Ping::absent; },
         "inconclusive"},
        {'b', "cfdot fails", [](Scene& scene) { scene.locks(Locks::error); }, "inconclusive"},
        {'b', "no cfdot", [](Scene& scene) { scene.locks(Locks::absent); }, "inconclusive"},
        {'b', "cfdot left no answer, in one pod",
         [](Scene& scene) { scene.inside("diego-api-1").locks = Locks::unknown; }, "inconclusive"},
        {'c', "no address", [](Scene& scene) { scene.inside("diego-api-1").databases.clear(); },
         "inconclusive"},
        {'c', "an address that cannot be read",
         [](Scene& scene) { scene.inside("diego-api-1").unreadable_databases = {"locket"}; }, "inconclusive"},
        {'c', "no tool to ask", [](Scene& scene) { scene.database(Reach::could_not_ask); }, "inconclusive"},
        {'c', "an answer that was cut off",
         [](Scene& scene) { scene.inside("diego-api-0").is_complete = false; }, "inconclusive"},
        {'b', "the port of a Locket of its own",
         [](Scene& scene) { scene.with_own_lockets().inside("locket-1").locket_port.reset(); },
         "inconclusive"},
        {'d', "no log", [](Scene& scene) { scene.inside("diego-api-0").bbs_log = {}; }, "inconclusive"},
        {'d', "no log, and a stack at the migrations",
         [](Scene& scene) { without_log_but_with(scene, waiting_at_migrations); }, "inconclusive"},
        {'d', "no log, and no stack that waits for the lock",
         [](Scene& scene) { without_log_but_with(scene, {.state = Stacks::State::known, .total = 41}); },
         "inconclusive"},
        {'d', "no log, and no stacks",
         [](Scene& scene) { without_log_but_with(scene, {.state = Stacks::State::closed}); }, "inconclusive"},
    };
    for (const Clause& clause : table) expect_only(clause, State::unknown);
}

// That a connection opens is believed only where nobody could ask the database itself.
TEST(RestartConditions, BelieveADatabaseByItsOwnWords) {
    using Kind = DatabaseAnswer::Kind;
    struct Row {
        std::string_view name;
        Scene scene;
        State state;
        std::string_view id;
    };
    const Scene stuck = Scene::stuck();
    const Scene owned = Scene::stuck().locks(Locks::owner, "diego-api-0");
    Scene remembered = in_mesh(owned);
    for (Inside& one : remembered.snapshot.insides) one.locks_asked = look_time - std::chrono::seconds{20};
    const std::vector<Row> table{
        {"accepts", databases_say(stuck, Kind::accepts), State::holds, "bbs-lock-stuck"},
        {"silent", databases_say(stuck, Kind::silent), State::speaks_against, "database-down"},
        {"the BBS's is silent", databases_say(stuck, Kind::silent, "bbs"), State::speaks_against,
         "database-down"},
        {"hangs up", databases_say(stuck, Kind::hangs_up), State::speaks_against, "database-down"},
        {"refuses", databases_say(stuck, Kind::refuses), State::speaks_against, "database-down"},
        {"not a second time", databases_say(stuck, Kind::no_connection), State::speaks_against,
         "database-down"},
        {"a pooler for itself", databases_say(stuck, Kind::proxy), State::unknown, "inconclusive"},
        {"another language", databases_say(stuck, Kind::not_a_database), State::unknown, "inconclusive"},
        {"nobody could ask", databases_say(stuck, Kind::unknown), State::holds, "bbs-lock-stuck"},
        {"a mesh", in_mesh(stuck), State::unknown, "inconclusive"},
        {"a mesh, and nobody could ask", in_mesh(databases_say(stuck, Kind::unknown)), State::unknown,
         "inconclusive"},
        {"a mesh, and it answers", in_mesh(databases_say(stuck, Kind::accepts)), State::holds,
         "bbs-lock-stuck"},
        {"a mesh, and Locket has answered", in_mesh(databases_say(owned, Kind::accepts, "bbs")), State::holds,
         "bbs-lock-stuck"},
        {"a mesh, and Locket has answered an earlier look", databases_say(remembered, Kind::accepts, "bbs"),
         State::unknown, "inconclusive"},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(to_words(restart_conditions(Facts(row.scene.snapshot))[2].state), to_words(row.state));
        EXPECT_EQ(judge(row.scene.snapshot).diagnosis.id, row.id);
    }
}

TEST(RestartConditions, SayWhichDatabasesAcceptAndWhichAnswer) {
    using Kind = DatabaseAnswer::Kind;
    const auto text = [](const Scene& scene) { return restart_conditions(Facts(scene.snapshot))[2].text; };
    const Scene one = Scene::stuck();
    EXPECT_EQ(text(one), "the database db:5432 accepts connections");
    EXPECT_EQ(text(databases_say(one, Kind::accepts)),
              "the database db:5432 accepts connections and answers");
    Scene two = one;
    for (Inside& inside : two.snapshot.insides) inside.databases.back().address.host = "other";
    EXPECT_EQ(text(two), "the databases db:5432 and other:5432 accept connections");
    EXPECT_EQ(text(databases_say(two, Kind::accepts)),
              "the databases db:5432 and other:5432 accept connections and answer");
    Scene none = one;
    for (Inside& inside : none.snapshot.insides) inside.databases.clear();
    EXPECT_EQ(text(none), "every database that the pods name accepts connections");
}

TEST(RestartConditions, HoldWhereStacksStandInForALog) {
    // One that is there and was rotated is no more than none: heal's grace period stands in for its times.
    for (const bool is_rotated : {false, true}) {
        Scene scene = Scene::stuck();
        without_log_but_with(scene, waiting);
        if (is_rotated) scene.inside("diego-api-0").bbs_log.is_known = true;
        const auto conditions = restart_conditions(Facts(scene.snapshot));
        EXPECT_EQ(to_words(conditions[3].state), "holds");
        EXPECT_EQ(to_words(conditions[4].state), "holds");
        EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "bbs-lock-stuck");
    }
}

TEST(RestartConditions, BelieveALogThatSpeaksOfAMigration) {
    Scene scene = Scene::stuck();
    scene.inside("diego-api-0").bbs_log.is_migrating = true;
    scene.inside("diego-api-0").bbs_stacks = waiting;
    EXPECT_EQ(to_words(restart_conditions(Facts(scene.snapshot))[3].state), "speaks against");
}

TEST(RestartConditions, AreUnknownOfAPodThatCouldNotBeAsked) {
    Scene scene = Scene::stuck();
    scene.mute("diego-api-1");
    for (const Condition& condition : restart_conditions(Facts(scene.snapshot))) {
        const bool needs_exec =
            condition.letter() == 'a' || condition.letter() == 'c' || condition.letter() == 'd';
        if (needs_exec) {
            EXPECT_EQ(to_words(condition.state), "unknown") << condition.letter();
        }
    }
    EXPECT_EQ(judge(scene.snapshot).diagnosis.id, "inconclusive");
}

TEST(RestartConditions, AreNotProvenByNobody) {
    Scene scene = Scene::stuck();
    scene.without("diego-api-0").without("diego-api-1");
    for (const Condition& condition : restart_conditions(Facts(scene.snapshot))) {
        if (condition.letter() != 'e') {
            EXPECT_EQ(to_words(condition.state), "unknown") << condition.letter();
        }
    }
}

// What speaks against beats what is not known.
TEST(RestartConditions, PreferWhatSpeaksAgainst) {
    Scene scene = Scene::stuck();
    scene.inside("diego-api-0").locks = Locks::unknown;
    scene.inside("diego-api-1").locks = Locks::nobody;
    EXPECT_EQ(restart_conditions(Facts(scene.snapshot))[1].state, State::speaks_against);
    std::swap(scene.inside("diego-api-0").locks, scene.inside("diego-api-1").locks);
    EXPECT_EQ(restart_conditions(Facts(scene.snapshot))[1].state, State::speaks_against);
}

}  // namespace

}  // namespace cfee
