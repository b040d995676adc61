#include "lib/text/harmless.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <utility>
#include <vector>

namespace cfee {

namespace {

TEST(Harmless, ShowsWhatActsHidesOrTurnsRound) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", ""},
        {"diego-api-0: ~ {}", "diego-api-0: ~ {}"},
        {"a\tb\nc\r", "a<U+0009>b<U+000A>c<U+000D>"},
        {std::string("a\0b", 3), "a<U+0000>b"},
        {"\033[2J", "<U+001B>[2J"},
        {"\x7f", "<U+007F>"},
        {"\u0080\u009b\u009f", "<U+0080><U+009B><U+009F>"},
        {"\u00a0\u00e9\u4e2d\U0001f600", "\u00a0\u00e9\u4e2d\U0001f600"},
        {"a\u202eb\u2066c\u2069", "a<U+202E>b<U+2066>c<U+2069>"},
        {"\u200b\u200e\u2028\u2060\ufeff\u061c\u00ad",
         "<U+200B><U+200E><U+2028><U+2060><U+FEFF><U+061C><U+00AD>"},
        {"\U000e0041\ufe0f\ue000\uffff", "<U+E0041><U+FE0F><U+E000><U+FFFF>"},
        {"\xff\xfe", "<FF><FE>"},
        {"a\x9b"
         "b",
         "a<9B>b"},
        {"\xc0\x80", "<C0><80>"},                  // longer than it need be
        {"\xed\xa0\x80", "<ED><A0><80>"},          // a surrogate
        {"\xf4\x90\x80\x80", "<F4><90><80><80>"},  // beyond the end
        {"\xe4\xb8", "<E4><B8>"},                  // cut off
        {"\xe4z", "<E4>z"},
    };
    for (const auto& [text, shown] : table) {
        EXPECT_EQ(harmless(text), shown);
        EXPECT_EQ(harmless(harmless(text)), shown);
    }
}

/// What arrives when this is printed.
std::string printed(const std::string& text, const Shown& shown) {
    std::ostringstream target;
    HarmlessStream stream(target);
    stream.show(shown);
    stream << text << std::flush;
    return target.str();
}

TEST(HarmlessStream, PassesOnLinesAndHarmlessText) {
    EXPECT_EQ(printed("one\ntwo\r\n\u202ethree", {}), "one\ntwo<U+000D>\n<U+202E>three");
    EXPECT_EQ(printed("\033[31mred\033[0m\r\033[K", {}), "<U+001B>[31mred<U+001B>[0m<U+000D><U+001B>[K");
}

TEST(HarmlessStream, KnowsItsOwnColours) {
    const std::string own = "\033[31m\033[1mx\033[0m \033[90m-\033[0m\r\033[K\033[32m\033[33m\033[35m";
    EXPECT_EQ(printed(own, {.colours = true}), own);
    EXPECT_EQ(printed("\033[2J\033]0;title\a\033[31", {.colours = true}),
              "<U+001B>[2J<U+001B>]0;title<U+0007><U+001B>[31");
}

TEST(HarmlessStream, IsAsciiWhereTheTerminalIsNotUtf8) {
    EXPECT_EQ(printed("\u011b\n", {.utf8 = false}),
              "<U+011B>\n");  // C4 9B: the second byte is a command there
}

TEST(HarmlessStream, WaitsForALinesEndOrAFlush) {
    std::ostringstream target;
    HarmlessStream stream(target);
    stream << "a\nb";
    EXPECT_EQ(target.str(), "a\n");
    stream << '\xe4' << '\xb8' << '\xad' << 'c';
    stream.flush();
    EXPECT_EQ(target.str(), "a\nb\u4e2dc");
}

TEST(HarmlessStream, AnUnbufferedTargetGetsEverythingAtOnce) {
    std::ostringstream target;
    target << std::unitbuf;
    HarmlessStream stream(target);
    stream << "a" << 7;
    EXPECT_EQ(target.str(), "a7");
}

TEST(HarmlessStream, FailsWithItsTarget) {
    std::ostringstream target;
    target.setstate(std::ios_base::badbit);
    HarmlessStream stream(target);
    stream << "a\n" << std::flush;
    EXPECT_FALSE(stream.good());
}

}  // namespace

}  // namespace cfee
