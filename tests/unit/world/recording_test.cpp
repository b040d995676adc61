#include "lib/world/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "lib/world/replay.hpp"
#include "tests/unit/world/fake_host.hpp"
#include "tests/unit/world/support.hpp"

namespace cfee {

namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using End = Outcome::End;

class RecordingTest : public ::testing::Test {
protected:
    /// Records one command, and gives its line in the transcript.
    TranscriptEntry recorded(const Command& command, Outcome outcome) {
        host_.answers = {std::move(outcome)};
        host_.next = 0;
        {
            Recording recording(host_, file_, "0.1.0", "/opt/bin/kube");
            recording.run(std::span(&command, 1));
            EXPECT_EQ(recording.problem(), "");
        }
        return read_transcript(file_).entries.at(0);
    }

    TemporaryDirectory directory_;
    std::filesystem::path file_ = directory_.path() / "transcript.jsonl";
    FakeHost host_;
};

TEST_F(RecordingTest, WritesEveryLineAtOnce) {
    host_.answers = {{.end = End::exited, .code = 0, .out = "a", .took = 100ms},
                     {.end = End::timed_out, .took = 2s}};
    Recording recording(host_, file_, "0.1.0");
    std::string expected =
        R"({"format":"cfee-stager-transcript","version":1,"tool":"0.1.0","started":"2026-11-22T13:45:35.123Z"})"
        "\n";
    EXPECT_EQ(contents(file_), expected);
    recording.look_begins();
    expected += "{\"look\":\"begins\",\"start\":0.0}\n";
    EXPECT_EQ(contents(file_), expected);
    const auto outcomes = recording.run(
        std::vector<Command>{{.argv = {"/usr/bin/kubectl", "get"}}, {.argv = {"kubectl"}, .input = "in"}});
    EXPECT_EQ(outcomes.at(0).out, "a");
    EXPECT_EQ(outcomes.at(1).end, End::timed_out);
    expected +=
        R"({"start":0.0,"duration":0.1,"argv":["kubectl","get"],"stdin":"","end":"exited","code":0,"stdout":"a","stderr":""})"
        "\n"
        R"({"start":0.0,"duration":2.0,"argv":["kubectl"],"stdin":"in","end":"timed_out","code":0,"stdout":"","stderr":""})"
        "\n";
    EXPECT_EQ(contents(file_), expected);
    recording.look_ends();
    recording.sleep(1500ms);
    expected += "{\"look\":\"ends\",\"start\":2.1}\n{\"start\":2.1,\"sleep\":1.5}\n";
    EXPECT_EQ(contents(file_), expected);
    EXPECT_EQ(host_.begun, 1);
    EXPECT_EQ(host_.ended, 1);
    EXPECT_EQ(recording.now(), host_.now());
    EXPECT_EQ(recording.problem(), "");
}

TEST_F(RecordingTest, WritesNoSecretDownAndHandsEverythingOn) {
    const std::string secret = "hunter2";
    const std::vector<std::pair<Command, Outcome>> table = {
        {{.argv = {"kubectl", "--token=hunter2", "get", "pods"}}, {.out = "x"}},
        {{.argv = {"kubectl", "--token", "hunter2"}}, {.out = "x"}},
        {{.argv = {"kubectl"}, .input = R"({"password":"hunter2"})"}, {.out = "x"}},
        {{.argv = {"kubectl", "logs"}}, {.out = "password=hunter2\n", .err = "postgres://u:hunter2@h"}},
        {{.argv = {"kubectl", "get", "-o", "json"}}, {.out = R"({"env":[{"name":"A","value":"hunter2"}]})"}},
        {{.argv = {"kubectl", "get", "--output=json"}},
         {.out = R"({"env":[{"name":"A","value":"hunter2"}]})"}},
        {{.argv = {"kubectl", "get", "-ojson"}}, {.out = R"({"env":[{"name":"A","value":"hunter2"}])"}},
        {{.argv = {"kubectl", "config", "view", "-o=json"}},
         {.out = R"({"kind":"Config","users":[{"name":"me","user":{"auth":"hunter2"}}]})"}},
        {{.argv = {"kubectl", "get", "--raw", "/x"}}, {.out = R"({"kind":"Secret","data":{"a":"hunter2"}})"}},
    };
    for (const auto& [command, outcome] : table) {
        recorded(command, outcome);
        EXPECT_THAT(contents(file_), Not(HasSubstr(secret)));
        EXPECT_EQ(host_.asked.back().argv, command.argv);
        EXPECT_EQ(host_.asked.back().input, command.input);
    }
}

TEST_F(RecordingTest, LeavesOutWhatShouldBeJsonAndIsNot) {
    const Outcome cut_off{.end = End::too_much_output, .code = 0, .out = "{\"items\":[", .err = "e"};
    const TranscriptEntry entry = recorded({.argv = {"kubectl", "get", "pods", "-o", "json"}}, cut_off);
    EXPECT_EQ(entry.outcome.out, "(10 bytes that are not JSON were left out)");
    EXPECT_EQ(entry.outcome.end, End::too_much_output);
    EXPECT_EQ(entry.outcome.err, "e");
    EXPECT_EQ(
        recorded({.argv = {"kubectl", "get", "-o", "json"}}, {.end = End::exited, .code = 1}).outcome.out,
        "");
    // What the program in the pod prints is its own affair.
    EXPECT_EQ(
        recorded({.argv = {"kubectl", "exec", "p", "--", "x", "-o", "json"}}, {.out = "{[\n"}).outcome.out,
        "{[\n");
    EXPECT_EQ(recorded({.argv = {"kubectl", "get", "-o"}}, {.out = "{[\n"}).outcome.out, "{[\n");
}

TEST_F(RecordingTest, CallsKubectlKubectl) {
    for (const char* program : {"kubectl", "/usr/local/bin/kubectl", "./kubectl-1.34", "/opt/bin/kube"}) {
        EXPECT_EQ(recorded({.argv = {program, "x"}}, {}).argv, (std::vector<std::string>{"kubectl", "x"}));
    }
    EXPECT_EQ(recorded({.argv = {"/bin/kubectl.d/sh", "x"}}, {}).argv.at(0), "/bin/kubectl.d/sh");
    EXPECT_EQ(recorded_argv({}, "kubectl"), std::vector<std::string>());
}

TEST_F(RecordingTest, KeepsOutputThatIsNotUtf8) {
    const std::string bytes("\xff\0\x80 line\r\n", 10);
    EXPECT_EQ(recorded({.argv = {"kubectl", "logs"}}, {.out = bytes, .err = bytes}).outcome.out, bytes);
}

TEST_F(RecordingTest, IsForItsOwnerOnly) {
    std::ofstream(file_) << "older, longer, and readable by all: " << std::string(1000, 'x');
    std::filesystem::permissions(file_, std::filesystem::perms(0644));
    { const Recording recording(host_, file_, "0.1.0"); }
    struct stat status = {};
    ::stat(file_.c_str(), &status);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_TRUE(read_transcript(file_).entries.empty());
}

TEST_F(RecordingTest, SaysWhyItCannotBeWrittenBeforeAnythingRuns) {
    const auto link = directory_.path() / "link";
    std::filesystem::create_symlink(file_, link);
    const auto pipe = directory_.path() / "pipe";
    ::mkfifo(pipe.c_str(), 0600);
    const std::vector<std::pair<std::filesystem::path, std::string>> table = {
        {link, "it is a symbolic link"},
        {pipe, "it is not a regular file"},
        {"/dev/null", "it is not a regular file"},
        {directory_.path(), "Is a directory"},
        {directory_.path() / "none" / "file", "No such file or directory"},
    };
    const auto descriptors = open_descriptors();
    for (const auto& [path, why] : table) {
        std::string message;
        try {
            const Recording recording(host_, path, "0.1.0");
        } catch (const TranscriptError& error) {
            message = error.what();
        }
        EXPECT_EQ(message, path.string() + " cannot be written: " + why + ".");
    }
    EXPECT_FALSE(std::filesystem::exists(file_));
    EXPECT_EQ(open_descriptors(), descriptors);
}

TEST_F(RecordingTest, RemembersThatTheDiskBecameFull) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    host_.answers.assign(3, {.end = End::exited, .out = std::string(1000, 'x')});
    Recording recording(host_, file_, "0.1.0");
    const rlimit tight{.rlim_cur = 1500, .rlim_max = before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &tight);
    const std::vector<Command> batch(3, {.argv = {"kubectl"}});
    const auto outcomes = recording.run(batch);
    recording.look_begins();
    ::setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(outcomes.size(), 3U);
    EXPECT_EQ(outcomes.at(2).out.size(), 1000U);
    EXPECT_EQ(recording.problem(), "The transcript " + file_.string() + " is not complete: File too large.");
    const std::string size_then = contents(file_);
    recording.look_ends();  // nothing is written behind a gap
    EXPECT_EQ(contents(file_), size_then);
    std::signal(SIGXFSZ, SIG_DFL);
}

