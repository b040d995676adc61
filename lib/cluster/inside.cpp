#include "lib/cluster/inside.hpp"

#include <array>

#include "lib/cluster/sentinel.hpp"
#include "lib/cluster/timestamp.hpp"

namespace cfee {

namespace {

constexpr std::array<std::string_view, 9> part_names{
    "clock",           "ping",    "locks",      "port-bbs", "port-locket", "database-bbs",
    "database-locket", "log-bbs", "log-locket",
};
constexpr std::string_view killed = "137";

struct PingStatus {
    std::string_view exit_status;
    Ping ping;
};
constexpr std::array ping_statuses{
    PingStatus{"0", Ping::serving},      PingStatus{"7", Ping::not_serving}, PingStatus{"22", Ping::error},
    PingStatus{"60", Ping::certificate}, PingStatus{"absent", Ping::absent},
};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

void read_ping(const ScriptPart& part, Inside& inside) {
    inside.ping_text = part.status == killed ? "no answer within the limit" : last_line(part.text);
    for (const PingStatus& status : ping_statuses) {
        if (status.exit_status == part.status) inside.ping = status.ping;
    }
    if (inside.ping == Ping::unknown && inside.ping_text.empty())
        inside.ping_text = "the readiness script ended with status " + part.status;
}

// A line such as {"key":"bbs","owner":"diego-api-0","type":"lock","type_code":1}.
std::string owner_in(std::string_view text) {
    constexpr std::string_view owner_key = "\"owner\":\"";
    std::size_t at = text.find("{\"key\":\"bbs\",");
    if (at == std::string_view::npos) return "";
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    at = line.find(owner_key);
    if (at == std::string_view::npos) return "";
    const std::string_view rest = line.substr(at + owner_key.size());
    return first_line(rest.substr(0, rest.find('"')));
}

void read_locks(const ScriptPart& part, Inside& inside) {
    inside.locks_text = last_line(part.text);
    inside.lock_owner = owner_in(part.text);
    const bool no_connection =
        contains(part.text, ":8891: connect:") || contains(part.text, "connection refused\"; Reconnecting");
    if (part.status == "absent" || part.status == "127") {
        inside.locks = Locks::absent;
    } else if (!inside.lock_owner.empty()) {
        inside.locks = Locks::owner;
    } else if (part.status == "0") {
        inside.locks = Locks::nobody;
    } else if (no_connection) {
        inside.locks = Locks::no_locket;
    } else if (part.status == killed) {
        inside.locks = Locks::hangs;
        inside.locks_text = "no answer within the limit";
    } else if (contains(part.text, "dial tcp") || contains(part.text, "sql") ||
               contains(part.text, "bad connection") || contains(part.text, "too many clients")) {
        inside.locks = Locks::database_error;
    } else {
        inside.locks = Locks::error;
    }
}

std::optional<Connection> read_port(const ScriptPart& part) {
    if (part.status == "absent") return std::nullopt;
    return read_connection(part.status, part.text);
}

void read_database(std::string_view job, const ScriptPart& part, Inside& inside) {
    if (part.status == "absent") return;
    const std::size_t line_end = part.text.find('\n');
    const Address address = parse_address(std::string_view{part.text}.substr(0, line_end), 0);
    if (part.status == "unreadable" || !address.is_known()) {
        inside.unreadable_databases.emplace_back(job);
        return;
    }
    const std::string_view text =
        line_end == std::string::npos ? std::string_view{} : std::string_view{part.text}.substr(line_end + 1);
    inside.databases.push_back(
        {.job = std::string(job),
         .address = address,
         .connection = without_lookup(read_connection(part.status, text), address.host)});
}

LockLog read_log(const ScriptPart& part) {
    return part.status == "absent" ? LockLog{} : read_lock_log(part.text);
}

}  // namespace

Inside read_inside(std::string_view pod, std::string_view output) {
    Inside inside{.pod = std::string(pod)};
    const ScriptParts parts = read_parts(output);
    if (parts.empty()) {
        inside.trouble = Trouble{Trouble::Kind::garbled, "the script left no answer"};
        return inside;
    }
    inside.is_complete = parts.contains("done");
    for (const std::string_view name : part_names) {
        const auto found = parts.find(name);
        if (found == parts.end()) {
            inside.is_complete = false;
            continue;
        }
        const ScriptPart& part = found->second;
        if (name == "clock") inside.clock = parse_epoch(part.status);
        if (name == "ping") read_ping(part, inside);
        if (name == "locks") read_locks(part, inside);
        if (name == "port-bbs") inside.bbs_port = read_port(part);
        if (name == "port-locket") inside.locket_port = read_port(part);
        if (name == "database-bbs") read_database("bbs", part, inside);
        if (name == "database-locket") read_database("locket", part, inside);
        if (name == "log-bbs") inside.bbs_log = read_log(part);
        if (name == "log-locket") inside.locket_log = read_log(part);
    }
    // Whoever waits for a Locket that does not even listen is not proof of a Locket that hangs.
    if (inside.locks == Locks::hangs && inside.locket_port && !inside.locket_port->is_open()) {
        inside.locks = inside.locket_port->was_asked() ? Locks::no_locket : Locks::unknown;
    }
    return inside;
}

}  // namespace cfee
