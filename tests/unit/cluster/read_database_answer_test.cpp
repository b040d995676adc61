#include "lib/cluster/read_database_answer.hpp"
#include "lib/facts/database_answer.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using Kind = DatabaseAnswer::Kind;

const std::map<std::string, Kind> kinds{
    {"accepts", Kind::accepts},
    {"refuses", Kind::refuses},
    {"silent", Kind::silent},
    {"hangs_up", Kind::hangs_up},
    {"proxy", Kind::proxy},
    {"unknown", Kind::unknown},
    {"not_a_database", Kind::not_a_database},
};

/// What the in-pod script says of each server; tests/scenes/test_database_answer.py sees to it that it does.
nlohmann::json cases() {
    std::ifstream file(SCENES "/database_answers.json");
    return nlohmann::json::parse(file);
}

std::string said(const nlohmann::json& one) {
    std::string text = "open\n";
    if (one.contains("said")) {
        text += one.at("said").get<std::string>();
    } else {
        for (const auto& turn : one.at("turns"))
            for (const auto& piece : turn) text += piece.get<std::string>() + "\n";
    }
    text.pop_back();
    return text;
}

TEST(ReadDatabaseAnswer, KnowsWhatDatabasesSay) {
    const nlohmann::json all = cases();
    ASSERT_GT(all.size(), 30U);
    for (const auto& one : all) {
        const std::string language = one.at("language");
        SCOPED_TRACE(language + " " + one.at("name").get<std::string>());
        const std::string status = one.at("status");
        const DatabaseAnswer answer = read_database_answer(status + " " + language, said(one));
        EXPECT_EQ(answer.kind, kinds.at(one.at("kind")));
        EXPECT_EQ(answer.text, one.at("words"));
        if (status == "1") {
            EXPECT_EQ(read_database_answer("141 " + language, said(one)).kind, answer.kind);
        }
    }
}

TEST(ReadDatabaseAnswer, TakesNoPartForTheWhole) {
    for (const auto& one : cases()) {
        const std::string whole = said(one);
        const std::string language = one.at("language");
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const DatabaseAnswer answer = read_database_answer("0 " + language, whole.substr(0, length));
            if (answer.kind != Kind::accepts) continue;
            // Enough is there: only words that nobody needs are missing.
            EXPECT_EQ(one.at("kind"), "accepts") << whole.substr(0, length);
            EXPECT_NE(whole.substr(0, length).rfind('\n'), 4U) << whole.substr(0, length);
        }
    }
}

struct Row {
    std::string_view status;
    std::string_view text;
    Kind kind;
};

TEST(ReadDatabaseAnswer, KnowsWhyItWasNotAsked) {
    constexpr std::string_view accepting = "open\nR\\000\\000\\000\\010\n\\000\\000\\000\\000";
    ASSERT_EQ(read_database_answer("0 postgres", accepting).kind, Kind::accepts);
    const std::vector<Row> table{
        {"", "", Kind::unknown},
        {"0", accepting, Kind::unknown},
        {"0 oracle", accepting, Kind::unknown},
        {"0 mysql", accepting, Kind::not_a_database},
        {"0 postgres", "", Kind::unknown},
        {"0 postgres", "open", Kind::unknown},
        {"0 postgres", "opened\nR\\000\\000\\000\\010\n\\000\\000\\000\\000", Kind::unknown},
        {"0 postgres", "open\nR\\000\\000\\000\\01", Kind::unknown},
        {"0 postgres", "open\nR\\000\\000\\000\\018\n\\000", Kind::unknown},
        {"127 postgres", "", Kind::unknown},
        {"126 mysql", "", Kind::unknown},
        {"2 mysql", "open", Kind::unknown},
        {"137 mysql", "", Kind::no_connection},
        {"124 mysql", "", Kind::no_connection},
        {"137 mysql", "open", Kind::silent},
        {"1 mysql", "open", Kind::hangs_up},
        {"7 mysql",
         "10.0.0.1: connect: Connection refused\n10.0.0.1: line 1: /dev/tcp/10.0.0.1/3306: Connection "
         "refused",
         Kind::no_connection},
        {"7 mysql", "x: line 1: db.example: Name or service not known", Kind::no_connection},
        {"7 mysql", "x: line 1: /dev/tcp/x/3306: No such file or directory", Kind::unknown},
    };
    for (const Row& row : table) {
        const DatabaseAnswer answer = read_database_answer(row.status, row.text);
        EXPECT_EQ(answer.kind, row.kind) << row.status << " " << row.text;
        EXPECT_FALSE(answer.text.empty()) << row.status << " " << row.text;
    }
}

}  // namespace

}  // namespace cfee
