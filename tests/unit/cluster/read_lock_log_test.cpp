#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/cluster/read_lock_log.hpp"
#include "lib/facts/inside.hpp"

namespace cfee {

namespace {

// 2026-11-22T10:00:00Z, the minute in which these logs were written.
constexpr long long start = 1795341600;

/// A line of lager's older shape, so many seconds after the start.
std::string old_line(int second, const std::string& message, const std::string& data = "") {
    return R"({"timestamp":")" + std::to_string(start + second) +
           R"(.290277958","source":"bbs","message":")" + message + R"(","log_level":1,"data":{)" + data +
           "}}\n";
}

/// A last word: lager's Fatal panics.
std::string fatal_line(int second, const std::string& message, const std::string& data = "") {
    std::string line = old_line(second, message, data);
    const std::string_view level = "\"log_level\":1";
    return line.replace(line.find(level), level.size(), "\"log_level\":3");
}

/// The same in the newer shape.
std::string new_line(int second, const std::string& message, const std::string& data = "") {
    const std::string two = (second < 10 ? "0" : "") + std::to_string(second);
    return R"({"timestamp":"2026-11-22T10:00:)" + two +
           R"(.290277958Z","level":"info","source":"bbs","message":")" + message + R"(","data":{)" + data +
           "}}\n";
}

/// A line of Go's own log.
std::string plain_line(int second, const std::string& text) {
    const std::string two = (second < 10 ? "0" : "") + std::to_string(second);
    return "2026/11/22 10:00:" + two + " " + text + "\n";
}

constexpr auto collision = R"("error":"rpc error: code = 6 desc = lock-collision")";
constexpr auto closing = R"("error":"rpc error: code = 13 desc = transport is closing")";
constexpr auto expired = "x509: certificate has expired or is not yet valid";

struct Row {
    std::string_view name;
    std::string text;
    bool says_active = false;
    bool is_migrating = false;
    int last_event = -1;  ///< seconds after the start; -1: none
    bool was_hung_up_on = false;
    bool has_certificate_error = false;
    std::string last_line = "";
    Job job = Job::bbs;
};

void expect_all(const std::vector<Row>& table) {
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        const LockLog log = read_lock_log(row.job, row.text);
        EXPECT_TRUE(log.is_known);
        EXPECT_EQ(log.says_active, row.says_active);
        EXPECT_EQ(log.is_migrating, row.is_migrating);
        EXPECT_EQ(log.was_hung_up_on, row.was_hung_up_on);
        EXPECT_EQ(!log.certificate_error.empty(), row.has_certificate_error) << log.certificate_error;
        if (!row.last_line.empty()) {
            EXPECT_EQ(log.last_line, row.last_line);
        }
        ASSERT_EQ(log.last_event.has_value(), row.last_event >= 0);
        if (log.last_event) {
            EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(*log.last_event),
                      TimePoint{std::chrono::seconds{start + row.last_event}});
        }
    }
}

TEST(ReadLockLog, KnowsWhoHoldsTheLock) {
    for (const auto line : {old_line, new_line}) {
        expect_all({
            {"empty", ""},
            {"active",
             line(1, "bbs.starting", "") + line(2, "bbs.locket-lock.started", "") +
                 line(3, "bbs.locket-lock.acquired-lock", "") + line(4, "bbs.started", ""),
             true, false, 3, false, false, "bbs.locket-lock.acquired-lock"},
            {"the runbook's case: waiting for ever",
             line(1, "bbs.starting", "") + line(2, "bbs.locket-lock.started", ""), false, false, 2, false,
             false, "bbs.locket-lock.started"},
            {"passive",
             line(1, "bbs.locket-lock.started", "") +
                 line(2, "bbs.locket-lock.failed-to-acquire-lock", collision),
             false, false, 1},
            {"lost", line(3, "bbs.locket-lock.acquired-lock", "") + line(9, "bbs.locket-lock.lost-lock", ""),
             false, false, 9, false, false, "bbs.locket-lock.lost-lock"},
            {"lost, and exited",
             line(3, "bbs.locket-lock.acquired-lock", "") + line(9, "bbs.locket-lock.lost-lock", "") +
                 line(10, "bbs.exited-with-failure", ""),
             false, false, 10},
            {"stopped: says started before it exits",
             line(1, "bbs.locket-lock.started", "") + line(8, "bbs.started", "") + line(8, "bbs.exited", ""),
             false, false, 8, false, false, "bbs.exited"},
            {"started again after it was killed",
             line(3, "bbs.locket-lock.acquired-lock", "") + line(20, "bbs.starting", ""), false, false, 20},
            {"started by another name",
             line(3, "bbs.locket-lock.acquired-lock", "") + line(20, "locket.started", ""), false, false, 20},
            {"other messages do not count",
             line(3, "bbs.locket-lock.acquired-lock", "") + line(30, "bbs.request.serving", "") +
                 line(31, "auctioneer.locket-lock.lost-lock", ""),
             true, false, 3},
        });
    }
}

