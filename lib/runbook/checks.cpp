#include "lib/runbook/checks.hpp"

#include <array>

#include "lib/runbook/checks_from_inside.hpp"
#include "lib/runbook/checks_of_pods.hpp"

namespace cfee {

namespace {

// A database's address that cannot be read, or a cfdot that fails, is no reason to doubt a service that all
// the rest shows to work. Any other gap is.
constexpr bool forgivable = true;
constexpr bool not_forgivable = false;

using Name = CheckName;
constexpr std::array table{
    Check{Name::cc_ready, "cc-ready", "Cloud Controller pods are ready", "1-2", Group::cloud_controller,
          not_forgivable, judge_cc_ready},
    Check{Name::bbs_reachable, "bbs-reachable", "Cloud Controller reaches the BBS", "3-4, 7",
          Group::cloud_controller, not_forgivable, judge_bbs_reachable},
    Check{Name::bbs_ready, "bbs-ready", "BBS pods are ready", "6", Group::bbs, not_forgivable,
          judge_bbs_ready},
    Check{Name::bbs_active, "bbs-active", "exactly one BBS pod is labelled active", "6", Group::bbs,
          not_forgivable, judge_bbs_active},
    Check{Name::bbs_endpoints, "bbs-endpoints", "the BBS service has an endpoint", "", Group::bbs,
          not_forgivable, judge_bbs_endpoints},
    Check{Name::bbs_serving, "bbs-serving", "exactly one BBS answers its ping", "", Group::bbs,
          not_forgivable, judge_bbs_serving},
    Check{Name::lock_owner, "lock-owner", "one of our BBS pods owns the lock", "", Group::locket, forgivable,
          judge_lock_owner},
    Check{Name::locket_ready, "locket-ready", "Locket is ready and listens", "5", Group::locket,
          not_forgivable, judge_locket_ready},
    Check{Name::database_reachable, "database-reachable", "BBS and Locket reach their databases", "",
          Group::database, forgivable, judge_database_reachable},
};

}  // namespace

std::span<const Check> checks() {
    return table;
}

std::vector<Finding> run_checks(const Facts& facts) {
    std::vector<Finding> findings;
    for (const Check& check : table) {
        Finding finding{.check = check.name,
                        .id = check.id,
                        .title = check.title,
                        .step = check.step,
                        .group = check.group,
                        .is_forgivable = check.is_forgivable};
        check.judge(facts, finding);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace cfee
