#include "lib/cluster/read_supervision.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using Monit = Supervision::Monit;

struct Row {
    std::string_view name;
    std::string status;
    std::string text;
    Monit monit;
    std::string_view told;
};

std::string summary(const std::string& line) {
    return "The Monit daemon 5.2.5 uptime: 8h 32m \n\nProcess 'locket'                    running\n" + line +
           "\nSystem 'system_localhost'           running\n";
}

TEST(ReadSupervision, KnowsWhatMonitSays) {
    const std::vector<Row> table{
        {"runs", "0", summary("Process 'bbs'      running"), Monit::watches,
         "monit says of the BBS: running"},
        {"it is not there", "0", summary("Process 'bbs'      Does not exist"), Monit::watches,
         "monit says of the BBS: Does not exist"},
        {"cannot be started", "0", summary("Process 'bbs'  Execution failed"), Monit::watches,
         "monit says of the BBS: Execution failed"},
        {"a table", "0", summary(" bbs      Does not exist    Process "), Monit::watches,
         "monit says of the BBS: Does not exist"},
        {"left alone", "0", summary("Process 'bbs'      not monitored"), Monit::leaves_alone,
         "monit says of the BBS: not monitored"},
        {"left alone, in a table", "0", summary(" bbs      Not monitored     Process"), Monit::leaves_alone,
         "monit says of the BBS: Not monitored"},
        {"to be left alone", "0", summary("Process 'bbs'   running - unmonitor pending"), Monit::leaves_alone,
         "monit says of the BBS: running - unmonitor pending"},
        {"to be stopped", "0", summary("Process 'bbs'   running - stop pending"), Monit::leaves_alone,
         "monit says of the BBS: running - stop pending"},
        {"to be started", "0", summary("Process 'bbs'   Does not exist - start pending"), Monit::unknown,
         "monit says of the BBS: Does not exist - start pending"},
        {"begins", "0", summary("Process 'bbs'   initializing"), Monit::unknown,
         "monit says of the BBS: initializing"},
        {"another's", "0", summary("Process 'bbs-helper'   running"), Monit::unknown,
         "monit does not tell of one BBS"},
        {"twice", "0", summary("Process 'bbs' running\nProcess 'bbs' not monitored"), Monit::unknown,
         "monit does not tell of one BBS"},
        {"nothing", "0", "", Monit::unknown, "monit does not tell of one BBS"},
        {"no daemon", "1", "monit: error connecting to the monit daemon\n", Monit::unknown,
         "monit summary ended with status 1: monit: error connecting to the monit daemon"},
        {"an error, although it tells", "1", summary("Process 'bbs' running"), Monit::unknown,
         "monit summary ended with status 1: System 'system_localhost'           running"},
        {"none", "127", "timeout: failed to run command", Monit::unknown, "there is no monit"},
        {"may not be run", "126", "", Monit::unknown, "there is no monit"},
        {"silent", "137", summary("Process 'bbs' running"), Monit::unknown,
         "monit does not answer within the limit"},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        const Supervision supervision = read_supervision({{"monit", {row.status, row.text}}});
        EXPECT_EQ(static_cast<int>(supervision.monit), static_cast<int>(row.monit));
        EXPECT_EQ(supervision.monit_text, row.told);
    }
}

TEST(ReadSupervision, KnowsProcesses) {
    const auto runs = [](const std::string& status, const std::string& text) {
        return read_supervision({{"processes", {status, text}}}).bbs_runs;
    };
    EXPECT_EQ(runs("0", " 17"), true);
    EXPECT_EQ(runs("0", ""), false);
    EXPECT_EQ(runs("hidden", ""), std::nullopt);
}

TEST(ReadSupervision, KnowsTheOtherPort) {
    const auto port = [](const std::string& status, const std::string& text) {
        return read_supervision({{"health", {status, text}}}).health_port;
    };
    ASSERT_TRUE(port("0 nc", "succeeded!"));
    EXPECT_TRUE(port("0 nc", "succeeded!")->is_open());
    EXPECT_EQ(port("1 nc", "Connection refused")->reach, Reach::refused);
    EXPECT_FALSE(port("127 bash", "not found")->was_asked());
}

TEST(ReadSupervision, KnowsNothingWhereNothingWasSaid) {
    const Supervision nothing = read_supervision({});
    EXPECT_EQ(nothing.monit, Monit::unknown);
    EXPECT_FALSE(nothing.bbs_runs);
    EXPECT_FALSE(nothing.health_port);
}

}  // namespace

}  // namespace cfee