TEST(ReadLockLog, KnowsWhetherAMigrationRuns) {
    for (const auto line : {old_line, new_line}) {
        const std::string running = line(3, "bbs.locket-lock.acquired-lock", "") +
                                    line(4, "bbs.migration-manager.running-migration", "");
        expect_all({
            {"running", running, true, true, 3},
            {"two of them", running + line(5, "bbs.migration-manager.running-migration", ""), true, true, 3},
            {"finished", running + line(5, "bbs.migration-manager.finished-migrations", ""), true, false, 3},
            {"ended", running + line(5, "bbs.migration-manager.exited", ""), true, false, 3},
            {"serving", running + line(5, "bbs.started", ""), true, false, 3},
            {"interrupted", running + line(5, "bbs.exited", ""), false, false, 5},
            {"interrupted by force", running + line(5, "bbs.starting", ""), false, false, 5},
            {"again after a start",
             running + line(5, "bbs.starting", "") + line(6, "bbs.migration-manager.running-migration", ""),
             false, true, 5},
        });
    }
}

TEST(ReadLockLog, AFailureEndsAMigration) {
    expect_all(
        {{"failed",
          old_line(4, "bbs.migration-manager.running-migration") + old_line(5, "bbs.exited-with-failure"),
          false, false, 5}});
}

TEST(ReadLockLog, KnowsCertificates) {
    const std::string certificate = R"("error":")" + std::string(expired) + R"(")";
    expect_all({
        {"after the start",
         old_line(1, "bbs.starting") + old_line(2, "bbs.failed-to-create-locket-client", certificate), false,
         false, 1, false, true},
        {"before the start",
         old_line(1, "bbs.failed-to-create-locket-client", certificate) + old_line(2, "bbs.starting"), false,
         false, 2, false, false},
        {"on standard error, later than the start",
         old_line(1, "bbs.starting") + plain_line(5, std::string("transport: ") + expired), false, false, 1,
         false, true},
        {"on standard error, before the start",
         old_line(10, "bbs.starting") + plain_line(5, std::string("transport: ") + expired), false, false, 10,
         false, false},
        {"without a time: since the start is not known",
         old_line(10, "bbs.starting") + std::string(expired) + "\n", false, false, 10, false, false},
        {"a server about whoever called it",
         old_line(1, "bbs.starting") +
             plain_line(5, "http: TLS handshake error from 10.0.0.1:1: remote error: tls: bad certificate"),
         false, false, 1, false, false},
        {"Locket about a stranger's certificate",
         old_line(1, "locket.started") +
             plain_line(5,
                        "grpc: Server.Serve failed to complete security handshake from \"127.0.0.1:48506\": "
                        "tls: failed to verify certificate: x509: certificate has expired"),
         false, false, 1, false, false, "", Job::locket},
        {"the lock's client, in TLS's own words, whatever they are",
         old_line(1, "bbs.starting") +
             plain_line(
                 5,
                 "transport: http2Client.notifyError got notified that the client transport was broken "
                 "remote error: tls: internal error."),
         false, false, 1, false, true},
        {"without a start", plain_line(5, "remote error: tls: bad certificate"), false, false, -1, false,
         true},
        {"no start, no time", "remote error: tls: bad certificate", false, false, -1, false, true},
        {"words that nobody has heard of", plain_line(5, "grpc: x: tls: y"), false, false, -1, false, true},
        {"not TLS's words", plain_line(5, "grpc: bad certificate"), false, false, -1, false, false},
        {"another client of the BBS",
         old_line(1, "bbs.starting") + old_line(2, "bbs.request.failed", certificate), false, false, 1},
        {"the BBS's server about whoever called it, in other words",
         plain_line(5, "http: panic serving: x509: x"), false, false, -1, false, false},
        {"Locket, whatever it says", plain_line(5, "transport: http2Server failed: tls: bad certificate"),
         false, false, -1, false, false, "", Job::locket},
        {"Locket answered since",
         old_line(2, "bbs.locket-lock.failed-to-acquire-lock", certificate) +
             old_line(3, "bbs.locket-lock.failed-to-acquire-lock", collision),
         false, false, -1, false, false},
        {"Locket answered before",
         old_line(3, "bbs.locket-lock.failed-to-acquire-lock", collision) +
             old_line(4, "bbs.locket-lock.failed-to-acquire-lock", certificate),
         false, false, -1, false, true},
        {"refuses to start",
         old_line(1, "bbs.starting") + fatal_line(2, "bbs.tls-configuration-failed", R"("error":"x")"), false,
         false, 1, false, true},
        {"Locket refuses to start", fatal_line(2, "locket.invalid-tls-config"), false, false, -1, false, true,
         "", Job::locket},
        {"what our own probes cause",
         old_line(1, "bbs.starting") + plain_line(2, "http: TLS handshake error from 10.0.0.1:1: EOF"), false,
         false, 1, false, false},
        {"the lock does not come into it",
         old_line(1, "bbs.locket-lock.acquired-lock") + plain_line(5, expired), true, false, 1, false, true},
    });
    EXPECT_EQ(read_lock_log(Job::bbs, "tls: one\ntls: two\n").certificate_error, "tls: two");
    EXPECT_EQ(read_lock_log(Job::bbs, old_line(2, "bbs.locket-lock.failed-to-acquire-lock", certificate))
                  .certificate_error,
              "bbs.locket-lock.failed-to-acquire-lock: " + std::string(expired));
}

