#include "lib/facts/snapshot.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cfee {

namespace {

using std::chrono::seconds;

TimePoint at(int second) {
    return TimePoint{seconds{1'000 + second}};
}

TEST(Snapshot, TakesTheEarliestClock) {
    struct Row {
        std::vector<std::optional<TimePoint>> clocks;
        int now;
    };
    const std::vector<Row> table{
        {{}, 0},
        {{std::nullopt}, 0},
        {{at(5)}, 0},
        {{at(-5)}, -5},
        {{at(9), at(-7), std::nullopt, at(-3)}, -7},
    };
    for (const Row& row : table) {
        Snapshot snapshot{.started = at(0), .ended = at(1)};
        for (const auto& clock : row.clocks) snapshot.insides.push_back({.clock = clock});
        EXPECT_EQ(snapshot.now(), at(row.now));
    }
}

TEST(Snapshot, FindsPodsOfARoleThatHaveNotEnded) {
    Snapshot snapshot;
    EXPECT_TRUE(snapshot.pods_of(Role::bbs).empty()) << "pods that are not known";
    snapshot.pods = std::vector<Pod>{
        {.name = "api-0", .role = Role::cloud_controller, .phase = "Running"},
        {.name = "diego-api-0", .role = Role::bbs, .phase = "Running"},
        {.name = "diego-api-0-old", .role = Role::bbs, .phase = "Succeeded"},
        {.name = "diego-api-1", .role = Role::bbs, .phase = "Failed"},
        {.name = "diego-api-2", .role = Role::bbs, .phase = "Pending"},
    };
    std::vector<std::string> names;
    for (const Pod& pod : snapshot.pods_of(Role::bbs)) names.push_back(pod.name);
    EXPECT_EQ(names, (std::vector<std::string>{"diego-api-0", "diego-api-1", "diego-api-2"}));
    EXPECT_EQ(snapshot.pods_of(Role::cloud_controller).size(), 1U);
    EXPECT_TRUE(snapshot.pods_of(Role::locket).empty());
}

TEST(Snapshot, FindsWhatAPodSaid) {
    const Snapshot snapshot{.insides = {{.pod = "a"}, {.pod = "b", .ping = Ping::serving}}};
    ASSERT_NE(snapshot.inside_of("b"), nullptr);
    EXPECT_EQ(snapshot.inside_of("b")->ping, Ping::serving);
    EXPECT_EQ(snapshot.inside_of("c"), nullptr);
}

}  // namespace

}  // namespace cfee
