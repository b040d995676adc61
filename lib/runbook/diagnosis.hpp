// What the findings together mean: one of a closed list.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/facts.hpp"
#include "lib/runbook/verdict.hpp"

namespace cfee {

enum class Remedy {
    none,       ///< nothing to do
    restart,    ///< restarting the pods helps: `heal` does it
    wait,       ///< it is likely to pass by itself
    fix_first,  ///< a person must act; restarting does not help, or harms
};
[[nodiscard]] std::string_view to_words(Remedy remedy);

/// A row of the closed list. Its place in the list is its precedence.
struct Cause {
    std::string_view id;  ///< stable, kebab-case
    std::string_view title;
    Remedy remedy;
    std::string_view advice;  ///< what a person should do
    /// The findings that prove it, as sentences; empty where it is not proven.
    std::vector<std::string> (*proof)(const Facts&, const std::vector<Finding>&);
};

/// Read from the top, the first that is proven is the diagnosis. `inconclusive` is last and always proven.
[[nodiscard]] std::span<const Cause> causes();

struct Diagnosis {
    std::string_view id;
    std::string_view title;
    Remedy remedy = Remedy::fix_first;
    std::string_view advice;
    std::vector<std::string> because;
};

/// The command that a person should type next; empty where there is none.
[[nodiscard]] std::string next_command(const Snapshot& snapshot, const Diagnosis& diagnosis);

/// A snapshot, judged.
struct Judgement {
    std::vector<Finding> findings;
    Verdict verdict = Verdict::unknown;
    Diagnosis diagnosis;

    /// 0 healthy, 1 a problem was found, 3 inconclusive.
    [[nodiscard]] int exit_status() const;
};
/// Pure: the same snapshot is always judged alike.
[[nodiscard]] Judgement judge(const Snapshot& snapshot);

}  // namespace cfee
