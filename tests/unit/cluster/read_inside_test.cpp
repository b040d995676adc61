#include "lib/cluster/read_inside.hpp"
#include "lib/facts/inside.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using Words = std::vector<std::string>;

std::string part(const std::string& head, const std::string& text = "") {
    return "\n<cfee:" + head + ">\n" + text + "\n</cfee>\n";
}

/// What one script left, as scripts of version 1 asked: all in one.
Inside read_one(std::string_view pod, std::string_view output) {
    const ScriptAnswer answer{"cfee-bbs", output};
    return read_inside(pod, std::span(&answer, 1));
}

constexpr auto owner_line = R"({"key":"bbs","owner":"diego-api-1","type":"lock","type_code":1})";

constexpr auto auctioneer_line =
    R"({"key":"auctioneer","owner":"diego-brain-0","type":"lock","type_code":1})";

/// A whole answer of an active BBS with Locket in the same pod, in the order in which parts are printed.
std::vector<std::string> whole_parts() {
    return {
        part("clock 1795341600"),
        part("ping 0"),
        part("locks 0", owner_line),
        part("port-bbs 0 nc", "Connection to 127.0.0.1 8889 port [tcp/*] succeeded!"),
        part("port-locket 0 nc", "Connection to 127.0.0.1 8891 port [tcp/*] succeeded!"),
        part("database-bbs 0 nc", "db.example:5432\nConnection to db.example succeeded!"),
        part("database-locket 1 nc", "10.0.0.7:3306\nnc: connect: Connection refused"),
        part("log-bbs 0", R"({"timestamp":"1795341599.5","message":"bbs.locket-lock.acquired-lock"})"),
        part("log-locket 0", R"({"timestamp":"1795341590.5","message":"locket.started"})"),
        part("done 0"),
    };
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& one : parts) text += one;
    return text;
}

TEST(ReadInside, ReadsAWholeAnswer) {
    const Inside inside = read_one("diego-api-1", joined(whole_parts()));
    EXPECT_EQ(inside.pod, "diego-api-1");
    EXPECT_FALSE(inside.trouble);
    EXPECT_TRUE(inside.is_complete);
    EXPECT_EQ(inside.clock, TimePoint{std::chrono::seconds{1795341600}});
    EXPECT_EQ(inside.ping, Ping::serving);
    EXPECT_EQ(inside.locks, Locks::owner);
    EXPECT_EQ(inside.lock_owner, "diego-api-1");
    ASSERT_TRUE(inside.bbs_port && inside.locket_port);
    EXPECT_TRUE(inside.bbs_port->is_open());
    EXPECT_TRUE(inside.locket_port->is_open());
    ASSERT_EQ(inside.databases.size(), 2U);
    EXPECT_EQ(inside.databases[0].job, "bbs");
    EXPECT_EQ(inside.databases[0].address.text(), "db.example:5432");
    EXPECT_TRUE(inside.databases[0].connection.is_open());
    EXPECT_EQ(inside.databases[1].job, "locket");
    EXPECT_EQ(inside.databases[1].address.text(), "10.0.0.7:3306");
    EXPECT_EQ(inside.databases[1].connection.reach, Reach::refused);
    EXPECT_TRUE(inside.unreadable_databases.empty());
    EXPECT_TRUE(inside.bbs_log.says_active);
    EXPECT_TRUE(inside.locket_log.is_known);
}

TEST(ReadInside, DoesNotMindTheOrder) {
    std::vector<std::string> parts = whole_parts();
    std::reverse(parts.begin(), parts.end());
    const Inside inside = read_one("p", joined(parts));
    EXPECT_TRUE(inside.is_complete);
    EXPECT_EQ(inside.ping, Ping::serving);
    EXPECT_EQ(inside.databases.size(), 2U);
}

TEST(ReadInside, IsIncompleteWithoutAnyOneOfItsParts) {
    const std::vector<std::string> parts = whole_parts();
    for (std::size_t missing = 0; missing < parts.size(); ++missing) {
        std::vector<std::string> rest = parts;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(missing));
        const Inside inside = read_one("p", joined(rest));
        EXPECT_FALSE(inside.is_complete) << parts[missing];
        EXPECT_FALSE(inside.trouble) << parts[missing];
    }
}

