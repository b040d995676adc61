// What the findings of one look together mean: one of a closed list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/snapshot.hpp"
#include "lib/facts/verdict.hpp"

namespace cfee {

enum class Remedy {
    none,       ///< nothing to do
    restart,    ///< restarting the pods helps: `heal` does it
    wait,       ///< it is likely to pass by itself
    fix_first,  ///< a person must act; restarting does not help, or harms
};
[[nodiscard]] std::string_view to_words(Remedy remedy);

/// How far a diagnosis can be relied on.
enum class Weight {
    conclusive,
    may_pass,  ///< between a pod that has gone and its successor it looks the same: believed once it lasts
    inconclusive,  ///< not enough is known
};

struct Restart;  // lib/runbook/restart.hpp

struct Diagnosis {
    std::string_view id;
    std::string_view title;
    Remedy remedy = Remedy::fix_first;
    std::string_view advice;
    std::vector<std::string> because;
    Weight weight = Weight::conclusive;
    const Restart* restart = nullptr;  ///< what a restart needs here; none: it must not be, not even forced

    [[nodiscard]] bool is_conclusive() const { return weight != Weight::inconclusive; }
};

/// A snapshot, judged.
struct Judgement {
    std::vector<Finding> findings;
    Verdict verdict = Verdict::unknown;
    Diagnosis diagnosis;

    /// 0 healthy, 1 a problem was found, 3 inconclusive.
    [[nodiscard]] int exit_status() const;
};

/// A look and what it means.
struct Judged {
    Snapshot snapshot;
    Judgement judgement;
};

}  // namespace cfee
