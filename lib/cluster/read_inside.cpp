#include "lib/cluster/read_inside.hpp"

#include <array>

#include "lib/cluster/read_database_answer.hpp"
#include "lib/cluster/read_lock_log.hpp"
#include "lib/cluster/read_locks.hpp"
#include "lib/cluster/read_peer.hpp"
#include "lib/cluster/read_probe.hpp"
#include "lib/cluster/read_stacks.hpp"
#include "lib/cluster/read_supervision.hpp"
#include "lib/cluster/scripts.hpp"
#include "lib/cluster/sentinel.hpp"
#include "lib/text/timestamp.hpp"

namespace cfee {

namespace {

using PartNames = std::span<const std::string_view>;
constexpr std::array<std::string_view, 9> parts_of_version_1{
    "clock",           "ping",    "locks",      "port-bbs", "port-locket", "database-bbs",
    "database-locket", "log-bbs", "log-locket",
};
constexpr std::array<std::string_view, 8> bbs_parts{
    "clock", "jobs", "ping", "port-bbs", "locket", "locks", "database-bbs", "log-bbs",
};
constexpr std::array<std::string_view, 4> locket_parts{"clock", "port-locket", "database-locket",
                                                       "log-locket"};

// The last part says the version; the first one said 0.
PartNames expected_parts(const ScriptAnswer& answer, const ScriptParts& parts) {
    const auto done = parts.find("done");
    if (done != parts.end() && (done->second.status == "0" || done->second.status == "1"))
        return parts_of_version_1;
    return answer.script == locket_script.name ? PartNames{locket_parts} : PartNames{bbs_parts};
}

constexpr std::string_view killed = "137";

struct PingStatus {
    std::string_view exit_status;
    Ping ping;
};
// Curl's: 51, 58, 60 and 77 are about a certificate, the server's, its own, or the authority's.
constexpr std::array ping_statuses{
    PingStatus{"0", Ping::serving},      PingStatus{"7", Ping::not_serving},
    PingStatus{"22", Ping::error},       PingStatus{"51", Ping::certificate},
    PingStatus{"58", Ping::certificate}, PingStatus{"60", Ping::certificate},
    PingStatus{"77", Ping::certificate}, PingStatus{"absent", Ping::absent},
};

// The last line in which curl itself speaks: behind it may stand what it has to say about certificates at large.
std::string line_of_curl(std::string_view text) {
    constexpr std::string_view start = "curl: (";
    std::size_t at = text.rfind(start);
    while (at != std::string_view::npos && at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r')
        at = text.rfind(start, at - 1);
    return at == std::string_view::npos ? last_line(text) : first_line(text.substr(at));
}

// The handshake failed, or the server hung up: 35 and 56 say no more. Where it sent an alert of TLS, it named the
// certificate, or will have none of ours.
bool is_about_a_certificate(std::string_view exit_status, std::string_view text) {
    return (exit_status == "35" || exit_status == "56") &&
           (text.find("certificate") != std::string_view::npos ||
            text.find(" alert ") != std::string_view::npos);
}

void read_ping(const ScriptPart& part, Inside& inside) {
    inside.ping_text = part.status == killed ? "no answer within the limit" : line_of_curl(part.text);
    for (const PingStatus& status : ping_statuses) {
        if (status.exit_status == part.status) inside.ping = status.ping;
    }
    if (is_about_a_certificate(part.status, inside.ping_text)) inside.ping = Ping::certificate;
    if (inside.ping == Ping::unknown && inside.ping_text.empty())
        inside.ping_text = "the readiness script ended with status " + part.status;
}

std::optional<Connection> read_port(const ScriptPart& part) {
    if (part.status == "absent") return std::nullopt;
    return read_connection(part.status, part.text);
}

/// A connection to an address that the pod's own configuration names: the address in the first line.
struct Destination {
    Address address;
    Connection connection;
};
std::optional<Destination> read_destination(const ScriptPart& part) {
    const std::size_t line_end = part.text.find('\n');
    Address address = parse_address(std::string_view{part.text}.substr(0, line_end), 0);
    if (part.status == "unreadable" || !address.is_known()) return std::nullopt;
    const std::string_view text =
        line_end == std::string::npos ? std::string_view{} : std::string_view{part.text}.substr(line_end + 1);
    Connection connection = without_lookup(read_connection(part.status, text), address.host);
    return Destination{std::move(address), std::move(connection)};
}

void read_database(std::string_view job, const ScriptPart& part, Inside& inside) {
    if (part.status == "absent") return;
    if (auto found = read_destination(part)) {
        inside.databases.push_back(
            {.job = std::string(job), .address = found->address, .connection = found->connection});
    } else {
        inside.unreadable_databases.emplace_back(job);
    }
}

void read_locket(const ScriptPart& part, Inside& inside) {
    if (auto found = read_destination(part)) {
        inside.locket_address = found->address;
        inside.locket = found->connection;
    }
}

bool has_word(std::string_view text, std::string_view word) {
    const std::string padded = " " + std::string(text) + " ";
    return padded.find(" " + std::string(word) + " ") != std::string::npos;
}

void read_jobs(const ScriptPart& part, Inside& inside) {
    inside.runs_locket = has_word(part.text, "locket");
}

LockLog read_log(Job job, const ScriptPart& part) {
    return part.status == "absent" ? LockLog{} : read_lock_log(job, part.text);
}

using Reader = void (*)(const ScriptPart&, Inside&);
/// In the order in which they are read: what Locket's answer means depends on the connection to it.
struct PartReader {
    std::string_view part;
    Reader read;
};
constexpr std::array readers{
    PartReader{"clock",
               [](const ScriptPart& part, Inside& inside) { inside.clock = parse_epoch(part.status); }},
    PartReader{"jobs", read_jobs},
    PartReader{"ping", read_ping},
    PartReader{"port-bbs", [](const ScriptPart& part, Inside& inside) { inside.bbs_port = read_port(part); }},
    PartReader{"port-locket",
               [](const ScriptPart& part, Inside& inside) {
                   inside.locket_port = read_port(part);
                   inside.runs_locket = inside.locket_port.has_value();
               }},
    PartReader{"locket", read_locket},
    PartReader{"locks", read_locks},
    PartReader{"database-bbs",
               [](const ScriptPart& part, Inside& inside) { read_database("bbs", part, inside); }},
    PartReader{"database-locket",
               [](const ScriptPart& part, Inside& inside) { read_database("locket", part, inside); }},
    PartReader{"log-bbs",
               [](const ScriptPart& part, Inside& inside) { inside.bbs_log = read_log(Job::bbs, part); }},
    PartReader{"log-locket", [](const ScriptPart& part,
                                Inside& inside) { inside.locket_log = read_log(Job::locket, part); }},
};

// Between the question for the clock and the log there is the time that a script takes on a busy node.
constexpr std::chrono::seconds longest_script{10};

void distrust_the_future(LockLog& log, const ScriptParts& parts) {
    const auto clock = parts.find("clock");
    const auto now = clock == parts.end() ? std::nullopt : parse_epoch(clock->second.status);
    if (!now || !log.last_word.time || *log.last_word.time <= *now + longest_script) return;
    log.is_ahead = true;
    log.last_event.reset();
    log.last_word.time.reset();
    log.last_written.reset();
    log.losses.clear();
    log.crashes.since.reset();
    log.crashes.last.reset();
    log.crashes.restarted.reset();
}

void add_stacks(const ScriptAnswer& answer, Inside& inside) {
    const ScriptParts parts = read_parts(answer.output);
    const auto of = [&parts](std::string_view part) {
        const auto found = parts.find(part);
        return found != parts.end()
                   ? read_stacks(found->second.status, found->second.text)
                   : Stacks{.trouble = {Trouble::Kind::garbled, "the script left no answer"}};
    };
    inside.bbs_stacks = of("stacks-bbs");
    inside.locket_stacks = of("stacks-locket");
    const auto peer = parts.find("peer-bbs");
    if (peer != parts.end()) inside.locket_peer = read_peer(peer->second.status, peer->second.text);
}

void add_database_answers(const ScriptAnswer& answer, Inside& inside) {
    const ScriptParts parts = read_parts(answer.output);
    for (Database& database : inside.databases) {
        const auto found = parts.find("answer-" + database.job);
        if (found != parts.end())
            database.answer = read_database_answer(found->second.status, found->second.text);
    }
}

// Is it read by itself, or later? All others' parts are one answer.
bool stands_apart(const ScriptAnswer& answer, Inside& inside) {
    if (answer.script == stacks_script.name) add_stacks(answer, inside);
    if (answer.script == supervision_script.name)
        inside.supervision = read_supervision(read_parts(answer.output));
    return answer.script == stacks_script.name || answer.script == supervision_script.name ||
           answer.script == database_script.name || answer.script == lockets_script.name;
}

}  // namespace

Inside read_inside(std::string_view pod, std::span<const ScriptAnswer> answers) {
    Inside inside{.pod = std::string(pod)};
    ScriptParts all;
    std::vector<ScriptParts> each;
    std::vector<std::string_view> expected;
    inside.is_complete = true;
    for (const ScriptAnswer& answer : answers) {
        if (stands_apart(answer, inside)) continue;
        const ScriptParts parts = read_parts(answer.output);
        const PartNames names = expected_parts(answer, parts);
        expected.insert(expected.end(), names.begin(), names.end());
        // An exec that failed matters only where no other script has said the same.
        if (!parts.empty() && !parts.contains("done")) inside.is_complete = false;
        all.insert(parts.begin(), parts.end());
        each.push_back(parts);
    }
    if (all.empty()) {
        inside.is_complete = false;
        inside.trouble = Trouble{Trouble::Kind::garbled, "the script left no answer"};
        return inside;
    }
    for (const std::string_view name : expected)
        inside.is_complete = inside.is_complete && all.contains(name);
    for (const PartReader& reader : readers) {
        const auto found = all.find(reader.part);
        if (found != all.end()) reader.read(found->second, inside);
    }
    for (const ScriptAnswer& answer : answers) {
        if (answer.script == database_script.name) add_database_answers(answer, inside);
    }
    for (const ScriptParts& parts : each) {
        if (parts.contains("log-bbs")) distrust_the_future(inside.bbs_log, parts);
        if (parts.contains("log-locket")) distrust_the_future(inside.locket_log, parts);
    }
    // Locket in the pod itself: the way to it is its port.
    const bool is_here = inside.runs_locket.value_or(false) && inside.locket_address.host == "127.0.0.1";
    if (is_here && !inside.locket_port) inside.locket_port = inside.locket;
    return inside;
}

}  // namespace cfee
