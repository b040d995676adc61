#include "lib/world/transcript.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/world/support.hpp"

namespace cfee {

namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using Kind = TranscriptEntry::Kind;

const std::string header =
    R"({"format":"cfee-stager-transcript","version":1,"tool":"0.1.0","started":"2026-11-22T13:45:35.123Z"})"
    "\n";
const std::string begins = "{\"look\":\"begins\",\"start\":0.012}\n";
const std::string ends = "{\"look\":\"ends\",\"start\":0.14}\n";
const std::string command =
    R"({"start":0.012,"duration":0.101,"argv":["kubectl","get","pods"],"stdin":"","end":"exited","code":0,"stdout":"out","stderr":"err"})"
    "\n";

/// What reading this text complains about; empty when it does not.
std::string complaint(const std::string& text) {
    try {
        static_cast<void>(parse_transcript(text, "file.jsonl"));
    } catch (const TranscriptError& error) {
        return error.what();
    }
    return {};
}

TEST(Transcript, IsWrittenAsDocumented) {
    const auto started = Clock::from_time_t(1795355135) + 123ms;
    EXPECT_EQ(transcript_line(TranscriptHeader{.tool = "0.1.0", .started = started}), header);
    EXPECT_EQ(transcript_line({.kind = Kind::look_begins, .start = 12ms}), begins);
    EXPECT_EQ(transcript_line({.kind = Kind::look_ends, .start = 140ms}), ends);
    EXPECT_EQ(transcript_line({.kind = Kind::sleep, .start = 140ms, .slept = 2s}),
              "{\"start\":0.14,\"sleep\":2.0}\n");
    EXPECT_EQ(transcript_line(
                  {.start = 12ms,
                   .argv = {"kubectl", "get", "pods"},
                   .outcome = {.end = Outcome::End::exited, .out = "out", .err = "err", .took = 101ms}}),
              command);
}

TEST(Transcript, ReadsWhatItWrites) {
    std::vector<TranscriptEntry> entries = {{.kind = Kind::look_begins, .start = 1ms},
                                            {.kind = Kind::sleep, .start = 2ms, .slept = 86400001ms}};
    for (const auto end : {Outcome::End::exited, Outcome::End::signalled, Outcome::End::timed_out,
                           Outcome::End::not_started, Outcome::End::too_much_output}) {
        entries.push_back({.start = 123456ms,
                           .argv = {"kubectl", "\"ü\n\\", "\xff", std::string("\0", 1)},
                           .input = "in\xc3",
                           .outcome = {.end = end,
                                       .code = 137,
                                       .out = std::string("\xff\0x", 3),
                                       .err = "ü\r\n\x1b",
                                       .took = 7ms}});
    }
    entries.push_back({.kind = Kind::look_ends, .start = 1000000ms});
    std::string text =
        transcript_line(TranscriptHeader{.tool = "1\"2", .started = Clock::from_time_t(1) + 1ms});
    for (const TranscriptEntry& entry : entries) text += transcript_line(entry);

    const Transcript transcript = parse_transcript(text, "name");
    EXPECT_EQ(transcript.name, "name");
    EXPECT_EQ(transcript.header.tool, "1\"2");
    EXPECT_EQ(transcript.header.started, Clock::from_time_t(1) + 1ms);
    ASSERT_EQ(transcript.entries.size(), entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const TranscriptEntry& read = transcript.entries[i];
        EXPECT_EQ(read.kind, entries[i].kind);
        EXPECT_EQ(read.start, entries[i].start);
        EXPECT_EQ(read.slept, entries[i].slept);
        EXPECT_EQ(read.argv, entries[i].argv);
        EXPECT_EQ(read.input, entries[i].input);
        if (read.kind != Kind::command) continue;
        EXPECT_EQ(read.outcome.end, entries[i].outcome.end);
        EXPECT_EQ(read.outcome.code, entries[i].outcome.code);
        EXPECT_EQ(read.outcome.out, entries[i].outcome.out);
        EXPECT_EQ(read.outcome.err, entries[i].outcome.err);
        EXPECT_EQ(read.outcome.took, entries[i].outcome.took);
    }
}

TEST(Transcript, SaysWhatIsWrongAndWhere) {
    const auto with = [](std::string line, const std::string& part, const std::string& other) {
        return line.replace(line.find(part), part.size(), other);
    };
    const std::string not_ours =
        "file.jsonl is not a transcript of this tool: its first line is not the header of one.";
    const std::string line_2 = "file.jsonl is damaged in line 2: ";
    const std::vector<std::pair<std::string, std::string>> table = {
        {"", "file.jsonl is empty, and not a transcript."},
        {"\n", not_ours},
        {"hello\n", not_ours},
        {"[]\n", not_ours},
        {"{}\n", not_ours},
        {command, not_ours},
        {header.substr(0, 40), not_ours},
        {"\xff\xfe\n", not_ours},
        {with(header, "cfee-stager-transcript", "other"), not_ours},
        {with(header, "\"version\":1", "\"version\":2"),
         "file.jsonl was written by a newer version of this tool: the transcript's version is 2, and this "
         "one reads 1."},
        {with(header, "\"version\":1", "\"version\":\"1\""),
         "file.jsonl is damaged in line 1: \"version\" is not a version."},
        {with(header, "\"version\":1", "\"version\":0"),
         "file.jsonl is damaged in line 1: \"version\" is not a version."},
        {with(header, "\"version\"", "\"x\""), "file.jsonl is damaged in line 1: \"version\" is missing."},
        {with(header, "\"tool\"", "\"x\""), "file.jsonl is damaged in line 1: \"tool\" is missing."},
        {with(header, "-11-22", "-13-22"),
         "file.jsonl is damaged in line 1: \"started\" is not a time like 2026-11-22T13:45:35.123Z."},
        {with(header, "T13:", "T25:"),
         "file.jsonl is damaged in line 1: \"started\" is not a time like 2026-11-22T13:45:35.123Z."},
        {with(header, "2026", "9999"),
         "file.jsonl is damaged in line 1: \"started\" is not a time like 2026-11-22T13:45:35.123Z."},
        {with(header, ".123Z", "Z"),
         "file.jsonl is damaged in line 1: \"started\" is not a time like 2026-11-22T13:45:35.123Z."},
        {header + "\n", line_2 + "it is not JSON."},
        {header + "hello\n", line_2 + "it is not JSON."},
        {header + "[]\n", line_2 + "it is not a JSON object."},
        {header + "{\"start\":1}\n",
         line_2 + "it is neither a command nor a sleep nor the border of a look."},
        {header + begins + command + command.substr(0, 50) + "\n" + ends,
         "file.jsonl is damaged in line 4: it is not JSON."},
        {header + with(command, "\"start\"", "\"x\""), line_2 + "\"start\" is missing."},
        {header + with(command, "\"duration\"", "\"x\""), line_2 + "\"duration\" is missing."},
        {header + with(command, "0.101", "-1"), line_2 + "\"duration\" is not a number of seconds."},
        {header + with(command, "0.101", "1e300"), line_2 + "\"duration\" is not a number of seconds."},
        {header + with(command, "0.101", "\"1\""), line_2 + "\"duration\" is not a number of seconds."},
        {header + with(command, "[\"kubectl\",\"get\",\"pods\"]", "[]"),
         line_2 + "\"argv\" is not a list of texts."},
        {header + with(command, "[\"kubectl\",\"get\",\"pods\"]", "\"kubectl\""),
         line_2 + "\"argv\" is not a list of texts."},
        {header + with(command, "\"get\"", "1"), line_2 + "\"argv\" is not a text."},
        {header + with(command, "\"stdin\":\"\"", "\"stdin\":1"), line_2 + "\"stdin\" is not a text."},
        {header + with(command, "\"end\"", "\"x\""), line_2 + "\"end\" is missing."},
        {header + with(command, "exited", "vanished"), line_2 + "\"end\" is none of the words it can be."},
        {header + with(command, "\"code\"", "\"x\""), line_2 + "\"code\" is missing."},
        {header + with(command, "\"code\":0", "\"code\":256"),
         line_2 + "\"code\" is not an exit status or a signal."},
        {header + with(command, "\"code\":0", "\"code\":0.5"),
         line_2 + "\"code\" is not an exit status or a signal."},
        {header + with(command, "\"code\":0", "\"code\":18446744073709551615"),
         line_2 + "\"code\" is not an exit status or a signal."},
        {header + with(command, "\"stdout\"", "\"x\""), line_2 + "\"stdout\" is missing."},
        {header + with(command, "\"stdout\":\"out\"", "\"stdout_base64\":\"?\""),
         line_2 + "\"stdout_base64\" is not base64."},
        {header + with(command, "\"stderr\":\"err\"", "\"stderr\":null"),
         line_2 + "\"stderr\" is not a text."},
        {header + with(begins, "begins", "wavers"), line_2 + "a look neither begins nor ends."},
        {header + ends, line_2 + "a look ends that has not begun."},
        {header + "{\"start\":1,\"sleep\":\"long\"}\n", line_2 + "\"sleep\" is not a number of seconds."},
    };
    for (const auto& [text, message] : table) EXPECT_EQ(complaint(text), message) << text;
}

TEST(Transcript, IgnoresUnknownKeysAndAMissingInput) {
    std::string line = command;
    line.replace(line.find("\"stdin\":\"\""), 10, "\"colour\":\"red\"");
    EXPECT_EQ(parse_transcript(header + line, "x").entries.at(0).outcome.out, "out");
}

TEST(Transcript, ToleratesALastLineCutOffOnlyAfterACompleteLook) {
    const std::string good = header + begins + command + ends;
    for (std::size_t length = 1; length < command.size() - 1; ++length) {
        EXPECT_EQ(parse_transcript(good + command.substr(0, length), "x").entries.size(), 3U) << length;
        EXPECT_THAT(complaint(header + begins + command + command.substr(0, length)),
                    HasSubstr("line 4: it is not JSON"));
        EXPECT_THAT(complaint(header + command + command.substr(0, length)),
                    HasSubstr("line 3: it is not JSON"));
    }
    EXPECT_THAT(complaint(good + command.substr(0, 20) + "\n"), HasSubstr("line 5"));  // whole, but damaged
    EXPECT_EQ(parse_transcript(good + command.substr(0, command.size() - 1), "x").entries.size(), 4U);
}

TEST(Transcript, NeverShowsALibrarysWords) {
    // Every single byte of a good transcript replaced by something else.
    const std::string good = header + begins + command + ends;
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char other : {'\0', '"', '}', '9', '\xff', '\n'}) {
            std::string bad = good;
            bad[at] = other;
            const std::string message = complaint(bad);
            EXPECT_THAT(message, Not(HasSubstr("exception")));
            EXPECT_TRUE(message.empty() || message.starts_with("file.jsonl ")) << message;
        }
    }
}

TEST(Transcript, ReadsFilesAndSaysWhyNot) {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "file";
    const auto complaint_of = [](const std::filesystem::path& path) -> std::string {
        try {
            static_cast<void>(read_transcript(path));
        } catch (const TranscriptError& error) {
            return error.what();
        }
        return {};
    };
    EXPECT_EQ(complaint_of(file), file.string() + " cannot be read: No such file or directory.");
    EXPECT_EQ(complaint_of(directory.path()),
              directory.path().string() + " is a directory, not a transcript.");
    std::ofstream(file, std::ios::binary);
    EXPECT_EQ(complaint_of(file), file.string() + " is empty, and not a transcript.");
    std::ofstream(file, std::ios::binary) << header << command;
    EXPECT_EQ(read_transcript(file).entries.size(), 1U);
    EXPECT_EQ(read_transcript(file).name, file.string());
    if (::geteuid() != 0) {
        std::filesystem::permissions(file, std::filesystem::perms::none);
        EXPECT_EQ(complaint_of(file), file.string() + " cannot be read: Permission denied.");
    }
    EXPECT_THAT(complaint_of("/proc/self/mem"), HasSubstr("cannot be read: Input/output error"));
}

}  // namespace

}  // namespace cfee