TEST_F(RecordingTest, CanBeReplayedToTheSameOutcomes) {
    const std::vector<Command> first = {
        {.argv = {"/x/kubectl", "get", "pods"}},
        {.argv = {"kubectl", "--token=abc", "exec", "--", "nc"}, .input = "in\xff"}};
    const std::vector<Command> second = {{.argv = {"kubectl", "get", "pods"}}};
    host_.answers = {{.end = End::exited, .code = 1, .out = "a\xff", .err = "ü", .took = 100ms},
                     {.end = End::signalled, .code = 9, .out = "b", .took = 250ms},
                     {.end = End::too_much_output, .out = "c", .took = 30ms}};
    {
        Recording recording(host_, file_, "0.1.0");
        recording.run(first);
        recording.sleep(1s);
        recording.run(second);
    }
    Replay replay(read_transcript(file_), Part::everything());
    auto outcomes = replay.run(first);
    replay.sleep(1s);
    outcomes.push_back(replay.run(second).front());
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(outcomes[i].end, host_.answers[i].end);
        EXPECT_EQ(outcomes[i].code, host_.answers[i].code);
        EXPECT_EQ(outcomes[i].out, host_.answers[i].out);
        EXPECT_EQ(outcomes[i].err, host_.answers[i].err);
        EXPECT_EQ(outcomes[i].took, host_.answers[i].took);
    }
    EXPECT_TRUE(replay.missing().empty());
}

}  // namespace

}  // namespace cfee
