#include "plugin/terminal.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using Variables = std::map<std::string, std::string>;

Style style(ColourChoice choice, bool is_terminal, const Variables& variables) {
    return style_for(choice, is_terminal, [&](const char* name) -> const char* {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : found->second.c_str();
    });
}

struct ColourRow {
    std::string_view name;
    ColourChoice choice;
    bool is_terminal;
    Variables variables;
    bool has_colour;
};

TEST(StyleFor, DecidesColourByPrecedence) {
    constexpr auto automatic = ColourChoice::automatic;
    const std::vector<ColourRow> table{
        {"a terminal", automatic, true, {}, true},
        {"no terminal", automatic, false, {}, false},
        {"never, on a terminal", ColourChoice::never, true, {}, false},
        {"never beats what forces",
         ColourChoice::never,
         true,
         {{"CLICOLOR_FORCE", "1"}, {"FORCE_COLOR", "1"}},
         false},
        {"always, into a file", ColourChoice::always, false, {}, true},
        {"always beats NO_COLOR", ColourChoice::always, false, {{"NO_COLOR", "1"}, {"TERM", "dumb"}}, true},
        {"NO_COLOR", automatic, true, {{"NO_COLOR", "1"}}, false},
        {"NO_COLOR, whatever it says", automatic, true, {{"NO_COLOR", "0"}}, false},
        {"NO_COLOR empty", automatic, true, {{"NO_COLOR", ""}}, true},
        {"NO_COLOR beats FORCE_COLOR", automatic, true, {{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}, false},
        {"NO_COLOR beats CLICOLOR_FORCE",
         automatic,
         true,
         {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}},
         false},
        {"empty NO_COLOR does not beat FORCE_COLOR",
         automatic,
         false,
         {{"NO_COLOR", ""}, {"FORCE_COLOR", "1"}},
         true},
        {"FORCE_COLOR, into a file", automatic, false, {{"FORCE_COLOR", "1"}}, true},
        {"FORCE_COLOR, whatever it says", automatic, false, {{"FORCE_COLOR", "yes"}}, true},
        {"FORCE_COLOR=0, into a file", automatic, false, {{"FORCE_COLOR", "0"}}, false},
        {"FORCE_COLOR=0 forces nothing on a terminal", automatic, true, {{"FORCE_COLOR", "0"}}, true},
        {"FORCE_COLOR empty", automatic, false, {{"FORCE_COLOR", ""}}, false},
        {"CLICOLOR_FORCE, into a file", automatic, false, {{"CLICOLOR_FORCE", "1"}}, true},
        {"CLICOLOR_FORCE=0", automatic, false, {{"CLICOLOR_FORCE", "0"}}, false},
        {"CLICOLOR_FORCE=0 leaves it to FORCE_COLOR",
         automatic,
         false,
         {{"CLICOLOR_FORCE", "0"}, {"FORCE_COLOR", "1"}},
         true},
        {"CLICOLOR_FORCE beats TERM=dumb and CLICOLOR=0",
         automatic,
         true,
         {{"CLICOLOR_FORCE", "1"}, {"CLICOLOR", "0"}, {"TERM", "dumb"}},
         true},
        {"CLICOLOR=0", automatic, true, {{"CLICOLOR", "0"}}, false},
        {"CLICOLOR=1 forces nothing", automatic, false, {{"CLICOLOR", "1"}}, false},
        {"TERM=dumb", automatic, true, {{"TERM", "dumb"}}, false},
        {"another TERM", automatic, true, {{"TERM", "xterm-256color"}}, true},
    };
    for (const ColourRow& row : table)
        EXPECT_EQ(style(row.choice, row.is_terminal, row.variables).has_colour, row.has_colour) << row.name;
}

TEST(StyleFor, KnowsTheLocale) {
    const std::vector<std::pair<Variables, bool>> table{
        {{}, false},
        {{{"LANG", ""}}, false},
        {{{"LANG", "C"}}, false},
        {{{"LANG", "POSIX"}}, false},
        {{{"LANG", "en_US"}}, false},
        {{{"LANG", "ja_JP.eucJP"}}, false},
        {{{"LANG", "de_DE.ISO-8859-1"}}, false},
        {{{"LANG", "en_US.UTF-8"}}, true},
        {{{"LANG", "en_US.utf8"}}, true},
        {{{"LANG", "C.UTF-8"}}, true},
        {{{"LANG", "de_DE.Utf-8@euro"}}, true},
        {{{"LC_CTYPE", "en_US.UTF-8"}, {"LANG", "C"}}, true},
        {{{"LC_CTYPE", "C"}, {"LANG", "en_US.UTF-8"}}, false},
        {{{"LC_ALL", "C"}, {"LC_CTYPE", "en_US.UTF-8"}, {"LANG", "en_US.UTF-8"}}, false},
        {{{"LC_ALL", "C.UTF-8"}, {"LANG", "C"}}, true},
        {{{"LC_ALL", ""}, {"LC_CTYPE", ""}, {"LANG", "en_US.UTF-8"}}, true},
        {{{"LC_MESSAGES", "en_US.UTF-8"}}, false},
    };
    for (const auto& [variables, has_utf8] : table) {
        EXPECT_EQ(style(ColourChoice::automatic, true, variables).has_utf8, has_utf8)
            << ::testing::PrintToString(variables);
    }
}

TEST(StyleFor, Has80Columns) {
    EXPECT_EQ(style(ColourChoice::automatic, true, {}).width, 80);
}

}  // namespace

}  // namespace cfee
