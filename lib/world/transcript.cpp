// Longer than others because reading and writing the format belong together.
#include "lib/world/transcript.hpp"

#include <array>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "lib/text/encoding.hpp"
#include "lib/text/harmless.hpp"
#include "lib/text/timestamp.hpp"

namespace cfee {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr std::string_view format_name = "cfee-stager-transcript";
constexpr int format_version = 1;

constexpr std::array<std::pair<Outcome::End, std::string_view>, 5> words_for_ends = {{
    {Outcome::End::exited, "exited"},
    {Outcome::End::signalled, "signalled"},
    {Outcome::End::timed_out, "timed_out"},
    {Outcome::End::not_started, "not_started"},
    {Outcome::End::too_much_output, "too_much_output"},
}};

// ---- writing

double seconds(milliseconds time) {
    return static_cast<double>(time.count()) / 1000;
}

void put_text(Json& line, const std::string& key, const std::string& text) {
    if (is_utf8(text)) {
        line[key] = text;
    } else {
        line[key + "_base64"] = base64(text);
    }
}

void put_argv(Json& line, const std::vector<std::string>& argv) {
    std::string all;
    for (const std::string& argument : argv) all.append(argument).push_back(' ');
    if (is_utf8(all)) {
        line["argv"] = argv;
        return;
    }
    Json& encoded = line["argv_base64"] = Json::array();
    for (const std::string& argument : argv) encoded.push_back(base64(argument));
}

std::string finished(const Json& line) {
    return line.dump() + "\n";
}

// ---- reading

/// What is wrong with a line; the caller knows which line of which file it is.
struct Damage {
    std::string what;
};

const Json& member(const Json& line, const std::string& key) {
    const auto found = line.find(key);
    if (found == line.end()) throw Damage{"\"" + key + "\" is missing"};
    return *found;
}

const std::string& text_of(const Json& value, const std::string& key) {
    if (!value.is_string()) throw Damage{"\"" + key + "\" is not a text"};
    return value.get_ref<const std::string&>();
}

std::string decoded(const Json& value, const std::string& key) {
    auto bytes = from_base64(text_of(value, key));
    if (!bytes) throw Damage{"\"" + key + "\" is not base64"};
    return *std::move(bytes);
}

std::string get_text(const Json& line, const std::string& key) {
    const std::string encoded = key + "_base64";
    if (const auto found = line.find(encoded); found != line.end()) return decoded(*found, encoded);
    return text_of(member(line, key), key);
}

std::vector<std::string> get_argv(const Json& line) {
    const bool is_encoded = line.contains("argv_base64");
    const std::string key = is_encoded ? "argv_base64" : "argv";
    const Json& value = member(line, key);
    if (!value.is_array() || value.empty()) throw Damage{"\"" + key + "\" is not a list of texts"};
    std::vector<std::string> argv;
    argv.reserve(value.size());
    for (const Json& argument : value)
        argv.push_back(is_encoded ? decoded(argument, key) : text_of(argument, key));
    return argv;
}

milliseconds get_seconds(const Json& line, const std::string& key) {
    const Json& value = member(line, key);
    constexpr double longest = 1e9;  // 30 years
    if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() <= longest)) {
        throw Damage{"\"" + key + "\" is not a number of seconds"};
    }
    return milliseconds(std::llround(value.get<double>() * 1000));
}

Outcome::End get_end(const Json& line) {
    const std::string& word = text_of(member(line, "end"), "end");
    for (const auto& [end, name] : words_for_ends) {
        if (word == name) return end;
    }
    throw Damage{"\"end\" is none of the words it can be"};
}

int get_code(const Json& line) {
    const Json& value = member(line, "code");
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > 255) {
        throw Damage{"\"code\" is not an exit status or a signal"};
    }
    return value.get<int>();
}

Clock::time_point get_time(const Json& line, const std::string& key) {
    const std::string& text = text_of(member(line, key), key);
    constexpr std::string_view example = "2026-11-22T13:45:35.123Z";
    const auto time = parse_timestamp(text);
    if (time && text.size() == example.size()) return *time;
    throw Damage{"\"" + key + "\" is not a time like " + std::string(example)};
}

Json parsed(std::string_view line) {
    Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) throw Damage{"it is not JSON"};
    if (!json.is_object()) throw Damage{"it is not a JSON object"};
    return json;
}

TranscriptHeader header_of(std::string_view line, const std::string& name) {
    const std::string not_ours =
        name + " is not a transcript of this tool: its first line is not the header of one.";
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded() || !json.is_object()) throw TranscriptError(not_ours);
    const auto format = json.find("format");
    if (format == json.end() || !format->is_string() || *format != format_name)
        throw TranscriptError(not_ours);
    const Json& version = member(json, "version");
    if (!version.is_number_integer() || version.get<std::int64_t>() < 1)
        throw Damage{"\"version\" is not a version"};
    if (version.get<std::int64_t>() > format_version) {
        throw TranscriptError(
            name + " was written by a newer version of this tool: the transcript's version is " +
            version.dump() + ", and this one reads " + std::to_string(format_version) + ".");
    }
    return {.tool = text_of(member(json, "tool"), "tool"), .started = get_time(json, "started")};
}