TEST(ReadLockLog, KnowsThatLocketHungUp) {
    const std::string failed = "bbs.locket-lock.failed-to-acquire-lock";
    expect_all({
        {"closed", old_line(1, "bbs.locket-lock.started") + old_line(2, failed, closing), false, false, 1,
         true},
        {"a collision since", old_line(2, failed, closing) + old_line(3, failed, collision)},
        {"closed since a collision", old_line(2, failed, collision) + old_line(3, failed, closing), false,
         false, -1, true},
        {"before the start", old_line(2, failed, closing) + old_line(3, "bbs.starting"), false, false, 3},
        {"said by another line", old_line(2, "bbs.request.failed", closing)},
    });
}

std::string error(const std::string& text) {
    return R"("error":")" + text + R"(","lock":{"key":"bbs","owner":"diego-api-0"})";
}

TEST(ReadLockLog, KnowsWhatTheLockClientSaidLast) {
    using ClientWord = LockLog::ClientWord;
    const std::string started = old_line(1, "bbs.starting");
    const std::string asks = started + old_line(2, "bbs.locket-lock.started");
    const std::string taken = asks + old_line(3, "bbs.locket-lock.failed-to-acquire-lock", collision);
    struct WordRow {
        std::string_view name;
        std::string text;
        ClientWord word;
    };
    const std::vector<WordRow> table{
        {"nothing", "", ClientWord::nothing},
        {"a start", started, ClientWord::nothing},
        {"it asks", asks, ClientWord::asks},
        {"it asks, and other things happen", asks + old_line(9, "bbs.converger.x"), ClientWord::asks},
        {"another has it", taken, ClientWord::is_taken},
        {"asks anew", taken + old_line(4, "bbs.locket-lock.started"), ClientWord::asks},
        {"another failure after that",
         taken + old_line(18, "bbs.locket-lock.failed-to-acquire-lock", closing), ClientWord::other},
        {"it has it", asks + old_line(3, "bbs.locket-lock.acquired-lock"), ClientWord::other},
        {"words that nobody knows", asks + old_line(3, "bbs.locket-lock.renewed"), ClientWord::other},
        {"it has ended", asks + old_line(3, "bbs.exited"), ClientWord::nothing},
        {"a new start", taken + old_line(4, "bbs.starting"), ClientWord::nothing},
    };
    for (const WordRow& row : table)
        EXPECT_EQ(read_lock_log(Job::bbs, row.text).client_word, row.word) << row.name;
}