// Cut off anywhere: never complete, and nothing that was not said is known.
TEST(ReadInside, ConcludesNothingFromWhatIsCutOff) {
    const std::string whole = joined(whole_parts());
    const std::size_t ping_end = whole.find("</cfee>", whole.find("<cfee:ping"));
    const std::size_t locks_end = whole.find("</cfee>", whole.find("<cfee:locks"));
    for (std::size_t size = 0; size < whole.rfind("\n</cfee>"); ++size) {
        const Inside inside = read_one("p", std::string_view{whole}.substr(0, size));
        ASSERT_FALSE(inside.is_complete) << size;
        if (size < ping_end) {
            ASSERT_EQ(inside.ping, Ping::unknown) << size;
        }
        if (size < locks_end) {
            ASSERT_EQ(inside.locks, Locks::unknown) << size;
        }
    }
}

TEST(ReadInside, IsNoAnswerWithoutSentinels) {
    for (const std::string& output :
         {std::string(), std::string("bash: no such thing\n"), std::string("\0\xff\x1b\0\n<cfee", 11),
          std::string("\n<cfee:done 0>\n")}) {
        const Inside inside = read_one("p", output);
        ASSERT_TRUE(inside.trouble) << output;
        EXPECT_EQ(inside.trouble->kind, Trouble::Kind::garbled);
        EXPECT_FALSE(inside.trouble->text.empty());
        EXPECT_FALSE(inside.is_complete);
        EXPECT_FALSE(inside.bbs_log.is_known);
    }
}

TEST(ReadInside, BelievesNoneOfRepeatedParts) {
    const Inside inside = read_one("p", part("ping 0") + part("ping 7", "refused") + part("ping 22"));
    EXPECT_EQ(inside.ping, Ping::unknown);
}

TEST(ReadInside, KnowsThePing) {
    struct Row {
        std::string head;
        std::string text;
        Ping ping;
        std::string says;
    };
    const std::vector<Row> table{
        {"ping 0", "", Ping::serving, ""},
        {"ping 7", "  0\r100\rcurl: (7) Failed to connect", Ping::not_serving, "curl: (7) Failed to connect"},
        {"ping 22", "curl: (22) The requested URL returned error: 503", Ping::error,
         "curl: (22) The requested URL returned error: 503"},
        {"ping 60", "curl: (60) SSL certificate problem: certificate has expired", Ping::certificate,
         "curl: (60) SSL certificate problem: certificate has expired"},
        {"ping 60",
         "curl: (60) SSL certificate problem: certificate has expired\nMore details here: "
         "https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and\n"
         "how to fix it, please visit the web page mentioned above.",
         Ping::certificate, "curl: (60) SSL certificate problem: certificate has expired"},
        {"ping 51", "curl: (51) SSL: no alternative certificate subject name matches", Ping::certificate,
         "curl: (51) SSL: no alternative certificate subject name matches"},
        {"ping 58", "curl: (58) could not load PEM client certificate", Ping::certificate,
         "curl: (58) could not load PEM client certificate"},
        {"ping 77", "curl: (77) error setting certificate verify locations:\n  CAfile: /x", Ping::certificate,
         "curl: (77) error setting certificate verify locations:"},
        {"ping 56", "curl: (56) OpenSSL SSL_read: sslv3 alert certificate expired, errno 0",
         Ping::certificate, "curl: (56) OpenSSL SSL_read: sslv3 alert certificate expired, errno 0"},
        {"ping 35", "curl: (35) error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure",
         Ping::certificate,
         "curl: (35) error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure"},
        {"ping 35", "curl: (35) OpenSSL SSL_connect: Connection reset by peer", Ping::unknown,
         "curl: (35) OpenSSL SSL_connect: Connection reset by peer"},
        {"ping 56", "curl: (56) Recv failure: Connection reset by peer", Ping::unknown,
         "curl: (56) Recv failure: Connection reset by peer"},
        {"ping 7", "curl: (28) first\ncurl: (7) second\nnote: curl: (60) no", Ping::not_serving,
         "curl: (7) second"},
        {"ping absent", "", Ping::absent, ""},
        {"ping 137", "", Ping::unknown, "no answer within the limit"},
        {"ping 28", "curl: (28) timed out", Ping::unknown, "curl: (28) timed out"},
        {"ping 127", "curl: not found", Ping::unknown, "curl: not found"},
        {"ping 1", "", Ping::unknown, "the readiness script ended with status 1"},
        {"ping 00", "", Ping::unknown, "the readiness script ended with status 00"},
        {"ping", "", Ping::unknown, "the readiness script ended with status "},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.head);
        const Inside inside = read_one("p", part(row.head, row.text));
        EXPECT_EQ(inside.ping, row.ping);
        EXPECT_EQ(inside.ping_text, row.says);
    }
}

