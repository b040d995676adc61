#include "lib/text/wrap.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

TEST(Wrapped, BreaksAtBlanks) {
    struct Row {
        std::string_view name;
        std::string_view text;
        int column;
        int indent;
        int width;
        std::string result;
    };
    const std::vector<Row> table{
        {"nothing", "", 0, 0, 10, ""},
        {"blanks", "   ", 0, 0, 10, ""},
        {"fits", "one two", 0, 0, 10, "one two"},
        {"fits exactly", "one two", 0, 0, 7, "one two"},
        {"one too many", "one two", 0, 0, 6, "one\ntwo"},
        {"begins in a column", "one two", 4, 0, 11, "one two"},
        {"begins in a column, one too many", "one two", 4, 0, 10, "one\ntwo"},
        {"indents", "one two three", 2, 2, 9, "one two\n  three"},
        {"indents deeper", "one two three", 2, 4, 9, "one two\n    three"},
        {"a word wider than the line", "a bbbbbbbbbb c", 0, 0, 5, "a\nbbbbbbbbbb\nc"},
        {"it comes first", "bbbbbbbbbb c", 3, 3, 5, "bbbbbbbbbb\n   c"},
        {"many blanks are one", "  one    two  ", 0, 0, 10, "one two"},
        {"no room at all", "a b", 0, 0, 0, "a\nb"},
        {"every line", "aa bb cc dd ee", 0, 1, 5, "aa bb\n cc\n dd\n ee"},
    };
    for (const Row& row : table)
        EXPECT_EQ(wrapped(row.text, row.column, row.indent, row.width), row.result) << row.name;
}

}  // namespace

}  // namespace cfee
