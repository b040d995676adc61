#include "lib/runbook/signs.hpp"

#include <algorithm>

#include "lib/runbook/gate.hpp"
#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/restart.hpp"

namespace cfee {

namespace {

using Kind = DeletionResult::Kind;

const Diagnosis& diagnosis_of(const Seen& seen) {
    return seen.look.judgement.diagnosis;
}

bool is_inconclusive(const Seen& seen) {
    return !diagnosis_of(seen).is_conclusive();
}

bool may_act(const Seen& seen) {
    return consider(seen.look.snapshot, seen.look.judgement, seen.limits.force).may_act;
}

// What a person must solve is believed at once, but while things move: between a pod that has gone and its
// successor, for one, there is none at all.
bool needs_a_person(const Seen& seen) {
    const bool is_gap = seen.history.has_moved && is_inconclusive(seen);
    const Remedy remedy = diagnosis_of(seen).remedy;
    return remedy != Remedy::none && remedy != Remedy::wait && !is_gap && !may_act(seen);
}

bool any_dry_run(const Seen& seen, bool (*is_so)(Kind)) {
    const auto& results = seen.history.dry_run;
    return results && std::any_of(results->begin(), results->end(),
                                  [is_so](const DeletionResult& result) { return is_so(result.kind); });
}

Recovery recovery(const Seen& seen) {
    if (!seen.history.plan || seen.history.plan->stages.empty()) return {};
    return recovery_of(seen.look.snapshot, seen.history.awaited_deletions(),
                       seen.history.plan->stages[seen.history.stage].role, seen.history.denied());
}

long reached(const Snapshot& snapshot) {
    return std::count_if(snapshot.probes.begin(), snapshot.probes.end(),
                         [](const Probe& probe) { return probe.connection.is_open(); });
}

bool is_proven(const Seen& seen) {
    if (diagnosis_of(seen).remedy != Remedy::none) return false;
    const auto& pods = seen.look.snapshot.pods.value();
    const auto& actions = seen.history.actions;
    const bool old_one_stands = std::any_of(pods.begin(), pods.end(), [&actions](const Pod& pod) {
        return std::any_of(actions.begin(), actions.end(), [&pod](const Deletion& action) {
            return action.uid == pod.uid && !is_refusal(action.result.kind);
        });
    });
    const long now = reached(seen.look.snapshot);
    return !old_one_stands && now >= 1 && now >= seen.history.reached_before;
}

// Of processes that have been replaced, or had another part to play, it is none of what is to be deleted now. Older it
// may be: the same processes have the same past.
bool lacks_evidence(const Seen& seen) {
    const History& history = seen.history;
    const bool is_kept = history.evidence_saved && history.evidence_of == history.failing_as;
    return seen.limits.wants_evidence && history.evidence_problem.empty() && !is_kept;
}

bool lacks_look(const Seen& seen) {
    const TimePoint begun = seen.look.snapshot.started;
    return is_stale(seen.look, seen.now, seen.limits) || begun < seen.history.agreed ||
           (seen.history.evidence_saved && begun < *seen.history.evidence_saved);
}

bool demands_proof(const Seen& seen) {
    const Restart* const restart = diagnosis_of(seen).restart;
    return restart != nullptr && restart->demanded_proof != nullptr;
}

bool hang_is_proved(const Seen& seen) {
    return diagnosis_of(seen).remedy == Remedy::restart &&
           proved_hang(seen.history.hang_looks, hang_look_of(seen.look.snapshot), proof_for(seen)).is_proved;
}

bool awaits_proof(const Seen& seen) {
    const auto proof = until_the_proof(seen);
    return proof && *proof < rest_of_run(seen);
}

bool nobody_can_agree(const Seen& seen) {
    const Consent& consent = seen.limits.consent;
    return !consent.is_given && consent.digest.empty() && !consent.can_ask;
}

// The first of these looks began the run.
bool has_waited(const Seen& seen) {
    const auto& looks = seen.history.hang_looks;
    return !looks.empty() && seen.history.phase_since - looks.front().began >= seen.limits.grace;
}

bool gate_says(const Seen& seen, GateAnswer::Kind kind) {
    return may_delete(seen.history, seen.look, seen.now, seen.limits).kind == kind;
}

bool any_action(const Seen& seen, std::size_t first, bool (*is_so)(Kind)) {
    const auto& actions = seen.history.actions;
    return std::any_of(actions.begin() + static_cast<long>(first), actions.end(),
                       [is_so](const Deletion& action) { return is_so(action.result.kind); });
}

}  // namespace

std::chrono::system_clock::duration rest_of_run(const Seen& seen) {
    const auto begun = seen.history.since.find(Sign::may_act);
    if (begun == seen.history.since.end()) return {};
    const Limits::Span whole = demands_proof(seen) ? seen.limits.proof_needs : seen.limits.grace;
    return std::max<std::chrono::system_clock::duration>(whole - (seen.now - begun->second), {});
}

// A look that proves the hang comes when it can prove it, and none before.
std::optional<std::chrono::system_clock::duration> until_the_proof(const Seen& seen) {
    if (diagnosis_of(seen).remedy != Remedy::restart) return std::nullopt;
    const auto due = provable_at(seen.history.hang_looks, hang_look_of(seen.look.snapshot), proof_for(seen));
    if (!due || *due - seen.now > proof_time) return std::nullopt;
    return std::max(*due - seen.now, std::chrono::system_clock::duration::zero());
}

HangProof proof_for(const Seen& seen) {
    return demands_proof(seen) ? diagnosis_of(seen).restart->demanded_proof : prove_hang;
}

bool shows(Sign sign, const Seen& seen) {
    const History& history = seen.history;
    const Limits& limits = seen.limits;
    const bool is_open =
        any_action(seen, history.first_action, [](Kind kind) { return kind == Kind::unknown; });
    switch (sign) {
        case Sign::always:
            return true;
        case Sign::time_is_up:
            return seen.now >= history.deadline(limits);
        case Sign::is_rehearsal:
            return limits.dry_run != DryRun::none;
        case Sign::is_rehearsed_here:
            return limits.dry_run == DryRun::client;
        case Sign::healthy:
            return diagnosis_of(seen).remedy == Remedy::none;
        case Sign::may_act:
            return may_act(seen);
        case Sign::needs_a_person:
            return needs_a_person(seen);
        case Sign::surely_a_person:
            return needs_a_person(seen) && !history.has_moved &&
                   diagnosis_of(seen).weight != Weight::may_pass;
        case Sign::others_restarted:
            return history.others_restarted && history.actions.empty();
        case Sign::lacks_plan:
            return !history.plan;
        case Sign::plan_refuses:
            return !history.plan->refusals.empty();
        case Sign::lacks_consent:
            return !history.agreed;
        case Sign::has_declined:
            return history.has_declined;
        case Sign::lacks_evidence:
            return lacks_evidence(seen);
        case Sign::evidence_failed:
            return !history.evidence_problem.empty();
        case Sign::nobody_can_agree:
            return nobody_can_agree(seen);
        case Sign::lacks_look:
            return lacks_look(seen);
        case Sign::lacks_dry_run:
            return !history.dry_run;
        case Sign::dry_run_refused:
            return any_dry_run(seen, is_refusal);
        case Sign::dry_run_failed:
            return any_dry_run(seen, [](Kind kind) { return kind != Kind::accepted; });
        case Sign::gate_clears:
            return gate_says(seen, GateAnswer::Kind::cleared);
        case Sign::gate_refuses:
            return gate_says(seen, GateAnswer::Kind::refused);
        case Sign::gate_sees_nothing:
            return gate_says(seen, GateAnswer::Kind::unseen);
        case Sign::awaits_proof:
            return awaits_proof(seen);
        case Sign::hang_is_proved:
            return hang_is_proved(seen);
        case Sign::demands_proof:
            return demands_proof(seen);
        case Sign::grace_will_do:
            return !demands_proof(seen);
        case Sign::proof_is_gone:
            return (demands_proof(seen) || !has_waited(seen)) && !hang_is_proved(seen);
        case Sign::unanswered:
            return is_open && !history.is_settled;
        case Sign::unfinished:
            return is_open;
        case Sign::nothing_deleted:
            return is_open && !any_action(seen, 0, [](Kind kind) { return kind != Kind::unknown; });
        case Sign::all_denied:
            return !history.actions.empty() && history.denied().size() == history.actions.size();
        case Sign::hopeless:
            return recovery(seen).state == Recovery::State::hopeless;
        case Sign::back:
            return recovery(seen).state == Recovery::State::back;
        case Sign::back_and_well: {
            const Recovery now = recovery(seen);
            return now.state == Recovery::State::back &&
                   (now.looks_healthy || history.plan->stages[history.stage].role == Role::locket);
        }
        case Sign::no_stage_follows:
            return history.stage + 1 == history.plan->stages.size() || !history.denied().empty();
        case Sign::proven:
            return is_proven(seen);
        case Sign::proven_again:
            return is_proven(seen) && fingerprint_of(seen.look.snapshot) == history.proof;
        case Sign::ill:
            return !is_inconclusive(seen) && (diagnosis_of(seen).remedy == Remedy::fix_first ||
                                              diagnosis_of(seen).remedy == Remedy::restart);
    }
    return false;
}

}  // namespace cfee
