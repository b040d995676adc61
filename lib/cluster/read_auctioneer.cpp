#include "lib/cluster/read_auctioneer.hpp"

#include "lib/cluster/read_lock_log.hpp"
#include "lib/cluster/read_locks.hpp"
#include "lib/cluster/read_probe.hpp"
#include "lib/cluster/read_stacks.hpp"
#include "lib/cluster/sentinel.hpp"
#include "lib/text/timestamp.hpp"

namespace cfee {

namespace {

// BBS and auctioneer have the same client for their locks, which writes the same under another name.
std::string as_a_bbs_writes(std::string line) {
    constexpr std::string_view name = "\"auctioneer.";
    const std::size_t at = line.find(name);
    return at == std::string::npos ? line : line.replace(at, name.size(), "\"bbs.");
}

}  // namespace

void read_auctioneer(std::string_view output, Auctioneer& auctioneer) {
    const ScriptParts parts = read_parts(output);
    const auto stacks = parts.find("stacks-auctioneer");
    auctioneer.stacks = stacks != parts.end()
                            ? read_stacks(stacks->second.status, stacks->second.text)
                            : Stacks{.trouble = {Trouble::Kind::garbled, "the script left no answer"}};
    if (const auto clock = parts.find("clock"); clock != parts.end())
        auctioneer.clock = parse_epoch(clock->second.status);
    const auto said = parts.find("log-auctioneer");
    if (said == parts.end()) return;
    const LockLog log = read_lock_log(Job::bbs, as_a_bbs_writes(said->second.text));
    if (log.client_word == LockLog::ClientWord::asks) auctioneer.asked_for_lock = log.asked_since;
}

void read_locket_at(const std::string& address, std::string_view output, Inside& locket) {
    const ScriptParts parts = read_parts(output);
    const auto way = parts.find("way-" + address);
    if (way == parts.end()) return;
    Inside asked{.locket = read_connection(way->second.status, way->second.text)};
    const auto said = parts.find("locks-" + address);
    if (said != parts.end()) {
        read_locks(said->second, asked);
    } else if (asked.locket->was_asked() && !asked.locket->is_open()) {
        asked.locks = Locks::no_locket;
    }
    locket.locks = asked.locks;
    locket.lock_owner = std::move(asked.lock_owner);
    locket.held_locks = std::move(asked.held_locks);
    locket.locks_text = std::move(asked.locks_text);
}

}  // namespace cfee
