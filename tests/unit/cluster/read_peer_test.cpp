#include "lib/cluster/read_peer.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace cfee {

namespace {

struct Row {
    std::string_view text;
    std::string_view peer;
};

TEST(ReadPeer, KnowsTheOneThereIs) {
    const std::vector<Row> table{
        {" 0700F40A:22BB", "10.244.0.7"},
        {" 0100007F:22BB", "127.0.0.1"},
        {" 0000000000000000FFFF00000700F40A:22BB", "10.244.0.7"},
        {" 0700F40A:22BB 0000000000000000FFFF00000700F40A:22BB", "10.244.0.7"},
        {" 0700F40A:22BB 0800F40A:22BB", ""},
        {" 0800F40A:22BB 000080FE00000000FF565002BD690AFE:22BB", ""},
        {" 000080FE00000000FF565002BD690AFE:22BB", ""},
        {"", ""},
        {" ", ""},
        {"0700F40A:22BB", ""},
        {" 0700F40A:22BB ", ""},
        {" 0700F40:22BB", ""},
        {" 0700F40AA:22BB", ""},
        {" 0700F40G:22BB", ""},
        {" -700F40A:22BB", ""},
    };
    for (const Row& row : table) EXPECT_EQ(read_peer("0", row.text), row.peer) << row.text;
}

TEST(ReadPeer, KnowsNothingOfAnotherStatus) {
    EXPECT_EQ(read_peer("", " 0700F40A:22BB"), "");
    EXPECT_EQ(read_peer("1", " 0700F40A:22BB"), "");
}

}  // namespace

}  // namespace cfee