TEST(ReadLockLog, KnowsWhenSomebodyHeldTheLock) {
    const std::string failed = "bbs.locket-lock.failed-to-acquire-lock";
    const std::string asked = old_line(1, "bbs.locket-lock.started");
    EXPECT_FALSE(read_lock_log(Job::bbs, asked).collided_at);
    const LockLog log = read_lock_log(
        Job::bbs, asked + old_line(2, failed, collision) + old_line(4, failed, collision) +
                      old_line(6, failed, error("rpc error: code = 2 desc = sql-unknown")) +
                      old_line(7, failed, error("rpc error: code = 4 desc = context deadline exceeded")));
    ASSERT_TRUE(log.collided_at);
    EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(*log.collided_at),
              TimePoint{std::chrono::seconds{start + 4}});
}

TEST(ReadLockLog, KnowsThatLocketRefuses) {
    struct RefusalRow {
        std::string_view name;
        std::string text;
        std::string_view refusal;
        long refused_at = -1;
    };
    const std::string asked = old_line(1, "bbs.locket-lock.started");
    const std::string failed = "bbs.locket-lock.failed-to-acquire-lock";
    const std::string locking = "locket.lock.failed-locking-lock";
    const std::vector<RefusalRow> table{
        {"2018 code, a number", asked + old_line(2, failed, error("rpc error: code = 2 desc = sql-unknown")),
         "sql-unknown", 2},
        {"2022 code, a name",
         asked + new_line(2, failed,
                          error("rpc error: code = Unknown desc = pq: cannot execute UPDATE in a "
                                "read-only transaction")),
         "pq: cannot execute UPDATE in a read-only transaction", 2},
        {"a quoted name in it",
         asked + new_line(2, failed, error(R"(rpc error: code = Unknown desc = pq: role \"diego\" is gone)")),
         R"(pq: role "diego" is gone)", 2},
        {"somebody holds it", asked + old_line(2, failed, error("rpc error: code = 6 desc = lock-collision")),
         ""},
        {"two asked at once",
         asked + old_line(2, failed, error("rpc error: code = 2 desc = sql-resource-exists")), ""},
        {"no answer",
         asked + old_line(2, failed, error("rpc error: code = 4 desc = context deadline exceeded")), ""},
        {"no answer, 2022",
         asked + new_line(2, failed, error("rpc error: code = Unknown desc = context deadline exceeded")),
         ""},
        {"the connection closed",
         asked + new_line(2, failed, error("rpc error: code = Unavailable desc = transport is closing")), ""},
        {"before it began to ask",
         old_line(0, failed, error("rpc error: code = 2 desc = sql-unknown")) + asked, ""},
        {"and got it afterwards",
         asked + old_line(2, failed, error("rpc error: code = 2 desc = sql-unknown")) +
             old_line(3, "bbs.locket-lock.acquired-lock"),
         ""},
        {"and somebody holds it afterwards",
         asked + old_line(2, failed, error("rpc error: code = 2 desc = sql-unknown")) +
             old_line(3, failed, collision),
         ""},
        {"of Locket's own word another's collision says nothing",
         old_line(5, locking, R"("error":"sql-unknown","key":"bbs")") +
             old_line(6, locking, R"("error":"lock-collision","key":"bbs")"),
         "sql-unknown", 5},
        {"no answer after a refusal",
         asked + old_line(2, failed, error("rpc error: code = 2 desc = sql-unknown")) +
             old_line(3, failed, error("rpc error: code = 4 desc = context deadline exceeded")),
         "sql-unknown", 2},
        {"Locket's own word", old_line(5, locking, R"("error":"sql-unknown","key":"bbs","owner":"x")"),
         "sql-unknown", 5},
        {"Locket's own word about an update",
         old_line(5, "locket.lock.failed-updating-lock", R"("error":"sql-unknown","key":"bbs")"),
         "sql-unknown", 5},
        {"Locket has given the lock since",
         old_line(5, locking, R"("error":"sql-unknown","key":"bbs")") +
             old_line(6, "locket.lock.lock.acquired-lock", R"("key":"bbs","owner":"x")"),
         ""},
        {"Locket has given another lock since",
         old_line(5, locking, R"("error":"sql-unknown","key":"bbs")") +
             old_line(6, "locket.lock.lock.acquired-lock", R"("key":"auctioneer","owner":"x")"),
         "sql-unknown", 5},
        {"about another lock", old_line(5, locking, R"("error":"sql-unknown","key":"auctioneer")"), ""},
        {"about a caller that went away", old_line(5, locking, R"("error":"context canceled","key":"bbs")"),
         ""},
    };
    for (const RefusalRow& row : table) {
        SCOPED_TRACE(row.name);
        const LockLog log = read_lock_log(Job::bbs, row.text);
        EXPECT_EQ(log.refusal, row.refusal);
        if (row.refused_at >= 0) {
            ASSERT_TRUE(log.refused_at);
            EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(*log.refused_at),
                      TimePoint{std::chrono::seconds{start + row.refused_at}});
        }
    }
}

