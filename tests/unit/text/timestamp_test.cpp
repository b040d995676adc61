#include "lib/text/timestamp.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace cfee {

namespace {

using namespace std::chrono;

std::optional<long long> milliseconds_of(std::string_view text) {
    const auto time = parse_timestamp(text);
    if (!time) return std::nullopt;
    return duration_cast<milliseconds>(time->time_since_epoch()).count();
}

TEST(ParseTimestamp, ReadsUtcWithAndWithoutFractions) {
    const std::vector<std::pair<std::string_view, long long>> table{
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00:01.5Z", 1500},
        {"2026-11-22T13:45:35Z", 1795355135'000},
        {"2026-11-22T13:45:35.123Z", 1795355135'123},
        {"2026-11-22T13:45:35.123456789Z", 1795355135'123},
        {"2026-11-22T13:45:35.1234567891234Z", 1795355135'123},
        {"2028-02-29T00:00:00Z", 1835395200'000},
        {"1969-12-31T23:59:59Z", -1000},
        {"2026-11-22T13:45:35+00:00", 1795355135'000},
        {"2026-11-22T22:45:35.123+09:00", 1795355135'123},
        {"2026-11-22T10:15:35.5-03:30", 1795355135'500},
        {"2026-11-23T00:00:00+23:59", 1795305660'000},
    };
    for (const auto& [text, expected] : table) EXPECT_EQ(milliseconds_of(text), expected) << text;
}

TEST(Ago, SaysItInTheUnitThatAPersonWouldTake) {
    const std::vector<std::pair<milliseconds, std::string_view>> table{
        {-5s, "0 s ago"},    {0s, "0 s ago"},       {1999ms, "1 s ago"},     {119s, "119 s ago"},
        {120s, "2 min ago"}, {59min, "59 min ago"}, {119min, "119 min ago"}, {2h, "2 h ago"},
        {47h, "47 h ago"},   {48h, "2 d ago"},      {100h, "4 d ago"},
    };
    for (const auto& [age, expected] : table) EXPECT_EQ(ago(age), expected);
}

TEST(ParseTimestamp, TakesNothingElse) {
    for (const std::string_view text : {
             "",
             "Z",
             "T",
             "null",
             "2026-11-22",
             "2026-11-22T13:45:35",
             "2026-11-22T13:45Z",
             "2026-11-22T13:45:35z",
             "2026-11-22 13:45:35Z",
             "2026-11-22T13:45:35+00",
             "2026-11-22T13:45:35+0000",
             "2026-11-22T13:45:35+24:00",
             "2026-11-22T13:45:35+00:60",
             "2026-11-22T13:45:35 00:00",
             "2026-11-22T13:45:35.+00:00",
             "+00:00",
             "2026-11-22T13:45:35 Z",
             "2026-11-22T13:45:35,5Z",
             "2026-11-22T13:45:35.12x4Z",
             "2026-11-22T13:45:35.-5Z",
             "2026-11-22T13:45:35Zjunk",
             "2026-11-22T13:45:35ZZ",
             "2026-13-22T13:45:35Z",
             "2026-00-22T13:45:35Z",
             "2026-11-31T13:45:35Z",
             "2026-11-00T13:45:35Z",
             "2027-02-29T00:00:00Z",
             "xxxx-11-22T13:45:35Z",
             "-026-11-22T13:45:35Z",
             "2026-11-22Txx:45:35Z",
             "2026-11-22T13:4x:35Z",
             "2026-11-22T13:45:3xZ",
             "2026-11-22T+1:45:35Z",
             "1795342934.290277958",
             "\xff\xff\xff\xff-11-22T13:45:35Z",
         })
        EXPECT_EQ(milliseconds_of(text), std::nullopt) << text;
}

TEST(ParseTimestamp, RefusesTimesThatNoClockShows) {
    for (const std::string_view text :
         {"2026-11-22T24:45:35Z", "2026-11-22T99:45:35Z", "2026-11-22T13:60:35Z", "2026-11-22T13:45:99Z"})
        EXPECT_EQ(milliseconds_of(text), std::nullopt) << text;
}

TEST(ParseTimestamp, RefusesOtherPunctuation) {
    for (const std::string_view text :
         {"2026/11/22T13:45:35Z", "2026-11-22T13-45-35Z", "2026a11b22T13c45d35Z", "2026-11-22T13:45:35.Z",
          "2026-11-22T-0:45:35Z"})
        EXPECT_EQ(milliseconds_of(text), std::nullopt) << text;
}

TEST(ParseTimestamp, RefusesYearsThatTheClockCannotHold) {
    for (const std::string_view text :
         {"9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2263-01-01T00:00:00Z"})
        EXPECT_EQ(milliseconds_of(text), std::nullopt) << text;
}

TEST(FormatTimestamp, WritesWholeSecondsThatCanBeReadAgain) {
    const std::vector<std::pair<long long, std::string>> table{
        {0, "1970-01-01T00:00:00Z"},
        {999, "1970-01-01T00:00:00Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {1795355135'999, "2026-11-22T13:45:35Z"},
        {951782400'000, "2000-02-29T00:00:00Z"},
    };
    for (const auto& [time, text] : table) {
        EXPECT_EQ(format_timestamp(system_clock::time_point{milliseconds{time}}), text);
        EXPECT_EQ(milliseconds_of(text), (time < 0 ? time - 999 : time) / 1000 * 1000);
    }
}

TEST(FormatTimestamp, WritesMillisecondsWhereWanted) {
    const std::vector<std::pair<long long, std::string>> table{
        {0, "1970-01-01T00:00:00.000Z"},
        {7, "1970-01-01T00:00:00.007Z"},
        {1795355135'120, "2026-11-22T13:45:35.120Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
    };
    for (const auto& [time, text] : table) {
        EXPECT_EQ(format_timestamp_ms(system_clock::time_point{milliseconds{time}}), text);
        EXPECT_EQ(milliseconds_of(text), time);
    }
    EXPECT_EQ(format_timestamp_ms(system_clock::time_point{std::chrono::microseconds{7999}}),
              "1970-01-01T00:00:00.007Z");
}

}  // namespace

}  // namespace cfee