struct LocksRow {
    std::string_view name;
    std::string status;
    std::string text;
    Locks locks;
    std::string owner = "";
};

void expect_all(const std::vector<LocksRow>& table) {
    for (const LocksRow& row : table) {
        SCOPED_TRACE(row.name);
        const Inside inside =
            read_one("p", part("locket 0 nc", "127.0.0.1:8891") + part("locks " + row.status, row.text));
        EXPECT_EQ(inside.locks, row.locks);
        EXPECT_EQ(inside.lock_owner, row.owner);
    }
}

TEST(ReadInside, KnowsWhomLocketNames) {
    expect_all({
        {"ours", "0", owner_line, Locks::owner, "diego-api-1"},
        {"foreign", "0", R"({"key":"bbs","owner":"bbs/4f0e-a","type":"lock","type_code":1})", Locks::owner,
         "bbs/4f0e-a"},
        {"among others", "0",
         std::string(R"({"key":"auctioneer","owner":"diego-brain-0","type":"lock","type_code":1})") + "\n" +
             owner_line + "\n" + R"({"key":"tps_watcher","owner":"cc-clock-0","type":"lock","type_code":1})",
         Locks::owner, "diego-api-1"},
        {"noise before", "0", std::string("warning: x\n") + owner_line, Locks::owner, "diego-api-1"},
        {"an owner that would colour a terminal", "0", R"({"key":"bbs","owner":"a\u001b[31mb"})",
         Locks::owner, "a?[31mb"},
        {"members in another order, and blanks", "0",
         R"({ "type": "lock", "owner": "diego-api-1", "key": "bbs" })", Locks::owner, "diego-api-1"},
        {"an owner with a quote in it", "0", R"({"key":"bbs","owner":"a\"b"})", Locks::owner, "a\"b"},
        {"a line that only quotes a lock", "0", std::string("note: ") + owner_line, Locks::nobody},
        {"empty list", "0", "", Locks::nobody},
        {"others only", "0", R"({"key":"auctioneer","owner":"diego-brain-0","type":"lock","type_code":1})",
         Locks::nobody},
        {"a key that only begins so", "0", R"({"key":"bbs-2","owner":"x","type":"lock"})", Locks::nobody},
        {"owner of the next line does not count", "0",
         "{\"key\":\"bbs\",\"type\":\"lock\"}\n{\"key\":\"auctioneer\",\"owner\":\"diego-brain-0\"}",
         Locks::error},
        {"named twice", "0", owner_line + std::string("\n") + owner_line, Locks::error},
        {"cut off", "0", std::string(auctioneer_line) + "\n{\"key\":\"bbs\",\"own", Locks::error},
        {"something behind it", "0", std::string(owner_line) + "2026/11/25 18:18:52 grpc: x", Locks::error},
        {"an owner that is no text", "0", R"({"key":"bbs","owner":1})", Locks::error},
        {"nobody's lock", "0", R"({"key":"bbs","owner":""})", Locks::error},
        {"hangs", "137", "", Locks::hangs},
        {"hangs, and the shell says whom it killed", "137", "Killed", Locks::hangs},
        {"killed, but it had spoken", "137", "Error: certificate is valid for diego-api.cf\nKilled",
         Locks::error},
        {"left in peace", "unasked", "", Locks::unasked},
        {"no connection", "4", "Error: rpc error: dial tcp 127.0.0.1:8891: connect: connection refused",
         Locks::no_locket},
        {"no connection, until it was killed", "137",
         R"(grpc: addrConn.resetTransport failed "connection refused"; Reconnecting to {localhost:8891})",
         Locks::no_locket},
        {"database, its own words", "5",
         "Error: rpc error: code = Unknown desc = dial tcp 10.0.0.7:5432: connect: connection refused",
         Locks::database_error},
        {"database connection bad", "5", "Error: rpc error: code = 2 desc = driver: bad connection",
         Locks::database_error},
        {"database full", "5", "Error: rpc error: code = 2 desc = pq: sorry, too many clients already",
         Locks::database_refuses},
        {"database, as SQL says it", "5", "Error: rpc error: code = 2 desc = sql: database is closed",
         Locks::database_error},
        {"the database is starting", "4",
         "Error: rpc error: code = Unknown desc = pq: the database system is starting up",
         Locks::database_refuses},
        {"it is recovering", "4",
         "Error: rpc error: code = 2 desc = pq: the database system is in recovery mode",
         Locks::database_refuses},
        {"its password has changed", "4",
         "Error: rpc error: code = 2 desc = pq: password authentication failed for user \"diego\"",
         Locks::database_refuses},
        {"it is full", "4",
         "Error: rpc error: code = 2 desc = pq: remaining connection slots are reserved for roles",
         Locks::database_refuses},
        {"it refuses, in Diego's word for it", "5", "Error: rpc error: code = 2 desc = sql-unknown",
         Locks::database_refuses},
        {"it closed the connection", "4", "Error: rpc error: code = 11 desc = EOF", Locks::database_error},
        {"MySQL has too many connections", "4",
         "Error: rpc error: code = Unknown desc = Error 1040: Too many connections", Locks::database_refuses},
        {"MySQL's driver gave up", "4", "Error: rpc error: code = Unknown desc = invalid connection",
         Locks::database_error},
        {"a wording that nobody has seen yet", "4", "Error: rpc error: code = 99 desc = x",
         Locks::database_error},
        {"the client's own limit: no answer", "4",
         "Error: rpc error: code = DeadlineExceeded desc = context deadline exceeded", Locks::hangs},
        {"the client's own, by number", "4", "Error: rpc error: code = 4 desc = context deadline exceeded",
         Locks::hangs},
        {"the connection closed under it", "4",
         "Error: rpc error: code = Unknown desc = transport is closing", Locks::hangs},
        {"another error", "4", "Error: context deadline exceeded", Locks::error},
        {"another error, silently", "1", "", Locks::error},
        {"no cfdot", "absent", "", Locks::absent},
        {"no cfdot in PATH", "127", "bash: cfdot: command not found", Locks::absent},
    });
}