TEST(ReadLockLog, KeepsTheLastWord) {
    struct WordRow {
        std::string_view name;
        std::string text;
        std::string word;
        int at = -1;
        bool found_it_held = false;
    };
    const std::string waits = old_line(1, "bbs.starting") + old_line(2, "bbs.locket-lock.started");
    const std::string failed = "bbs.locket-lock.failed-to-acquire-lock";
    const std::string exits = error(
        R"(Exit trace for group:\nlock exited with error: rpc error: code = 4 desc = late\nx exited with nil)");
    const std::vector<WordRow> table{
        {"nothing", "", ""},
        {"nothing of the lock", old_line(1, "bbs.request.serving") + "panic: x\n", ""},
        {"waits", waits + old_line(9, "bbs.request.serving"), "bbs.locket-lock.started", 2},
        {"passive", waits + old_line(3, failed, collision), failed + ": lock-collision", 3, true},
        {"passive, 2022", waits + new_line(3, failed, collision), failed + ": lock-collision", 3, true},
        {"no answer", waits + old_line(3, failed, closing), failed + ": transport is closing", 3},
        {"no answer any more", waits + old_line(3, failed, collision) + old_line(4, failed, closing),
         failed + ": transport is closing", 4},
        {"refused", waits + old_line(3, failed, error("rpc error: code = 2 desc = sql-unknown")),
         failed + ": sql-unknown", 3},
        {"started anew", old_line(1, failed, collision) + waits, "bbs.locket-lock.started", 2},
        {"exited", waits + old_line(5, "bbs.exited-with-failure", exits), "bbs.exited-with-failure: late", 5},
        {"died", waits + fatal_line(5, "bbs.sql-failed", error("pq: x")), "bbs.sql-failed: pq: x", 5},
        {"migrates", waits + old_line(5, "bbs.migration-manager.running-migration"),
         "bbs.migration-manager.running-migration", 5},
        {"nobody knows when", R"({"message":"bbs.starting"})", "bbs.starting"},
    };
    for (const WordRow& row : table) {
        SCOPED_TRACE(row.name);
        const LockLog log = read_lock_log(Job::bbs, row.text);
        EXPECT_EQ(log.last_word.text, row.word);
        EXPECT_EQ(log.found_it_held(), row.found_it_held);
        ASSERT_EQ(log.last_word.time.has_value(), row.at >= 0);
        if (log.last_word.time) {
            EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(*log.last_word.time),
                      TimePoint{std::chrono::seconds{start + row.at}});
        }
    }
}

TEST(ReadLockLog, CountsLosses) {
    const std::string lost = "bbs.locket-lock.lost-lock";
    const LockLog log =
        read_lock_log(Job::bbs, old_line(1, lost) + old_line(2, "bbs.starting") + new_line(3, lost) +
                                    R"({"message":"bbs.locket-lock.lost-lock"})" + "\n");
    ASSERT_EQ(log.losses.size(), 2U) << "one has no time";
    EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(log.losses[1]),
              TimePoint{std::chrono::seconds{start + 3}});
}

// It says nothing when it starts, but "started" when it has.
TEST(ReadLockLog, KnowsALocketThatDiesAgainAndAgain) {
    const auto died = [](int at) {
        return fatal_line(at, "locket.failed-to-create-lock-table", error("pq: read-only"));
    };
    const auto deaths = [](const std::string& text) {
        return read_lock_log(Job::locket, text).crashes.deaths;
    };
    const CrashLoop loop = read_lock_log(Job::locket, died(1) + died(11) + died(21)).crashes;
    EXPECT_EQ(loop.deaths, 3);
    EXPECT_EQ(loop.failure, "failed-to-create-lock-table: pq: read-only");
    ASSERT_TRUE(loop.since && loop.last);
    EXPECT_EQ(*loop.last - *loop.since, std::chrono::seconds{20});
    EXPECT_EQ(deaths(died(1) + old_line(5, "locket.started") + died(11)), 2) << "it lived for six seconds";
    EXPECT_EQ(deaths(died(1) + died(2) + old_line(3, "locket.started") + died(90)), 0) << "it lived";
    EXPECT_EQ(deaths(died(1) + old_line(3, "locket.exited") + died(11)), 1) << "stopped";
    EXPECT_EQ(deaths(old_line(1, "locket.started") + old_line(2, "locket.exited-with-failure", error("x")) +
                     old_line(3, "locket.exited-with-failure", error("x"))),
              1)
        << "a second word about the same death";
}

