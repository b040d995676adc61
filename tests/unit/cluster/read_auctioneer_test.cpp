#include "lib/cluster/read_auctioneer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cfee {

namespace {

using std::chrono::seconds;

std::string part(const std::string& head, const std::string& text = "") {
    return "\n<cfee:" + head + ">\n" + text + "\n</cfee>\n";
}

const std::string waits =
    part("stacks-auctioneer 0 curl", "total=9 migrates=0 processes=,7:4711 lock=,58 wait= outside=0 end");

std::string line(const std::string& message) {
    return R"({"timestamp":"1000.5","source":"auctioneer","message":")" + message +
           R"(","log_level":1,"data":{}})";
}

Auctioneer read(const std::string& output) {
    Auctioneer auctioneer;
    read_auctioneer(output, auctioneer);
    return auctioneer;
}

TEST(ReadAuctioneer, KnowsWhetherItWaitsAndSinceWhen) {
    const Auctioneer auctioneer =
        read(part("clock 1100") + waits + part("log-auctioneer 0", line("auctioneer.locket-lock.started")));
    EXPECT_EQ(auctioneer.stacks.waiting_for_locket, Stacks::Goroutines{58});
    ASSERT_TRUE(auctioneer.clock && auctioneer.asked_for_lock);
    EXPECT_GE(*auctioneer.clock - *auctioneer.asked_for_lock, seconds{99});
    EXPECT_LE(*auctioneer.clock - *auctioneer.asked_for_lock, seconds{100});
}

TEST(ReadAuctioneer, DoesNotKnowSinceWhenWhereSomethingCameAfterIt) {
    for (const std::string& last :
         {line("auctioneer.locket-lock.failed-to-acquire-lock"), line("auctioneer.locket-lock.acquired-lock"),
          line("auctioneer.started"), line("auctioneer.exited"), std::string{}, std::string{"x"},
          line("other.locket-lock.started")}) {
        EXPECT_FALSE(read(part("clock 1100") + waits + part("log-auctioneer 0", last)).asked_for_lock)
            << last;
    }
}

TEST(ReadAuctioneer, TakesNoAnswerForNone) {
    EXPECT_EQ(read("").stacks.state, Stacks::State::unknown);
    EXPECT_EQ(read(part("stacks-auctioneer 7 curl")).stacks.state, Stacks::State::closed);
    EXPECT_EQ(read(part("stacks-auctioneer garbled curl")).stacks.state, Stacks::State::unknown);
    EXPECT_FALSE(read(waits).clock);
}

TEST(ReadLocketAt, TellsWhatThatLocketSaid) {
    struct Row {
        std::string way;
        std::string said;  ///< empty: no such part
        Locks locks;
    };
    const std::string list = R"({"key":"bbs","owner":"diego-api-0","type":"lock","type_code":1})";
    const std::string open = part("way-10.0.0.1 0 nc", "succeeded!");
    const std::vector<Row> table{
        {open, part("locks-10.0.0.1 0", list), Locks::owner},
        {open, part("locks-10.0.0.1 0"), Locks::nobody},
        {open, part("locks-10.0.0.1 137"), Locks::hangs},
        {open, part("locks-10.0.0.1 1", "nonsense"), Locks::error},
        {open, part("locks-10.0.0.2 137"), Locks::unknown},
        {open, "", Locks::unknown},
        {part("way-10.0.0.1 1 nc", "connect to 10.0.0.1 port 8891 (tcp) failed: Connection refused"), "",
         Locks::no_locket},
        {part("way-10.0.0.1 127 nc"), "", Locks::unknown},
        {part("way-10.0.0.11 0 nc"), part("locks-10.0.0.11 137"), Locks::unknown},
        {"", part("locks-10.0.0.1 137"), Locks::unknown},
    };
    for (const Row& row : table) {
        Inside locket;
        read_locket_at("10.0.0.1", row.way + row.said, locket);
        EXPECT_EQ(locket.locks, row.locks) << row.way << row.said;
        EXPECT_EQ(locket.owner_of("auctioneer").has_value(),
                  row.locks == Locks::owner || row.locks == Locks::nobody);
    }
}

}  // namespace

}  // namespace cfee