TEST(ReadInside, KeepsAllLocksOfAWholeAnswer) {
    struct Row {
        std::string_view name;
        std::string status;
        std::string text;
        std::optional<std::string> bbs;
        std::optional<std::string> auctioneer;
    };
    const std::string both = std::string(auctioneer_line) + "\n" + owner_line;
    const std::vector<Row> table{
        {"both", "0", both, "diego-api-1", "diego-brain-0"},
        {"both, the other way round", "0", std::string(owner_line) + "\n" + auctioneer_line, "diego-api-1",
         "diego-brain-0"},
        {"one", "0", owner_line, "diego-api-1", ""},
        {"none", "0", "", "", ""},
        {"it failed behind them", "4", both, {}, {}},
        {"one makes no sense", "0", both + "\n{\"key\"", {}, {}},
        {"one stands there twice", "0", both + "\n" + auctioneer_line, {}, {}},
        {"silence", "137", "", {}, {}},
        {"not asked", "unasked", "", {}, {}},
        {"no cfdot", "absent", "", {}, {}},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        const Inside inside = read_one("p", part("locks " + row.status, row.text));
        EXPECT_EQ(inside.owner_of("bbs"), row.bbs);
        EXPECT_EQ(inside.owner_of("auctioneer"), row.auctioneer);
    }
    EXPECT_FALSE(Inside{}.owner_of("bbs"));
}