TEST(ReadLockLog, KnowsAProcessThatDiesAgainAndAgain) {
    const auto trace = [](const std::string& member) {
        return R"("error":"Exit trace for group:\n)" + member + R"(\nserver exited with nil\n")";
    };
    const std::string newer =
        "migration-manager exited with error: Existing DB version (2) exceeds bbs version (1)";
    const auto dies = [&](int at, const std::string& member) {
        return old_line(at, "bbs.starting") + old_line(at + 1, "bbs.locket-lock.acquired-lock") +
               old_line(at + 2, "bbs.started") + old_line(at + 2, "bbs.exited-with-failure", trace(member));
    };
    const CrashLoop thrice = read_lock_log(Job::bbs, dies(0, newer) + dies(10, newer) + dies(20, newer) +
                                                         old_line(30, "bbs.starting"))
                                 .crashes;
    EXPECT_EQ(thrice.deaths, 3);
    EXPECT_EQ(thrice.failure, newer);
    ASSERT_TRUE(thrice.since && thrice.last);
    EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(*thrice.since),
              TimePoint{std::chrono::seconds{start + 2}});
    EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(*thrice.last),
              TimePoint{std::chrono::seconds{start + 22}});
    ASSERT_TRUE(thrice.restarted);
    EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(*thrice.restarted),
              TimePoint{std::chrono::seconds{start + 30}});
    EXPECT_FALSE(read_lock_log(Job::bbs, dies(0, newer) + dies(10, newer)).crashes.restarted) << "it is dead";
    EXPECT_EQ(read_lock_log(Job::bbs, dies(0, newer)).crashes.deaths, 1);
    EXPECT_EQ(
        read_lock_log(Job::bbs, dies(0, newer) + dies(10, "server exited with error: listen tcp: in use"))
            .crashes.deaths,
        1)
        << "not the same failure";
    EXPECT_EQ(
        read_lock_log(Job::bbs, dies(0, "lock exited with error: x") + dies(10, "lock exited with error: x"))
            .crashes.deaths,
        0)
        << "the lock was lost: that is another story";
    const std::string late =
        old_line(0, "bbs.starting") + old_line(61, "bbs.exited-with-failure", trace(newer));
    EXPECT_EQ(read_lock_log(Job::bbs, late + late).crashes.deaths, 0) << "it lived";
    // Who was killed has no last word; the life before it tells.
    struct Life {
        std::string_view name;
        std::string lines;
        int deaths;
    };
    const std::vector<Life> lives{
        {"serves", old_line(20, "bbs.starting") + old_line(21, "bbs.started") + old_line(31, "bbs.request"),
         0},
        {"serves, and is killed",
         old_line(20, "bbs.starting") + old_line(21, "bbs.started") + old_line(31, "bbs.request") +
             old_line(40, "bbs.starting"),
         0},
        {"serves, and dies",
         old_line(20, "bbs.starting") + old_line(21, "bbs.started") + old_line(31, "bbs.request") +
             dies(40, newer),
         1},
        {"has only just begun to serve",
         old_line(20, "bbs.starting") + old_line(21, "bbs.started") + old_line(30, "bbs.request"), 2},
        {"asks for the lock", old_line(20, "bbs.starting") + old_line(21, "bbs.locket-lock.started"), 2},
        {"asks for a while",
         old_line(20, "bbs.starting") + old_line(21, "bbs.locket-lock.started") +
             old_line(79, "bbs.locket-lock.failed-to-acquire-lock"),
         2},
        {"asks for the lock for longer than a start that fails",
         old_line(20, "bbs.starting") + old_line(21, "bbs.locket-lock.started") +
             old_line(80, "bbs.locket-lock.failed-to-acquire-lock"),
         0},
        {"is killed at its start", old_line(20, "bbs.starting") + old_line(90, "bbs.starting"), 2},
        {"dies after it served, and of the same",
         old_line(20, "bbs.starting") + old_line(21, "bbs.started") +
             old_line(31, "bbs.exited-with-failure", trace(newer)),
         3},
        {"dies late, and of the same",
         old_line(20, "bbs.starting") + old_line(80, "bbs.exited-with-failure", trace(newer)), 0},
        {"ends while it is being started",
         old_line(20, "bbs.starting") + old_line(21, "bbs.started") +
             old_line(22, "bbs.exited-with-failure", trace(newer)) + old_line(40, "bbs.exited"),
         0},
    };
    for (const Life& life : lives) {
        EXPECT_EQ(read_lock_log(Job::bbs, dies(0, newer) + dies(10, newer) + life.lines).crashes.deaths,
                  life.deaths)
            << life.name;
    }
    const auto fatal = [](int at) {
        return old_line(at, "bbs.starting") + std::string(R"({"timestamp":")") +
               std::to_string(start + at + 1) +
               R"(.0","source":"bbs","message":"bbs.sql-failed-create-configurations-table","log_level":3,)" +
               R"("data":{"error":"pq: cannot execute CREATE TABLE in a read-only transaction"}})" + "\n";
    };
    EXPECT_EQ(
        read_lock_log(Job::bbs, fatal(0) + fatal(10)).crashes.failure,
        "sql-failed-create-configurations-table: pq: cannot execute CREATE TABLE in a read-only transaction");
    EXPECT_EQ(read_lock_log(Job::bbs, fatal(0) + fatal(10)).crashes.deaths, 2);
    EXPECT_EQ(read_lock_log(Job::bbs, fatal(0) + fatal(10) + old_line(12, "bbs.exited")).crashes.deaths, 0)
        << "stopped";
}

