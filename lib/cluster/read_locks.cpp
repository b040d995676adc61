#include "lib/cluster/read_locks.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/cluster/rpc_error.hpp"
#include "lib/text/lines.hpp"

namespace cfee {

namespace {

using nlohmann::json;

constexpr std::string_view killed = "137";

// Without the shell's own word about a child that was killed.
std::string said_by_cfdot(const std::string& text) {
    std::string said = last_line(text);
    return said == "Killed" ? last_line(text.substr(0, text.rfind("Killed"))) : said;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool speaks_of_no_connection(std::string_view text) {
    return contains(text, ":8891: connect:") || contains(text, "connection refused\"; Reconnecting");
}

// Silence is a hang only behind a connection that opened: what does not listen, or is not reached, hangs
// nobody.
Locks silence(const Inside& inside) {
    if (!inside.locket || !inside.locket->was_asked()) return Locks::unknown;
    return inside.locket->is_open() ? Locks::hangs : Locks::no_locket;
}

std::string text_of(const json& object, std::string_view key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return "";
    return first_line(found->get_ref<const std::string&>());
}

struct Listed {
    std::vector<HeldLock> locks;
    std::string garbled;  ///< the line that nobody can read; empty where all can be
};

Listed listed_in(std::string_view text) {
    Listed listed;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const std::size_t start = line.find_first_not_of(" \t\r");
        if (start == std::string_view::npos || line[start] != '{') continue;
        const json object = json::parse(line, nullptr, false);
        HeldLock lock;
        if (object.is_object()) lock = {.key = text_of(object, "key"), .owner = text_of(object, "owner")};
        const bool is_there = std::any_of(listed.locks.begin(), listed.locks.end(),
                                          [&lock](const HeldLock& other) { return other.key == lock.key; });
        if (lock.key.empty() || lock.owner.empty() || is_there) listed.garbled = first_line(line);
        listed.locks.push_back(std::move(lock));
    }
    return listed;
}

}  // namespace

void read_locks(const ScriptPart& part, Inside& inside) {
    inside.locks_text = said_by_cfdot(part.text);
    Listed listed = listed_in(part.text);
    const bool is_whole = part.status == "0" && listed.garbled.empty();
    const auto bbs = std::find_if(listed.locks.begin(), listed.locks.end(),
                                  [](const HeldLock& lock) { return lock.key == "bbs"; });
    if (part.status == "absent" || part.status == "127") {
        inside.locks = Locks::absent;
    } else if (!listed.garbled.empty()) {
        inside.locks = Locks::error;
        inside.locks_text = "its answer makes no sense: " + listed.garbled;
    } else if (bbs != listed.locks.end()) {
        inside.locks = Locks::owner;
        inside.lock_owner = bbs->owner;
    } else if (part.status == "unasked") {
        const bool is_cut_off = inside.locket && inside.locket->was_asked() && !inside.locket->is_open();
        inside.locks = is_cut_off ? Locks::no_locket : Locks::unasked;
    } else if (part.status == "0") {
        inside.locks = Locks::nobody;
    } else if (speaks_of_no_connection(part.text)) {
        // Where it was asked at another address than the BBS's, that says nothing.
        inside.locks = inside.locket ? Locks::no_locket : Locks::unknown;
    } else if (part.status == killed && inside.locks_text.empty()) {
        inside.locks = silence(inside);
        inside.locks_text = "no answer within the limit";
    } else if (const auto error = rpc_error_in(part.text)) {
        inside.locks = error->is_the_databases()        ? Locks::database_refuses
                       : error->side == RpcSide::server ? Locks::database_error
                                                        : silence(inside);
    } else {
        inside.locks = Locks::error;
    }
    if (is_whole) inside.held_locks = std::move(listed.locks);
}

}  // namespace cfee