TEST(ReadInside, AHangNeedsAConnectionToTheLocketThatTheBbsAsks) {
    struct Row {
        std::string_view name;
        std::string locket;
        Locks locks;
    };
    const std::vector<Row> table{
        {"open", part("locket 0 nc", "127.0.0.1:8891"), Locks::hangs},
        {"refused", part("locket 1 nc", "locket-locket.cf:8891\nConnection refused"), Locks::no_locket},
        {"silent", part("locket 137 bash", "locket-locket.cf:8891"), Locks::no_locket},
        {"no such name", part("locket 1 nc", "l.cf:8891\nName or service not known"), Locks::no_locket},
        {"not asked", part("locket 127 bash", "127.0.0.1:8891"), Locks::unknown},
        {"nobody knows where", part("locket unreadable"), Locks::unknown},
        {"garbled", part("locket x", "127.0.0.1:8891"), Locks::unknown},
        {"asked somewhere by an older script", part("port-locket 0 nc"), Locks::unknown},
    };
    for (const Row& row : table)
        EXPECT_EQ(read_one("p", part("locks 137") + row.locket).locks, row.locks) << row.name;
    const std::string closed = part("locket 1 nc", "127.0.0.1:8891\nConnection refused");
    EXPECT_EQ(read_one("p", part("locks 0", owner_line) + closed).locks, Locks::owner);
    EXPECT_EQ(read_one("p", part("locks unasked") + closed).locks, Locks::no_locket);
}

TEST(ReadInside, KnowsWhereLocketIsAsked) {
    const Inside elsewhere =
        read_one("p", part("locket 0 nc", "locket-locket.cf:8891") + part("jobs 0", "bbs "));
    EXPECT_EQ(elsewhere.locket_address.text(), "locket-locket.cf:8891");
    EXPECT_EQ(elsewhere.runs_locket, false);
    EXPECT_FALSE(elsewhere.locket_port);
    const Inside here = read_one("p", part("locket 0 nc", "127.0.0.1:8891") + part("jobs 0", "bbs locket "));
    EXPECT_EQ(here.runs_locket, true);
    ASSERT_TRUE(here.locket_port);
    EXPECT_TRUE(here.locket_port->is_open());
    EXPECT_FALSE(read_one("p", part("ping 0")).runs_locket);
}

/// What today's scripts print of a BBS pod and of Locket in it.
const Words bbs_words{part("clock 1"),
                      part("jobs 0", "bbs locket "),
                      part("ping 7"),
                      part("port-bbs 1"),
                      part("locket 0 nc", "127.0.0.1:8891"),
                      part("locks 137"),
                      part("database-bbs absent"),
                      part("log-bbs absent"),
                      part("done 2")};
const Words locket_words{part("clock 1"), part("port-locket 0 nc"), part("database-locket absent"),
                         part("log-locket absent"), part("done 2")};

TEST(ReadInside, IsCompleteWhenEachScriptHasSaidAllThatItsVersionSays) {
    struct Row {
        std::string_view name;
        std::string bbs;
        std::optional<std::string> locket;
        bool is_complete;
    };
    const std::string bbs = joined(bbs_words);
    const std::string locket = joined(locket_words);
    const std::string old = joined(whole_parts());
    const Words without_log(locket_words.begin(), locket_words.end() - 2);
    const std::vector<Row> table{
        {"one script", bbs, {}, true},
        {"two", bbs, locket, true},
        {"the second failed", bbs, "", false},
        {"the first failed", "", locket, false},
        {"a part is missing", bbs, joined(without_log) + part("done 2"), false},
        {"the end is missing", bbs, joined(without_log) + part("log-locket absent"), false},
        {"version 1 said all of it in one", old, {}, true},
        {"and nobody recorded the other", old, "", true},
        {"version 1 without a part", part("clock 1") + part("done 0"), {}, false},
    };
    for (const Row& row : table) {
        std::vector<ScriptAnswer> answers{{"cfee-bbs", row.bbs}};
        if (row.locket) answers.push_back({"cfee-locket", *row.locket});
        EXPECT_EQ(read_inside("p", answers).is_complete, row.is_complete) << row.name;
    }
}

const std::string stacks_of_both =
    part("stacks-bbs 0 curl", "total=41 migrates=0 processes=,7:4711 lock=,58 wait= outside=0 end") +
    part("stacks-locket 7 curl") + part("peer-bbs 0", " 0700F40A:22BB") + part("done 3");

