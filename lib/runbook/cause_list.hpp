// The proofs that the table of causes names from other files, and what they share. Only for lib/runbook.
#pragma once

#include <string>
#include <vector>

#include "lib/facts/verdict.hpp"
#include "lib/runbook/facts.hpp"

namespace cfee {

using Findings = std::vector<Finding>;
/// Sentences; empty where it is not proven.
using Proof = std::vector<std::string>;

[[nodiscard]] const Finding& finding(const Findings& findings, CheckName check);
[[nodiscard]] bool is(const Findings& findings, CheckName check, Verdict verdict);

/// "12:03:07 UTC".
[[nodiscard]] std::string clock_time(TimePoint time);
/// The questions of one look are not put at the same moment, and labels follow the lock: so long after its
/// last movement whatever differs does not differ because of that.
inline constexpr std::chrono::seconds until_all_agree{90};
/// What the pods say of the lock that cannot all be true, whenever it last moved.
[[nodiscard]] Proof contradictions(const Facts& facts);
/// Of a pod that is lost with its node.
[[nodiscard]] std::string why_lost(const Facts& facts, const AskedPod& asked);

Proof prove_database_blocked(const Facts& facts, const Findings& findings);
Proof prove_bbs_not_running(const Facts& facts, const Findings& findings);
Proof prove_bbs_stopped(const Facts& facts, const Findings& findings);
Proof prove_unclear_why_none_runs(const Facts& facts, const Findings& findings);
Proof prove_contradiction(const Facts& facts, const Findings& findings);
Proof prove_held_by_a_namesake(const Facts& facts, const Findings& findings);
Proof prove_no_spare(const Facts& facts, const Findings& findings);
Proof prove_auctioneer_idle(const Facts& facts, const Findings& findings);
Proof prove_auctioneer_late(const Facts& facts, const Findings& findings);
Proof prove_hung_one_for_auctioneer(const Facts& facts, const Findings& findings);
Proof prove_hung_one_that_all_ask(const Facts& facts, const Findings& findings);
Proof prove_node_lost(const Facts& facts, const Findings& findings);

}  // namespace cfee
