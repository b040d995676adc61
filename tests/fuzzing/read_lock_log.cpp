#include "lib/cluster/read_lock_log.hpp"
#include "lib/facts/inside.hpp"
#include "tests/fuzzing/fuzzing.hpp"

using namespace cfee;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    const LockLog log = read_lock_log(size % 2 == 0 ? Job::bbs : Job::locket, text);
    demand(!log.says_active || text.find("acquired-lock") != std::string_view::npos, "no lock is made up");
    demand(!log.is_migrating || text.find("running-migration") != std::string_view::npos,
           "no migration either");
    demand_harmless(log.certificate_error + log.last_line, "what is told of a log");
    return 0;
}
