#include "lib/commands/collect_evidence.hpp"

#include <gtest/gtest.h>

#include <map>

#include "lib/runbook/diagnosis.hpp"
#include "lib/runbook/sha256.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

/// Logs are there, and nothing else is.
struct LogsOnly final : Host {
    std::vector<Outcome> run(std::span<const Command> batch) override {
        ++batches;
        std::vector<Outcome> outcomes;
        for (const Command& command : batch) {
            const bool is_log =
                std::find(command.argv.begin(), command.argv.end(), "logs") != command.argv.end();
            outcomes.push_back(is_log
                                   ? Outcome{.end = Outcome::End::exited, .out = "password=hunter2\nfine\n"}
                                   : Outcome{.end = Outcome::End::exited, .code = 1, .err = "error: no\n"});
        }
        return outcomes;
    }
    [[nodiscard]] Clock::time_point now() const override { return look_time; }
    void sleep(Clock::duration) override {}
    int batches = 0;
};

struct FakeFolder final : Folder {
    void create(const std::string& path) override { created = path; }
    void write(const std::string& name, std::string_view content) override {
        if (files.size() == room) throw FolderError("no room");
        files[name] = content;
    }
    std::string created;
    std::map<std::string, std::string> files;
    std::size_t room = 1000;
};

struct Evidence : testing::Test {
    void collect() { collect_evidence({host, kubectl, judged, transcript, version}, folder, "/evidence"); }

    LogsOnly host;
    Kubectl kubectl;
    Judged judged{.snapshot = Scene::stuck().snapshot, .judgement = judge(Scene::stuck().snapshot)};
    std::string transcript = "a transcript";
    std::string version = "1";
    FakeFolder folder;
};

TEST_F(Evidence, HoldsTranscriptReportAndLogs) {
    collect();
    EXPECT_EQ(folder.created, "/evidence");
    EXPECT_EQ(folder.files.at("transcript.jsonl"), transcript);
    EXPECT_NE(folder.files.at("report.json").find("bbs-lock-stuck"), std::string::npos);
    EXPECT_NE(folder.files.at("report.txt").find("bbs-lock-stuck"), std::string::npos);
    for (const char* pod : {"diego-api-0", "diego-api-1", "api-0", "api-1"}) {
        const std::string log = folder.files.at(pod + std::string(".log"));
        EXPECT_EQ(log.find("hunter2"), std::string::npos);
        EXPECT_NE(log.find("fine"), std::string::npos);
    }
    EXPECT_EQ(host.batches, 1);
}

TEST_F(Evidence, SaysWhatItHoldsAndWhatCouldNotBeHad) {
    collect();
    const std::string manifest = folder.files.at("MANIFEST");
    for (const auto& [name, content] : folder.files) {
        const std::string line = sha256(content) + "  " + std::to_string(content.size()) + "  " + name + "\n";
        EXPECT_EQ(manifest.find(line) != std::string::npos, name != "MANIFEST") << name;
    }
    EXPECT_NE(manifest.find("missing  events.json: error: no\n"), std::string::npos) << manifest;
    EXPECT_FALSE(folder.files.contains("events.json"));
}

TEST_F(Evidence, AsksBbsAndLocketForTheirStacks) {
    collect();
    const std::string manifest = folder.files.at("MANIFEST");
    for (const char* name : {"diego-api-0.bbs", "diego-api-0.locket", "diego-api-1.bbs"})
        EXPECT_NE(manifest.find(std::string("missing  ") + name + ".goroutines.txt: error: no\n"),
                  std::string::npos)
            << manifest;
    EXPECT_EQ(manifest.find("missing  api-0.bbs"), std::string::npos) << "Cloud Controller has no such thing";
}

TEST_F(Evidence, AsksTheAuctioneerForItsStacksWhereALookFoundIt) {
    collect();
    EXPECT_EQ(folder.files.at("MANIFEST").find("auctioneer"), std::string::npos);
    judged.snapshot.auctioneers =
        std::vector<Auctioneer>{{.pod = {.name = "diego-brain-0", .role = Role::auctioneer}}};
    collect();
    const std::string manifest = folder.files.at("MANIFEST");
    for (const char* kept : {"missing  diego-brain-0.auctioneer.goroutines.txt: error: no\n",
                             "missing  diego-brain-0.auctioneer.stdout.log: error: no\n"})
        EXPECT_NE(manifest.find(kept), std::string::npos) << manifest;
    EXPECT_EQ(manifest.find("diego-brain-0.bbs"), std::string::npos) << "and for nothing else";
}

TEST_F(Evidence, WhatCannotBeWrittenIsNoEvidence) {
    for (folder.room = 0; folder.room < 6; ++folder.room) {
        folder.files.clear();
        EXPECT_THROW(collect(), FolderError) << folder.room;
    }
}

TEST_F(Evidence, LiesInAFolderWithAHarmlessName) {
    judged.snapshot.context = "../../etc; rm -rf /";
    const std::string path = evidence_path("/state", judged.snapshot, look_time);
    ASSERT_TRUE(path.starts_with("/state/cfee-stager/")) << path;
    EXPECT_EQ(path.substr(19).find_first_of("/; "), std::string::npos) << path;
    EXPECT_NE(path.find("-cf"), std::string::npos);
    judged.snapshot.context.clear();
    EXPECT_NE(evidence_path("/state", judged.snapshot, look_time).find("no-context"), std::string::npos);
}

}  // namespace

}  // namespace cfee
