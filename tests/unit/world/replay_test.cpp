#include "lib/world/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cfee {

namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = TranscriptEntry::Kind;
using End = Outcome::End;

const Clock::time_point started = Clock::from_time_t(1795355135);

TranscriptEntry answer(std::vector<std::string> argv, std::string out, std::chrono::milliseconds took = 0ms,
                       std::string input = {}) {
    return {.argv = std::move(argv),
            .input = std::move(input),
            .outcome = {.end = End::exited, .code = 0, .out = std::move(out), .took = took}};
}

Transcript transcript_of(std::vector<TranscriptEntry> entries) {
    return {
        .name = "file.jsonl", .header = {.tool = "0.1.0", .started = started}, .entries = std::move(entries)};
}

TranscriptEntry begins(std::chrono::milliseconds start = 0ms) {
    return {.kind = Kind::look_begins, .start = start};
}
TranscriptEntry ends() {
    return {.kind = Kind::look_ends};
}

/// What this argv is answered: its output, or the reason why there is none.
std::string ask(Replay& replay, std::vector<std::string> argv, std::string input = {}) {
    const Command command{.argv = std::move(argv), .input = std::move(input)};
    const Outcome outcome = replay.run(std::span(&command, 1)).front();
    return outcome.succeeded() ? outcome.out : outcome.err;
}

TEST(Replay, MatchesByArgvAndInput) {
    Replay replay(
        transcript_of({answer({"kubectl", "get", "pods"}, "pods"),
                       answer({"kubectl", "create"}, "one", 0ms, "1"),
                       answer({"kubectl", "create"}, "two", 0ms, "2"), answer({"kubectl", "get pods"}, "odd"),
                       answer({"kubectl", "--token=REDACTED"}, "secret"),
                       answer({"kubectl", "x"}, "in", 0ms, "password=REDACTED")}),
        Part::last_look(), "/opt/kube");
    EXPECT_EQ(ask(replay, {"/usr/bin/kubectl", "create"}, "2"), "two");
    EXPECT_EQ(ask(replay, {"/opt/kube", "create"}, "1"), "one");
    EXPECT_EQ(ask(replay, {"kubectl", "get pods"}), "odd");
    EXPECT_EQ(ask(replay, {"kubectl", "get", "pods"}), "pods");
    EXPECT_EQ(ask(replay, {"kubectl", "--token=abc"}), "secret");
    EXPECT_EQ(ask(replay, {"kubectl", "x"}, "password=abc"), "in");
    EXPECT_THAT(replay.missing(), IsEmpty());
}

TEST(Replay, TakesNoInputForAnArgument) {
    Replay replay(
        transcript_of({answer({"a", "b"}, "argument"), answer({"a"}, "input", 0ms, std::string("b\0", 2))}));
    EXPECT_EQ(ask(replay, {"a"}, std::string("b\0", 2)), "input");
    EXPECT_EQ(ask(replay, {"a", "b"}), "argument");
}

TEST(Replay, AnswersEqualCommandsInOrderAndEachOnce) {
    Replay replay(transcript_of({answer({"kubectl"}, "first"), answer({"kubectl"}, "second")}));
    EXPECT_EQ(ask(replay, {"kubectl"}), "first");
    EXPECT_EQ(ask(replay, {"kubectl"}), "second");
    EXPECT_EQ(ask(replay, {"kubectl"}), "not in the transcript");
    EXPECT_EQ(ask(replay, {"kubectl", "--token", "abc"}), "not in the transcript");
    EXPECT_THAT(replay.missing(), ElementsAre("kubectl", "kubectl --token REDACTED"));
}

// How a script shall ask, and whom it may spare, is no other question.
TEST(Replay, AnswersAScriptWhateverItsManners) {
    const auto exec = [](const std::string& argument) {
        return std::vector<std::string>{"kubectl", "exec",          "p", "--",    "sh", "-c",
                                        "text",    "cfee-database", "2", argument};
    };
    Replay replay(transcript_of({answer(exec("jobs=bbs locket"), "R")}));
    EXPECT_EQ(ask(replay, exec("jobs=bbs")), "R");
}