TEST(ReadInside, KnowsStacks) {
    const std::string bbs = joined(bbs_words);
    const std::vector<ScriptAnswer> answers{{"cfee-bbs", bbs}, {"cfee-stacks", stacks_of_both}};
    const Inside inside = read_inside("p", answers);
    EXPECT_TRUE(inside.is_complete);
    ASSERT_TRUE(inside.bbs_stacks.is_known());
    EXPECT_EQ(inside.bbs_stacks.waiting_for_locket, Stacks::Goroutines{58});
    EXPECT_EQ(inside.locket_stacks.state, Stacks::State::closed);
    EXPECT_EQ(inside.locket_peer, "10.244.0.7");
}

TEST(ReadInside, MissesNoStacks) {
    const std::string bbs = joined(bbs_words);
    for (const std::string& said : {std::string(), std::string("x"), bbs, part("stacks-bbs 0 curl", "x")}) {
        const std::vector<ScriptAnswer> answers{{"cfee-bbs", bbs}, {"cfee-stacks", said}};
        const Inside inside = read_inside("p", answers);
        EXPECT_TRUE(inside.is_complete) << said;
        EXPECT_FALSE(inside.trouble) << said;
        EXPECT_EQ(inside.bbs_stacks.state, Stacks::State::unknown) << said;
        EXPECT_EQ(inside.locket_stacks.state, Stacks::State::unknown) << said;
        EXPECT_EQ(inside.locket_stacks.trouble.text, "the script left no answer") << said;
        EXPECT_EQ(inside.locket_peer, "") << said;
    }
    const Inside unasked = read_one("p", bbs);
    EXPECT_EQ(unasked.bbs_stacks.state, Stacks::State::unknown);
    EXPECT_EQ(unasked.bbs_stacks.trouble.kind, Trouble::Kind::not_asked);
}

// Nothing else is taken from them, and they make up for nothing.
TEST(ReadInside, StacksOnlyAdd) {
    const std::string said = stacks_of_both + part("ping 0");
    const std::vector<ScriptAnswer> answers{{"cfee-bbs", ""}, {"cfee-stacks", said}};
    const Inside inside = read_inside("p", answers);
    EXPECT_TRUE(inside.trouble);
    EXPECT_FALSE(inside.is_complete);
    EXPECT_EQ(inside.ping, Ping::unknown);
}

TEST(ReadInside, KnowsDatabases) {
    struct Row {
        std::string_view name;
        std::string text;
        std::size_t databases;
        std::size_t unreadable;
        Reach reach = Reach::could_not_ask;
    };
    const std::vector<Row> table{
        {"absent", part("database-bbs absent"), 0, 0},
        {"unreadable", part("database-bbs unreadable"), 0, 1},
        {"no address", part("database-bbs 0 nc", "\nsucceeded!"), 0, 1},
        {"address that is none", part("database-bbs 0 nc", "user:secret@host:1\nsucceeded!"), 0, 1},
        {"accepts", part("database-bbs 0 nc", "h:5432\nsucceeded!"), 1, 0, Reach::connected},
        {"accepts silently", part("database-bbs 0 bash", "h:5432"), 1, 0, Reach::connected},
        {"refused", part("database-bbs 1 nc", "h:5432\nConnection refused"), 1, 0, Reach::refused},
        {"silent", part("database-bbs 1 nc", "h:5432\nnc: timed out"), 1, 0, Reach::timed_out},
        {"a host's name is no wording", part("database-bbs 1 nc", "timeout.example:5432\nodd"), 1, 0,
         Reach::could_not_ask},
        {"no tool", part("database-bbs 127 bash", "h:5432\nnot found"), 1, 0, Reach::could_not_ask},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        const Inside inside = read_one("p", row.text);
        EXPECT_EQ(inside.databases.size(), row.databases);
        EXPECT_EQ(inside.unreadable_databases.size(), row.unreadable);
        if (row.databases == 1 && inside.databases.size() == 1) {
            EXPECT_EQ(to_words(inside.databases.front().connection.reach), to_words(row.reach));
        }
    }
}