TranscriptEntry entry_of(std::string_view line) {
    using Kind = TranscriptEntry::Kind;
    const Json json = parsed(line);
    TranscriptEntry entry;
    entry.start = get_seconds(json, "start");
    if (json.contains("look")) {
        const std::string& word = text_of(json["look"], "look");
        if (word != "begins" && word != "ends") throw Damage{"a look neither begins nor ends"};
        entry.kind = word == "begins" ? Kind::look_begins : Kind::look_ends;
    } else if (json.contains("sleep")) {
        entry.kind = Kind::sleep;
        entry.slept = get_seconds(json, "sleep");
    } else if (json.contains("argv") || json.contains("argv_base64")) {
        entry.argv = get_argv(json);
        if (json.contains("stdin") || json.contains("stdin_base64")) entry.input = get_text(json, "stdin");
        entry.outcome.end = get_end(json);
        entry.outcome.code = get_code(json);
        entry.outcome.out = get_text(json, "stdout");
        entry.outcome.err = get_text(json, "stderr");
        entry.outcome.took = get_seconds(json, "duration");
    } else {
        throw Damage{"it is neither a command nor a sleep nor the border of a look"};
    }
    return entry;
}

/// Keeps account of the borders of looks while a transcript is read.
class Borders {
public:
    void pass(TranscriptEntry::Kind kind) {
        if (kind == TranscriptEntry::Kind::look_begins) is_open_ = true;
        if (kind != TranscriptEntry::Kind::look_ends) return;
        if (!is_open_) throw Damage{"a look ends that has not begun"};
        is_open_ = false;
        any_complete_ = true;
    }
    [[nodiscard]] bool any_complete() const { return any_complete_; }

private:
    bool is_open_ = false;
    bool any_complete_ = false;
};

}  // namespace

std::string transcript_line(const TranscriptHeader& header) {
    Json line;
    line["format"] = format_name;
    line["version"] = format_version;
    line["tool"] = header.tool;
    line["started"] = format_timestamp_ms(header.started);
    return finished(line);
}

std::string transcript_line(const TranscriptEntry& entry) {
    using Kind = TranscriptEntry::Kind;
    Json line;
    if (entry.kind == Kind::look_begins) line["look"] = "begins";
    if (entry.kind == Kind::look_ends) line["look"] = "ends";
    line["start"] = seconds(entry.start);
    if (entry.kind == Kind::sleep) line["sleep"] = seconds(entry.slept);
    if (entry.kind != Kind::command) return finished(line);

    line["duration"] = seconds(entry.outcome.took);
    put_argv(line, entry.argv);
    put_text(line, "stdin", entry.input);
    for (const auto& [end, word] : words_for_ends) {
        if (entry.outcome.end == end) line["end"] = word;
    }
    line["code"] = entry.outcome.code;
    put_text(line, "stdout", entry.outcome.out);
    put_text(line, "stderr", entry.outcome.err);
    return finished(line);
}

Transcript parse_transcript(std::string_view text, const std::string& name) {
    if (text.empty()) throw TranscriptError(name + " is empty, and not a transcript.");
    Transcript transcript{.name = name};
    Borders borders;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t length = text.find('\n');
        const std::string_view line = text.substr(0, length);
        const bool is_cut_off = length == std::string_view::npos;
        text = is_cut_off ? std::string_view() : text.substr(length + 1);
        try {
            if (number == 1) {
                transcript.header = header_of(line, name);
            } else if (is_cut_off && borders.any_complete() && !Json::accept(line)) {
                break;  // the tool was killed while it wrote
            } else {
                TranscriptEntry entry = entry_of(line);
                borders.pass(entry.kind);
                transcript.entries.push_back(std::move(entry));
            }
        } catch (const Damage& damage) {
            throw TranscriptError(name + " is damaged in line " + std::to_string(number) + ": " +
                                  damage.what + ".");
        }
    }
    return transcript;
}

Transcript read_transcript(const std::filesystem::path& file) {
    const std::string name = harmless(file.string());
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        throw TranscriptError(name + " is a directory, not a transcript.");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text;
    std::vector<char> block(65536);
    while (stream.good()) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (!stream.is_open() || stream.bad()) {
        throw TranscriptError(name + " cannot be read: " + std::generic_category().message(errno) + ".");
    }
    return parse_transcript(text, name);
}

}  // namespace cfee
