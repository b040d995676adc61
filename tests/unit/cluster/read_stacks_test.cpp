#include "lib/cluster/read_stacks.hpp"
#include "lib/facts/stacks.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using State = Stacks::State;
using Kind = Trouble::Kind;

constexpr std::string_view hung =
    "total=71 migrates=0 processes=,19:4711 lock= wait=,1197,1099,1237,1098 outside=0 end";

TEST(ReadStacks, KnowsNumbers) {
    const Stacks stacks = read_stacks("0 curl", hung);
    ASSERT_EQ(stacks.state, State::known);
    EXPECT_EQ(stacks.total, 71);
    EXPECT_FALSE(stacks.is_at_migrations);
    EXPECT_EQ(stacks.processes, std::vector<std::string>{"19:4711"});
    EXPECT_TRUE(stacks.waiting_for_locket.empty());
    EXPECT_EQ(stacks.waiting_for_database, (Stacks::Goroutines{1098, 1099, 1197, 1237}));
    EXPECT_EQ(stacks.outside, 0);
}

TEST(ReadStacks, KnowsABbs) {
    const Stacks stacks =
        read_stacks("0 bash", "total=41 migrates=1 processes=,9:2,10:3 lock=,58 wait= outside=2 end");
    ASSERT_EQ(stacks.state, State::known);
    EXPECT_TRUE(stacks.is_at_migrations);
    EXPECT_EQ(stacks.processes, (std::vector<std::string>{"10:3", "9:2"}));
    EXPECT_EQ(stacks.waiting_for_locket, Stacks::Goroutines{58});
    EXPECT_EQ(stacks.outside, 2);
}

TEST(ReadStacks, DoesNotKnowTheProcessWhoseStartIsMissing) {
    const Stacks stacks =
        read_stacks("0 curl", "total=4 migrates=0 processes=,19: lock= wait= outside=0 end");
    ASSERT_EQ(stacks.state, State::known);
    EXPECT_TRUE(stacks.processes.empty());
}

TEST(ReadStacks, KnowsNothingOfWhatIsNotExactlySo) {
    const std::vector<std::string> texts{
        "",
        "end",
        std::string(hung.substr(0, hung.size() - 4)),
        std::string(hung) + " ",
        std::string(hung) + "\n",
        " " + std::string(hung),
        "total=0 migrates=0 processes= lock=,1 wait= outside=0 end",
        "total=3 migrates=0 processes= lock=,1 wait=,2 outside=2 end",
        "total=-3 migrates=0 processes= lock= wait= outside=0 end",
        "total=3 migrates=0 processes= lock= wait= outside=-1 end",
        "total=3 migrates=0 processes= lock= wait= outside= end",
        "total= migrates=0 processes= lock= wait= outside=0 end",
        "total=3 migrates=2 processes= lock= wait= outside=0 end",
        "total=3 migrates= processes= lock= wait= outside=0 end",
        "total=3 migrates=0 processes=19:1 lock= wait= outside=0 end",
        "total=3 migrates=0 processes=,19 lock= wait= outside=0 end",
        "total=3 migrates=0 processes=,x:1 lock= wait= outside=0 end",
        "total=3 migrates=0 processes=,1:x lock= wait= outside=0 end",
        "total=3 migrates=0 processes= lock=1 wait= outside=0 end",
        "total=3 migrates=0 processes= lock=, wait= outside=0 end",
        "total=3 migrates=0 processes= lock=,1, wait= outside=0 end",
        "total=3 migrates=0 processes= lock= wait=,1,1 outside=0 end",
        "total=3 migrates=0 processes= lock= wait=,-1 outside=0 end",
        "total=3 migrates=0 processes= lock= wait=,1x outside=0 end",
        "total=3 migrates=0 processes= lock= wait=,99999999999999999999 outside=0 end",
        "total=99999999999 migrates=0 processes= lock= wait= outside=0 end",
        "total=3 processes= lock= wait= outside=0 end",
        "total=3  migrates=0 processes= lock= wait= outside=0 end",
    };
    for (const std::string& text : texts) {
        const Stacks stacks = read_stacks("0 curl", text);
        EXPECT_EQ(stacks.state, State::unknown) << text;
        EXPECT_EQ(stacks.trouble.kind, Kind::garbled) << text;
    }
}

struct Row {
    std::string_view status;
    std::string_view text;
    State state;
    Kind kind = Kind::other;
};

TEST(ReadStacks, TellsClosedFromNotAsked) {
    const std::vector<Row> table{
        {"absent", "", State::absent},
        {"7 curl", "", State::closed},
        {"7 bash",
         "bash: connect: Connection refused\nbash: line 1: /dev/tcp/127.0.0.1/17018: Connection refused",
         State::closed},
        {"7 bash", "bash: line 1: /dev/tcp/127.0.0.1/17018: No such file or directory", State::unknown},
        {"7", "", State::unknown},
        {"137 curl", "", State::unknown, Kind::time_limit},
        {"137 bash", "", State::unknown, Kind::time_limit},
        {"124 curl", "", State::unknown, Kind::time_limit},
        {"28 curl", "", State::unknown, Kind::time_limit},
        {"127 bash", "", State::unknown, Kind::no_program},
        {"126 bash", "", State::unknown, Kind::no_program},
        {"", "", State::unknown, Kind::no_program},
        {"22 curl", "", State::unknown, Kind::garbled},
        {"22 bash", "", State::unknown, Kind::garbled},
        {"18 curl", "", State::unknown, Kind::garbled},
        {"cut", "", State::unknown, Kind::garbled},
        {"garbled", "</html>", State::unknown, Kind::garbled},
        {"52 curl", "", State::unknown},
        {"0", hung, State::unknown},
        {"0 nc", hung, State::unknown},
        {"\x1b[31m", "", State::unknown, Kind::garbled},
        {"-1 curl", "", State::unknown, Kind::garbled},
    };
    for (const Row& row : table) {
        const Stacks stacks = read_stacks(row.status, row.text);
        EXPECT_EQ(stacks.state, row.state) << row.status << " " << row.text;
        if (row.state != State::unknown) continue;
        EXPECT_EQ(stacks.trouble.kind, row.kind) << row.status;
        EXPECT_FALSE(stacks.trouble.text.empty()) << row.status;
        EXPECT_EQ(stacks.trouble.text.find('\x1b'), std::string::npos);
    }
}

}  // namespace

}  // namespace cfee
