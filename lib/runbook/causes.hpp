// The table of causes: the closed list of what can be the matter, and what their proofs share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/judgement.hpp"
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

/// A row of the closed list. Its place in the list is its precedence.
struct Cause {
    std::string_view id;  ///< stable, kebab-case
    std::string_view title;
    Remedy remedy;
    std::string_view advice;  ///< what a person should do
    Proof (*proof)(const Facts&, const Findings&);
    const Restart* restart = nullptr;  ///< where that is the remedy, or may be forced
    Weight weight = Weight::conclusive;
};

/// Read from the top, the first that is proven is the diagnosis. `inconclusive` is last and always proven.
[[nodiscard]] std::span<const Cause> causes();

}  // namespace cfee