// An older recording lacks nothing then.
TEST(Replay, DoesNotMissWhatOnlyAdds) {
    Replay replay(transcript_of({}));
    const auto exec = [](const std::string& script) {
        return std::vector<std::string>{"kubectl", "exec", "p", "--", "sh", "-c", "text", script, "2"};
    };
    EXPECT_EQ(ask(replay, exec("cfee-stacks")), "not in the transcript");
    for (const char* script : {"cfee-database", "cfee-supervision", "cfee-auctioneer", "cfee-lockets"})
        EXPECT_EQ(ask(replay, exec(script)), "not in the transcript");
    EXPECT_EQ(ask(replay, {"kubectl", "get", "pods", "-l", "skiff-role-name in (diego-brain,auctioneer)"}),
              "not in the transcript");
    EXPECT_THAT(replay.missing(), IsEmpty());
    EXPECT_EQ(ask(replay, exec("cfee-bbs")), "not in the transcript");
    EXPECT_EQ(ask(replay, {"kubectl", "exec", "p", "--", "cfee-stacks"}), "not in the transcript");
    EXPECT_THAT(replay.missing(), SizeIs(2));
}

TEST(Replay, TimePassesByTheLongestOfABatchAndBySleep) {
    Replay replay(
        transcript_of({answer({"a"}, "", 100ms), answer({"b"}, "", 300ms), answer({"c"}, "", 200ms)}));
    EXPECT_EQ(replay.now(), started);
    replay.run(std::vector<Command>{{.argv = {"a"}}, {.argv = {"b"}}, {.argv = {"missing"}}});
    EXPECT_EQ(replay.now(), started + 300ms);
    replay.sleep(5s);
    replay.sleep(-1s);
    EXPECT_EQ(replay.now(), started + 5300ms);
    EXPECT_TRUE(replay.run({}).empty());
    EXPECT_EQ(replay.now(), started + 5300ms);
}

TEST(Replay, AnswersFromTheLookItIsAskedFor) {
    const Transcript transcript = transcript_of(
        {answer({"x"}, "before"), begins(1s), answer({"x"}, "first"), ends(), answer({"x"}, "between"),
         begins(2s), answer({"x"}, "second"), ends(), begins(3s), answer({"x"}, "third")});
    const auto answers = [&](Part part) {
        Replay replay(transcript, part);
        std::vector<std::string> all;
        for (std::string out = ask(replay, {"x"}); out != "not in the transcript"; out = ask(replay, {"x"})) {
            all.push_back(out);
        }
        return all;
    };
    EXPECT_THAT(answers(Part::last_look()), ElementsAre("second"));
    EXPECT_THAT(answers(Part::look(1)), ElementsAre("first"));
    EXPECT_THAT(answers(Part::look(2)), ElementsAre("second"));
    EXPECT_THAT(answers(Part::everything()), ElementsAre("before", "first", "between", "second", "third"));
    EXPECT_EQ(Replay(transcript, Part::look(1)).now(), started + 1s);
    EXPECT_EQ(Replay(transcript).now(), started + 2s);
    EXPECT_EQ(Replay(transcript, Part::everything()).now(), started);
}

TEST(Replay, WithoutLooksTheWholeIsOne) {
    const Transcript transcript = transcript_of({answer({"x"}, "a")});
    Replay last(transcript);
    EXPECT_EQ(ask(last, {"x"}), "a");
    Replay first(transcript, Part::look(1));
    EXPECT_EQ(ask(first, {"x"}), "a");
    EXPECT_EQ(Replay(transcript_of({})).now(), started);
}

TEST(Replay, SaysWhichLookIsNotThere) {
    const auto complaint = [](std::vector<TranscriptEntry> entries, Part part) -> std::string {
        try {
            const Replay replay(transcript_of(std::move(entries)), part);
        } catch (const TranscriptError& error) {
            return error.what();
        }
        return {};
    };
    EXPECT_EQ(complaint({begins()}, Part::last_look()), "file.jsonl holds no complete look.");
    EXPECT_EQ(complaint({begins(), ends(), begins()}, Part::look(2)), "file.jsonl: look 2 is not complete.");
    // The first was a glance.
    EXPECT_EQ(complaint({begins(), begins(), ends()}, Part::look(2)),
              "file.jsonl has no look 2: it holds one look.");
    EXPECT_EQ(complaint({begins(), begins(), ends()}, Part::look(1)), "");
    EXPECT_EQ(complaint({begins(), ends()}, Part::look(2)), "file.jsonl has no look 2: it holds one look.");
    EXPECT_EQ(complaint({begins(), ends(), begins()}, Part::look(3)),
              "file.jsonl has no look 3: it holds 2 looks.");
    EXPECT_EQ(complaint({}, Part::look(0)), "file.jsonl has no look 0: it holds one look.");
}

}  // namespace

}  // namespace cfee