TEST(ReadInside, KnowsWhatDatabasesAnswer) {
    const std::string bbs = joined(whole_parts());
    const std::string said =
        part("answer-bbs 0 postgres", "open\nR\\000\\000\\000\\010\n\\000\\000\\000\\003") +
        part("answer-locket 137 mysql", "open") + part("answer-other 0 mysql") + part("done 2");
    const std::vector<ScriptAnswer> answers{{"cfee-database", said}, {"cfee-bbs", bbs}};
    const Inside inside = read_inside("p", answers);
    EXPECT_TRUE(inside.is_complete);
    ASSERT_EQ(inside.databases.size(), 2U);
    ASSERT_TRUE(inside.databases[0].answer && inside.databases[1].answer);
    EXPECT_EQ(inside.databases[0].answer->kind, DatabaseAnswer::Kind::accepts);
    EXPECT_EQ(inside.databases[1].answer->kind, DatabaseAnswer::Kind::silent);
}

TEST(ReadInside, MissesNoDatabasesAnswer) {
    const std::string bbs = joined(whole_parts());
    for (const std::string& said : {std::string(), std::string("x"), bbs}) {
        const std::vector<ScriptAnswer> answers{{"cfee-bbs", bbs}, {"cfee-database", said}};
        const Inside inside = read_inside("p", answers);
        EXPECT_TRUE(inside.is_complete) << said;
        EXPECT_FALSE(inside.trouble) << said;
        ASSERT_FALSE(inside.databases.empty());
        EXPECT_FALSE(inside.databases.front().answer) << said;
    }
    const std::vector<ScriptAnswer> alone{{"cfee-bbs", ""}, {"cfee-database", part("ping 0")}};
    EXPECT_EQ(read_inside("p", alone).ping, Ping::unknown) << "nothing else is taken from it";
}

TEST(ReadInside, KnowsAPortThatNobodyNeededToAsk) {
    const Inside inside = read_one("p", part("ping 0") + part("port-bbs unasked"));
    ASSERT_TRUE(inside.bbs_port);
    EXPECT_FALSE(inside.bbs_port->was_asked());
}

TEST(ReadInside, KnowsJobsThatAreNotThere) {
    const Inside inside = read_one("p", part("port-bbs absent") + part("port-locket absent") +
                                            part("log-bbs absent") + part("log-locket absent"));
    EXPECT_FALSE(inside.bbs_port);
    EXPECT_FALSE(inside.locket_port);
    EXPECT_FALSE(inside.bbs_log.is_known);
    EXPECT_FALSE(inside.locket_log.is_known);
}

TEST(ReadInside, AClockThatIsNoNumberIsNotKnown) {
    for (const char* head : {"clock", "clock ", "clock x", "clock -", "clock 17953416OO"})
        EXPECT_FALSE(read_one("p", part(head)).clock) << head;
}

TEST(ReadInside, AClockBeyondTheClockIsNotKnown) {
    EXPECT_FALSE(read_one("p", part("clock 99999999999999999999")).clock);
}

// Never "lately", and never "long ago".
TEST(ReadInside, ALogAheadOfThePodsClockHasNoTimes) {
    const auto read = [](const std::string& script, const std::string& log, int ahead) {
        const std::string line = R"({"timestamp":")" + std::to_string(1795341600 + ahead) +
                                 R"(.5","message":"bbs.locket-lock.lost-lock"})";
        const std::string output = part("clock 1795341600") + part("log-" + log + " 0", line);
        const ScriptAnswer answer{script, output};
        return read_inside("p", std::span(&answer, 1));
    };
    const LockLog near = read("cfee-bbs", "bbs", 10).bbs_log;
    EXPECT_FALSE(near.is_ahead);
    EXPECT_TRUE(near.last_event && near.last_word.time);
    EXPECT_EQ(near.losses.size(), 1U);
    for (const LockLog& log :
         {read("cfee-bbs", "bbs", 11).bbs_log, read("cfee-locket", "locket", 3600).locket_log}) {
        EXPECT_TRUE(log.is_ahead);
        EXPECT_EQ(log.last_word.text, "bbs.locket-lock.lost-lock");
        EXPECT_FALSE(log.last_event || log.last_word.time || log.crashes.last || log.crashes.since);
        EXPECT_TRUE(log.losses.empty());
    }
    EXPECT_FALSE(read_one("p", part("log-bbs 0", R"({"timestamp":"1795341600","message":"bbs.starting"})"))
                     .bbs_log.is_ahead)
        << "without a clock nothing is known of that";
}

}  // namespace

}  // namespace cfee