TEST(ReadLockLog, KnowsWhyItEndedLast) {
    const auto failure = [](const std::string& text) { return read_lock_log(Job::bbs, text).failure; };
    const std::string started = old_line(0, "bbs.starting") + old_line(1, "bbs.started");
    const std::string full =
        old_line(2, "bbs.exited-with-failure",
                 R"("error":"Exit trace for group:\nserver exited with error: no space left")");
    const std::string lost =
        old_line(2, "bbs.exited-with-failure",
                 R"("error":"Exit trace for group:\nlock exited with error: lost lock")");
    EXPECT_EQ(failure(started), "");
    EXPECT_EQ(failure(started + full), "server exited with error: no space left");
    EXPECT_EQ(failure(started + lost), "") << "that it lost its lock does not keep it from starting";
    EXPECT_EQ(failure(started + old_line(2, "bbs.exited")), "");
    EXPECT_EQ(failure(started + fatal_line(2, "bbs.failed-x", R"("error":"y")")), "failed-x: y");
    EXPECT_EQ(failure(full + started), "") << "it has been started since";
}

TEST(ReadLockLog, StandsLinesThatAreCutOrNoLines) {
    const std::string acquired = old_line(3, "bbs.locket-lock.acquired-lock");
    expect_all({
        {"no last newline", acquired.substr(0, acquired.size() - 1), true, false, 3},
        {"cut in the data", acquired.substr(0, acquired.find("log_level")), true, false, 3},
        {"cut in the message", acquired.substr(0, acquired.find("-lock\""))},
        {"cut at the front", acquired.substr(acquired.find("message")) + old_line(1, "bbs.x")},
        {"cut at the front, message whole", acquired.substr(acquired.find("\"message")), true, false, -1},
        {"panic between",
         acquired + "panic: runtime error\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:1 +0x1\n",
         true, false, 3},
        {"Go's own log between", acquired + plain_line(4, "grpc: Server.Serve failed: EOF"), true, false, 3},
        {"binary between", acquired + std::string("\0\xff\xfe\n\x1b\n", 6), true, false, 3},
        {"empty lines", "\n\n" + acquired + "\n\n", true, false, 3},
        {"JSON of something else", acquired + "[]\n{}\nnull\n{\"message\":1}\n", true, false, 3},
        {"no time", R"({"source":"bbs","message":"bbs.starting"})", false, false, -1, false, false,
         "bbs.starting"},
        {"a time that is none", R"({"timestamp":"yesterday","message":"bbs.starting"})", false, false, -1},
    });
}

TEST(ReadLockLog, StandsTimesBeyondTheClock) {
    expect_all({{"huge", R"({"timestamp":"9223372036854775807","message":"bbs.starting"})"}});
}

}  // namespace

}  // namespace cfee
