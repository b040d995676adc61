#include "lib/runbook/diagnosis.hpp"

#include "lib/runbook/causes.hpp"
#include "lib/runbook/checks.hpp"

namespace cfee {

std::string next_command(const Snapshot& snapshot, const Diagnosis& diagnosis) {
    switch (diagnosis.remedy) {
        case Remedy::none:
            return "";
        case Remedy::wait:
            return "kubectl cfee-stager diagnose " + snapshot.flags;
        case Remedy::fix_first:
            return "kubectl cfee-stager diagnose " + snapshot.flags + "   (when that is done)";
        case Remedy::restart:
            break;
    }
    return "kubectl cfee-stager heal " + snapshot.flags;
}

Judgement judge(const Snapshot& snapshot) {
    const Facts facts(snapshot);
    Judgement judgement{.findings = run_checks(facts), .verdict = Verdict::skipped};
    for (const Finding& finding : judgement.findings)
        judgement.verdict = worse(judgement.verdict, finding.verdict);
    for (const Cause& cause : causes()) {
        std::vector<std::string> because = cause.proof(facts, judgement.findings);
        if (because.empty()) continue;
        judgement.diagnosis = {.id = cause.id,
                               .title = cause.title,
                               .remedy = cause.remedy,
                               .advice = cause.advice,
                               .because = std::move(because),
                               .weight = cause.weight,
                               .restart = cause.restart};
        break;
    }
    // The diagnosis may know of a problem that no single check sees.
    const bool is_problem = judgement.diagnosis.remedy != Remedy::none && judgement.diagnosis.is_conclusive();
    if (is_problem) judgement.verdict = Verdict::fail;
    // It works in spite of a gap that does not matter, or of a spare that does not: worth a warning.
    if (judgement.diagnosis.remedy == Remedy::none && judgement.verdict != Verdict::ok)
        judgement.verdict = Verdict::warn;
    if (!judgement.diagnosis.is_conclusive()) judgement.verdict = worse(judgement.verdict, Verdict::unknown);
    return judgement;
}

}  // namespace cfee
