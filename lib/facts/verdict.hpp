// Five verdicts. "Bad" and "could not find out" are different answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

enum class Verdict { ok, warn, fail, unknown, skipped };

[[nodiscard]] constexpr std::string_view to_words(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok:
            return "ok";
        case Verdict::warn:
            return "warn";
        case Verdict::fail:
            return "fail";
        case Verdict::unknown:
            return "unknown";
        case Verdict::skipped:
            break;
    }
    return "skipped";
}

/// Of two verdicts the one that counts: fail before unknown before warn before ok before skipped.
[[nodiscard]] constexpr Verdict worse(Verdict one, Verdict other) {
    constexpr Verdict order[] = {Verdict::fail, Verdict::unknown, Verdict::warn, Verdict::ok};
    for (const Verdict verdict : order) {
        if (one == verdict || other == verdict) return verdict;
    }
    return Verdict::skipped;
}

/// What was seen of one pod, or of one database.
struct Subject {
    std::string name;
    Verdict verdict = Verdict::unknown;
    std::string evidence;
};

/// The groups in which a report shows the checks.
enum class Group { cloud_controller, bbs, locket, database };

/// The checks, in the order of the report.
enum class CheckName {
    cc_ready,
    bbs_reachable,
    bbs_ready,
    bbs_active,
    bbs_endpoints,
    bbs_serving,
    lock_owner,
    locket_ready,
    database_reachable,
};

/// The result of one check.
struct Finding {
    CheckName check = CheckName::cc_ready;
    std::string_view id;     ///< stable, kebab-case
    std::string_view title;  ///< the question, as a statement that should hold
    std::string_view step;   ///< of the runbook; empty where it has none
    Group group = Group::bbs;
    bool is_forgivable = false;  ///< that it is unknown is no reason to doubt what all the rest shows to work
    Verdict verdict = Verdict::unknown;
    std::string evidence;
    std::string hint;  ///< what to do next; empty where all is well
    std::vector<Subject> subjects;
};

}  // namespace cfee
