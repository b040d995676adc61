#include "lib/runbook/checks.hpp"

#include <array>

#include "lib/runbook/check_list.hpp"

namespace cfee {

namespace {

constexpr std::array table{
    Check{"cc-ready", "Cloud Controller pods are ready", "1-2", Group::cloud_controller, judge_cc_ready},
    Check{"bbs-reachable", "Cloud Controller reaches the BBS", "3-4, 7", Group::cloud_controller,
          judge_bbs_reachable},
    Check{"bbs-ready", "BBS pods are ready", "6", Group::bbs, judge_bbs_ready},
    Check{"bbs-active", "exactly one BBS pod is labelled active", "6", Group::bbs, judge_bbs_active},
    Check{"bbs-endpoints", "the BBS service has an endpoint", "", Group::bbs, judge_bbs_endpoints},
    Check{"bbs-serving", "exactly one BBS answers its ping", "", Group::bbs, judge_bbs_serving},
    Check{"lock-owner", "one of our BBS pods owns the lock", "", Group::locket, judge_lock_owner},
    Check{"locket-ready", "Locket is ready and listens", "5", Group::locket, judge_locket_ready},
    Check{"database-reachable", "BBS and Locket reach their databases", "", Group::database,
          judge_database_reachable},
};

}  // namespace

std::span<const Check> checks() {
    return table;
}

std::vector<Finding> run_checks(const Facts& facts) {
    std::vector<Finding> findings;
    for (const Check& check : table) {
        Finding finding{.id = check.id, .title = check.title, .step = check.step, .group = check.group};
        check.judge(facts, finding);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace cfee
