#include "lib/cluster/sentinel.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cfee {

namespace {

struct Row {
    std::string_view name;
    std::string output;
    std::vector<std::pair<std::string, ScriptPart>> parts;
};

void expect_all(const std::vector<Row>& table) {
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        const ScriptParts parts = read_parts(row.output);
        EXPECT_EQ(parts.size(), row.parts.size());
        for (const auto& [name, part] : row.parts) {
            SCOPED_TRACE(name);
            const auto found = parts.find(name);
            ASSERT_NE(found, parts.end());
            EXPECT_EQ(found->second.status, part.status);
            EXPECT_EQ(found->second.text, part.text);
        }
    }
}

TEST(ReadParts, ReadsWholePartsOnly) {
    expect_all({
        {"nothing", "", {}},
        {"noise", "hello\n</cfee>\n", {}},
        {"one", "\n<cfee:ping 7>\nrefused\n</cfee>\n", {{"ping", {"7", "refused"}}}},
        {"at the very start", "<cfee:ping 7>\nrefused\n</cfee>\n", {{"ping", {"7", "refused"}}}},
        {"without a last newline", "\n<cfee:ping 7>\nrefused\n</cfee>", {{"ping", {"7", "refused"}}}},
        {"empty text", "\n<cfee:ping 0>\n\n</cfee>\n", {{"ping", {"0", ""}}}},
        {"no text", "\n<cfee:log-bbs 0>\n</cfee>\n", {{"log-bbs", {"0", ""}}}},
        {"status of two words", "\n<cfee:probe 1 nc>\nx\n</cfee>\n", {{"probe", {"1 nc", "x"}}}},
        {"no status", "\n<cfee:ping>\nx\n</cfee>\n", {{"ping", {"", "x"}}}},
        {"empty status", "\n<cfee:ping >\nx\n</cfee>\n", {{"ping", {"", "x"}}}},
        {"lines", "\n<cfee:log 0>\na\n\nb\n</cfee>\n", {{"log", {"0", "a\n\nb"}}}},
        {"two",
         "\n<cfee:a 1>\nx\n</cfee>\n\n<cfee:b 2>\ny\n</cfee>\n",
         {{"a", {"1", "x"}}, {"b", {"2", "y"}}}},
        {"noise between",
         "n\n<cfee:a 1>\nx\n</cfee>\nnoise\n<cfee:b 2>\ny\n</cfee>\n",
         {{"a", {"1", "x"}}, {"b", {"2", "y"}}}},
        {"repeated", "\n<cfee:a 1>\nx\n</cfee>\n\n<cfee:a 2>\ny\n</cfee>\n", {}},
        {"cut in the head", "\n<cfee:a 1>\nx\n</cfee>\n\n<cfee:b", {{"a", {"1", "x"}}}},
        {"cut in the text", "\n<cfee:a 1>\nx\n</cfee>\n\n<cfee:b 2>\nhalf", {{"a", {"1", "x"}}}},
        {"cut in the end", "\n<cfee:a 1>\nx\n</cfee>\n\n<cfee:b 2>\ny\n</cfe", {{"a", {"1", "x"}}}},
        {"head over two lines", "\n<cfee:a\n1>\n\n<cfee:b 2>\ny\n</cfee>\n", {{"b", {"2", "y"}}}},
        {"inside a line", "x<cfee:a 1>\ny\n</cfee>\n", {}},
        {"binary",
         std::string("\n<cfee:a 1>\n\0\xff\n</cfee>\n", 24),
         {{"a", {"1", std::string("\0\xff", 2)}}}},
    });
}

TEST(ReadParts, APartWithoutItsEndDoesNotCountBeforeAnother) {
    expect_all(
        {{"cut, and on with the next", "\n<cfee:a 1>\nhalf\n<cfee:b 2>\ny\n</cfee>\n", {{"b", {"2", "y"}}}}});
}

TEST(Lines, AreFitForATerminal) {
    struct LineRow {
        std::string_view text;
        std::string first;
        std::string last;
    };
    const std::string_view nul("a\0b", 3);
    const std::vector<LineRow> table{
        {"", "", ""},
        {" \n\r\n\t", "", ""},
        {"one", "one", "one"},
        {"one\ntwo\n", "one", "two"},
        {"\n\n one \n\n two \n\n", "one", "two"},
        {"one\r\ntwo\r\n", "one", "two"},
        {"  0%\r 50%\r100%\rcurl: (7) x", "0%", "curl: (7) x"},
        {"a\tb", "a b", "a b"},
        {"a\x1b[31mb", "a?[31mb", "a?[31mb"},
        {"caf\xc3\xa9", "caf??", "caf??"},
        {"\xff\x80", "??", "??"},
        {"a\x7f", "a?", "a?"},
        {nul, "a?b", "a?b"},
    };
    for (const LineRow& row : table) {
        EXPECT_EQ(first_line(row.text), row.first) << row.text;
        EXPECT_EQ(last_line(row.text), row.last) << row.text;
    }
    const std::string long_line(10'000, 'x');
    EXPECT_EQ(first_line(long_line), std::string(300, 'x'));
    EXPECT_EQ(last_line(long_line), std::string(300, 'x'));
}

}  // namespace

}  // namespace cfee
