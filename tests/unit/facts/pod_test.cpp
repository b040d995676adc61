#include "lib/facts/pod.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

Container ready(const std::string& name) {
    return {.name = name, .is_ready = true};
}
Container waiting(const std::string& name, const std::string& reason) {
    return {.name = name, .waiting = reason};
}

struct Row {
    std::string_view name;
    Pod pod;
    bool is_ready;
    std::string summary;
    std::string hopeless = "";
};

Pod running(std::vector<Container> containers, int wanted) {
    return {.role_name = "api",
            .phase = "Running",
            .says_ready = true,
            .containers = std::move(containers),
            .wanted_containers = wanted};
}

Pod changed(Pod pod, void (*change)(Pod&)) {
    change(pod);
    return pod;
}

TEST(Pod, SaysWhatKubectlWouldPrint) {
    const Pod one = running({ready("api")}, 1);
    const Pod two = running({ready("api"), ready("agent")}, 2);
    const std::vector<Row> table{
        {"1/1", one, true, "1/1 Running"},
        {"2/2", two, true, "2/2 Running"},
        {"a container is not ready", changed(two, [](Pod& pod) { pod.containers[1].is_ready = false; }),
         false, "1/2 Running"},
        {"a container has no status yet", running({ready("api")}, 2), false, "1/2 Running"},
        {"no containers", running({}, 0), false, "0/0 Running"},
        {"the pod itself says no", changed(two, [](Pod& pod) { pod.says_ready = false; }), false,
         "2/2 Running"},
        {"Terminating", changed(two, [](Pod& pod) { pod.deleting = TimePoint{}; }), false, "2/2 Terminating"},
        {"Pending", changed(running({}, 2), [](Pod& pod) { pod.phase = "Pending"; }), false, "0/2 Pending"},
        {"unscheduled",
         changed(running({}, 2),
                 [](Pod& pod) {
                     pod.phase = "Pending";
                     pod.unscheduled = "0/3 nodes are available";
                 }),
         false, "0/2 Pending", "Unschedulable: 0/3 nodes are available"},
        {"Failed", changed(two, [](Pod& pod) { pod.phase = "Failed"; }), false, "2/2 Failed", "Failed"},
        {"Unknown", changed(two, [](Pod& pod) { pod.phase = "Unknown"; }), false, "2/2 Unknown"},
        {"Succeeded", changed(two, [](Pod& pod) { pod.phase = "Succeeded"; }), false, "2/2 Succeeded"},
        {"crashing", running({ready("agent"), waiting("api", "CrashLoopBackOff")}, 2), false,
         "1/2 CrashLoopBackOff", "CrashLoopBackOff"},
        {"crashing, and on its way out",
         changed(running({waiting("api", "CrashLoopBackOff")}, 1),
                 [](Pod& pod) { pod.deleting = TimePoint{}; }),
         false, "0/1 Terminating", "CrashLoopBackOff"},
        {"starting", running({waiting("api", "ContainerCreating")}, 1), false, "0/1 ContainerCreating"},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(row.pod.is_ready(), row.is_ready);
        EXPECT_EQ(row.pod.summary(), row.summary);
        EXPECT_EQ(row.pod.hopeless(), row.hopeless);
    }
}

TEST(Pod, KnowsReasonsThatDoNotPass) {
    for (const std::string reason :
         {"CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName",
          "RunContainerError", "CreateContainerConfigError", "CreateContainerError", "ImageInspectError"})
        EXPECT_EQ(running({ready("a"), waiting("b", reason)}, 2).hopeless(), reason);
    for (const std::string reason : {"", "ContainerCreating", "PodInitializing", "crashloopbackoff"})
        EXPECT_EQ(running({waiting("b", reason)}, 1).hopeless(), "") << reason;
}

TEST(Pod, HasAMainContainer) {
    EXPECT_EQ(running({ready("agent"), ready("api")}, 2).main_container(), "api");
    EXPECT_EQ(running({ready("istio-proxy"), ready("agent")}, 2).main_container(), "istio-proxy");
    EXPECT_EQ(running({}, 2).main_container(), "api");
}

TEST(Pod, HasEndedInTwoPhases) {
    for (const std::string phase : {"Pending", "Running", "Unknown", ""})
        EXPECT_FALSE((Pod{.phase = phase}.has_ended())) << phase;
    for (const std::string phase : {"Succeeded", "Failed"})
        EXPECT_TRUE((Pod{.phase = phase}.has_ended())) << phase;
}

TEST(Pod, SumsRestarts) {
    EXPECT_EQ(running({}, 0).restarts(), 0);
    EXPECT_EQ(running({Container{.restarts = 2}, Container{.restarts = 3}}, 2).restarts(), 5);
}

}  // namespace

}  // namespace cfee
