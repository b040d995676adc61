#include "plugin/duration.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace cfee {

namespace {

TEST(ParseDuration, ReadsThemAsKubectlWritesThem) {
    const std::vector<std::pair<std::string_view, long>> table{
        {"0", 0},
        {"0s", 0},
        {"1ms", 1},
        {"1999ms", 1999},
        {"2s", 2'000},
        {"5s", 5'000},
        {"90s", 90'000},
        {"5m", 300'000},
        {"1m30s", 90'000},
        {"1m30s500ms", 90'500},
        {"1h", 3'600'000},
        {"1h1m1s1ms", 3'661'001},
        {"24h", 86'400'000},
        {"1440m", 86'400'000},
        {"007s", 7'000},
        {"1s1s", 2'000},
    };
    for (const auto& [text, milliseconds] : table) {
        const auto duration = parse_duration(text);
        ASSERT_TRUE(duration) << text;
        EXPECT_EQ(duration->count(), milliseconds) << text;
    }
}

TEST(ParseDuration, TakesNothingElse) {
    for (const std::string_view text : {"",
                                        "5",
                                        "00",
                                        "s",
                                        "ms",
                                        "-5s",
                                        "+5s",
                                        " 5s",
                                        "5s ",
                                        "5 s",
                                        "1.5s",
                                        "5S",
                                        "5sec",
                                        "5sx",
                                        "5s5",
                                        "1d",
                                        "5us",
                                        "5ns",
                                        "five",
                                        "0x5s",
                                        "25h",
                                        "86400001ms",
                                        "24h1ms",
                                        "999999999h",
                                        "1e3s",
                                        "5s,",
                                        "\xff",
                                        "9999999999s",
                                        "99999999999999999999s",
                                        "5\xc2\xb5s"})
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

}  // namespace

}  // namespace cfee
