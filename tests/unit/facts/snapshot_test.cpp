#include "lib/facts/snapshot.hpp"

#include <gtest/gtest.h>

#include <string_view>
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

// The API server has written a time into a pod that lies ahead of it: by such a clock no pod is old.
TEST(Snapshot, DoesNotTakeAClockThatIsBehind) {
    constexpr int unknown = 1;
    struct Row {
        std::string_view name;
        int created;  ///< the newest pod
        std::vector<std::optional<TimePoint>> clocks;
        int now;
    };
    const std::vector<Row> table{
        {"a pod's, by an hour", -300, {at(-3600), at(-3599)}, 0},
        {"one pod's, by an hour", -300, {at(-3600), at(-5)}, -5},
        {"by a minute", -300, {at(-360)}, -360},
        {"by more", -300, {at(-361)}, 0},
        {"our own as well", 3600, {at(-9), at(3605)}, 3605},
        {"all of them", 3600, {at(-9)}, 3600},
        {"it is ahead, and the pods are right", -3600, {at(-1800)}, -1800},
        {"no clock but ours", -300, {std::nullopt}, 0},
        {"a pod that does not say when it was made", unknown, {at(-9)}, -9},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        Snapshot snapshot{.started = at(0), .ended = at(1)};
        snapshot.pods = std::vector<Pod>{
            {.name = "a", .created = at(-9999)},
            {.name = "b", .created = row.created == unknown ? TimePoint::max() : at(row.created)}};
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
