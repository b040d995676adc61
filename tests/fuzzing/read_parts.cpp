#include <array>

#include "lib/cluster/read_inside.hpp"
#include "lib/cluster/read_probe.hpp"
#include "lib/cluster/sentinel.hpp"
#include "lib/facts/inside.hpp"
#include "lib/facts/probe.hpp"
#include "tests/fuzzing/fuzzing.hpp"

using namespace cfee;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    for (const auto& [name, part] : read_parts(text))
        demand(text.find(name) != std::string_view::npos, "no part is made up");
    demand_harmless(first_line(text) + last_line(text), "a line");
    const Probe probe = read_probe("api-0", text);
    demand(!probe.connection.was_asked() || probe.address.is_known(), "what was asked has an address");
    demand_harmless(probe.connection.text + probe.trouble.text, "what is told of a probe");
    const std::array answers{ScriptAnswer{"cfee-bbs", text}, ScriptAnswer{"cfee-locket", text},
                             ScriptAnswer{"cfee-stacks", text}, ScriptAnswer{"cfee-database", text},
                             ScriptAnswer{"cfee-supervision", text}};
    const Inside inside = read_inside("diego-api-0", answers);
    demand(inside.ping != Ping::serving || text.find("<cfee:ping 0>") != std::string_view::npos,
           "nobody serves who did not say so");
    demand_harmless(inside.ping_text + inside.lock_owner + inside.locks_text, "what is told of a pod");
    for (const HeldLock& lock : inside.held_locks.value_or(std::vector<HeldLock>{}))
        demand_harmless(lock.key + lock.owner, "a lock");
    demand_harmless(inside.bbs_stacks.trouble.text + inside.locket_stacks.trouble.text,
                    "what is told of stacks");
    demand_harmless(inside.supervision.monit_text, "what monit said");
    for (const Database& database : inside.databases)
        demand_harmless(database.answer ? database.answer->text : "", "what is told of a database");
    return 0;
}
