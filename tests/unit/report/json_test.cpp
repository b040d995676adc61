#include "lib/report/json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "lib/runbook/diagnosis.hpp"
#include "lib/text/encoding.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

using nlohmann::json;

std::string written(const Snapshot& snapshot, int exit_status = 0) {
    std::ostringstream stream;
    write_json(stream, Found{{snapshot, judge(snapshot)}, exit_status}, "1.2.3");
    return stream.str();
}
json document_of(const Snapshot& snapshot, int exit_status = 0) {
    return json::parse(written(snapshot, exit_status));
}

std::vector<std::string> keys_of(const std::string& text) {
    std::vector<std::string> keys;
    const nlohmann::ordered_json document = nlohmann::ordered_json::parse(text);
    for (const auto& [key, value] : document.items()) keys.push_back(key);
    return keys;
}

TEST(WriteJson, WritesOneDocument) {
    const std::string text = written(Scene::healthy().snapshot);
    EXPECT_EQ(keys_of(text),
              (std::vector<std::string>{"apiVersion", "kind", "tool", "startedAt", "durationSeconds",
                                        "cluster", "checks", "verdict", "diagnosis", "exitStatus"}));
    EXPECT_TRUE(text.ends_with("}\n"));
    const json document = json::parse(text);
    EXPECT_EQ(document["apiVersion"], "cfee-stager/v1");
    EXPECT_EQ(document["kind"], "Diagnosis");
    EXPECT_EQ(document["tool"], (json{{"version", "1.2.3"}}));
    EXPECT_EQ(document["startedAt"], "2026-11-22T10:00:00Z");
    EXPECT_EQ(document["durationSeconds"], 1.0);
    EXPECT_EQ(document["cluster"], (json{{"context", "prod"},
                                         {"namespace", "cf"},
                                         {"edition", "cfee-2"},
                                         {"address", "diego-api-bbs.cf.svc.cluster.local:8889"}}));
    EXPECT_EQ(document["verdict"], "ok");
    EXPECT_EQ(document["diagnosis"],
              (json{{"id", "healthy"},
                    {"title", "Cloud Controller reaches the BBS, and the BBS works"},
                    {"remedy", "none"},
                    {"because", {"diego-api-0 serves and is reached from every Cloud Controller pod"}}}));
    EXPECT_EQ(document["exitStatus"], 0);
}

TEST(WriteJson, WritesEachCheck) {
    const json document = document_of(Scene::stuck().snapshot, 1);
    ASSERT_EQ(document["checks"].size(), 9U);
    const json& check = document["checks"][1];
    EXPECT_EQ(check["id"], "bbs-reachable");
    EXPECT_EQ(check["title"], "Cloud Controller reaches the BBS");
    EXPECT_EQ(check["step"], "3-4, 7");
    EXPECT_EQ(check["verdict"], "fail");
    EXPECT_EQ(check["evidence"], "0 of 2 pods connect to diego-api-bbs.cf.svc.cluster.local:8889");
    EXPECT_EQ(check["hint"],
              "kubectl exec -n cf api-0 -c api -- nc -zv -w 5 diego-api-bbs.cf.svc.cluster.local 8889");
    EXPECT_EQ(check["subjects"],
              (json{{{"name", "api-0"}, {"verdict", "fail"}, {"evidence", "refused: nc: as told"}},
                    {{"name", "api-1"}, {"verdict", "fail"}, {"evidence", "refused: nc: as told"}}}));
    EXPECT_FALSE(document["checks"][0].contains("hint")) << "nothing to do about what is well";
    EXPECT_FALSE(document["checks"][4].contains("subjects")) << "an empty list is left out";
    EXPECT_EQ(document["exitStatus"], 1);
    EXPECT_EQ(document["verdict"], "fail");
    EXPECT_EQ(document["diagnosis"]["remedy"], "restart");
    EXPECT_EQ(document["diagnosis"]["because"].size(), 5U);
}

TEST(WriteJson, WritesNullForWhatIsNotKnown) {
    Snapshot snapshot{.started = look_time, .ended = look_time, .name_space = "cf"};
    const json document = document_of(snapshot, 3);
    EXPECT_TRUE(document["cluster"]["context"].is_null());
    EXPECT_TRUE(document["cluster"]["address"].is_null());
    EXPECT_EQ(document["cluster"]["edition"], "unknown");
    EXPECT_EQ(document["durationSeconds"], 0.0);
    EXPECT_EQ(document["verdict"], "unknown");
    EXPECT_EQ(document["checks"].size(), 9U);
    EXPECT_EQ(document["exitStatus"], 3);
}

TEST(WriteJson, TakesTheFirstAddressThatIsKnown) {
    Scene scene = Scene::healthy();
    scene.snapshot.probes.front().address = {};
    scene.snapshot.probes.back().address = {"other", 1};
    EXPECT_EQ(document_of(scene.snapshot)["cluster"]["address"], "other:1");
}

TEST(WriteJson, WritesPartsOfASecond) {
    Snapshot snapshot = Scene::healthy().snapshot;
    snapshot.ended = snapshot.started + std::chrono::milliseconds{1250};
    EXPECT_DOUBLE_EQ(document_of(snapshot)["durationSeconds"].get<double>(), 1.25);
}

// A wrong byte must not cost the document.
TEST(WriteJson, ReplacesBytesThatAreNoText) {
    for (const std::string bytes : {"\xff", "a\xc3", "\xed\xa0\x80", "\xf0\x9f", "\xc0\xaf"}) {
        Snapshot snapshot = Scene::healthy().snapshot;
        snapshot.context = "p" + bytes + "q";
        const std::string text = written(snapshot);
        EXPECT_TRUE(is_utf8(text));
        const std::string context = json::parse(text)["cluster"]["context"];
        EXPECT_TRUE(context.starts_with("p") && context.ends_with("q")) << context;
        EXPECT_NE(context.find("\xef\xbf\xbd"), std::string::npos) << "the replacement character";
    }
}

TEST(WriteJson, EscapesWhatWouldBreakALine) {
    Snapshot snapshot = Scene::healthy().snapshot;
    snapshot.context = "a\"b\\c\nd\x1b\x01";
    EXPECT_EQ(written(snapshot).find('\x1b'), std::string::npos);
    EXPECT_EQ(document_of(snapshot)["cluster"]["context"], snapshot.context);
}

}  // namespace

}  // namespace cfee
