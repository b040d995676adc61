// Longer than others because the order of the rows is what one wants to read in one place.
#include "lib/runbook/decide.hpp"

#include <algorithm>
#include <array>

#include "lib/runbook/gate.hpp"
#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/signs.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;
using Depth = LookAgain::Depth;
using Kind = DeletionResult::Kind;
using Reasons = std::vector<std::string>;

const Diagnosis& diagnosis_of(const Seen& seen) {
    return seen.look.judgement.diagnosis;
}

std::string title_of(const Seen& seen) {
    return std::string(diagnosis_of(seen).title);
}

Decision ends(HealOutcome outcome, Reasons reasons) {
    return {.what = End{.outcome = outcome, .reasons = std::move(reasons)}};
}

Decision refuses(Reasons reasons) {
    return ends(HealOutcome::refused, std::move(reasons));
}

// Until it is clear what this is, and that it stays.

Decision was_nothing(const Seen& seen) {
    return {.what =
                End{.outcome = seen.history.was_ill ? HealOutcome::healed_by_itself : HealOutcome::healthy,
                    .reasons = diagnosis_of(seen).because,
                    .advice = std::string(diagnosis_of(seen).advice)}};
}

Decision refuse_with_advice(const Seen& seen) {
    return {.what =
                End{.reasons = diagnosis_of(seen).because, .advice = std::string(diagnosis_of(seen).advice)}};
}

Decision refuse_late(const Seen&) {
    return refuses({"the time was up before it was clear that a restart would help", "nothing was changed"});
}

Reasons said_when_a_run_begins(const Seen& seen) {
    Reasons notes;
    if (seen.history.since.at(Sign::may_act) != seen.look.snapshot.started) return notes;
    const auto considered = consider(seen.look.snapshot, seen.look.judgement, seen.limits.force);
    for (const std::string& reason : considered.reasons) notes.push_back("forced, although " + reason);
    return notes;
}

Decision prepare(const Seen& seen) {
    return {.what = GoOn{}, .next = Phase::preparing, .notes = said_when_a_run_begins(seen)};
}

Decision prepare_without_grace(const Seen& seen) {
    Decision decision = prepare(seen);
    decision.notes.emplace_back("the hang is proved: no grace period needed");
    const Hang hang = proved_hang(seen.history.hang_looks, hang_look_of(seen.look.snapshot), proof_for(seen));
    for (const std::string& sentence : hang.sentences) decision.notes.push_back(sentence);
    return decision;
}

Decision refuse_unproved(const Seen&) {
    return refuses({"no two looks have proved the hang, and this restart needs that", "nothing was changed"});
}

std::string in_words(std::chrono::system_clock::duration span) {
    return std::to_string(std::chrono::duration_cast<seconds>(span).count()) + " s";
}

Decision save_evidence(const Seen&) {
    return {.what = SaveEvidence{}};
}

Decision wait_for_the_proof(const Seen& seen) {
    const auto proof = *until_the_proof(seen);
    return {.what = LookAgain{.after = proof,
                              .waiting_for = "Locket seems to hang: looking again in " + in_words(proof) +
                                             ", for the proof"},
            .notes = said_when_a_run_begins(seen)};
}

Decision wait_out_a_failover(const Seen& seen) {
    const auto rest = rest_of_run(seen);
    const std::string why =
        shows(Sign::demands_proof, seen) ? "the hang is not proved" : "it may be a failover";
    return {.what = LookAgain{.after = std::min<decltype(rest)>(seen.limits.between_looks, rest),
                              .waiting_for = why + ": waiting " + in_words(rest) + " more"},
            .notes = said_when_a_run_begins(seen)};
}

Decision wait_for_clarity(const Seen& seen) {
    return {.what =
                LookAgain{.after = seen.limits.between_looks, .waiting_for = "waiting: " + title_of(seen)}};
}

// Everything that must be in order before the first deletion.

Decision make_a_plan(const Seen&) {
    return {.what = MakePlan{}};
}

Decision refuse_by_plan(const Seen& seen) {
    return refuses(seen.history.plan->refusals);
}

Decision is_planned(const Seen&) {
    return ends(HealOutcome::planned, {"a dry run: nothing was changed"});
}

Decision decline(const Seen&) {
    return ends(HealOutcome::declined, {"declined; nothing was changed"});
}

Decision obtain_consent(const Seen& seen) {
    const Consent& consent = seen.limits.consent;
    const std::string& digest = seen.history.plan->digest;
    const auto refuse_shown = [](std::string reason) {
        return Decision{.what = End{.reasons = {std::move(reason)}, .shows_plan = true}};
    };
    if (!consent.digest.empty()) {
        if (consent.digest == digest) return {.what = Ask{.shows_plan = false}};
        return refuse_shown("the world has changed since that digest: the plan is another one now (" +
                            digest + ")");
    }
    if (consent.is_given) return {.what = Ask{}};
    if (!consent.can_ask) return refuse_shown("nobody was there to agree: say --yes, or --confirm=" + digest);
    const Snapshot& snapshot = seen.look.snapshot;
    return {.what = Ask{.question = "Delete these pods in context " +
                                    (snapshot.context.empty() ? "none" : snapshot.context) + ", server " +
                                    (snapshot.server.empty() ? "unknown" : snapshot.server) + ", namespace " +
                                    snapshot.name_space + "? [y/N] "}};
}

Decision refuse_without_evidence(const Seen& seen) {
    return refuses({seen.history.evidence_problem,
                    "without evidence nothing is deleted; name another directory with --evidence, or say "
                    "--no-evidence"});
}

Decision look_now(const Seen&) {
    return {.what = LookAgain{}};
}

Decision decide_anew(const Seen&) {
    return {.what = GoOn{}, .next = Phase::deciding};
}

Decision refuse_by_gate(const Seen& seen) {
    Reasons reasons = may_delete(seen.history, seen.look, seen.now, seen.limits).reasons;
    reasons.emplace_back("nothing was changed; run it again");
    return refuses(std::move(reasons));
}

Decision try_deletions(const Seen&) {
    return {.what = TryDeletions{}};
}

// What the dry run said of a pod, where that is no refusal.
Reasons notes_on_the_dry_run(const Seen& seen) {
    Reasons notes;
    const std::vector<Deletion> deletions = seen.history.plan->deletions();
    for (std::size_t index = 0; index < deletions.size(); ++index) {
        const DeletionResult& result = (*seen.history.dry_run)[index];
        const std::string& pod = deletions[index].pod;
        if (result.kind == Kind::gone || result.kind == Kind::replaced)
            notes.push_back(pod + " is " + std::string(to_words(result.kind)));
        if (result.kind == Kind::unknown)
            notes.push_back("no answer whether " + pod + " would be deleted: " + result.text);
    }
    return notes;
}

Decision refuse_by_dry_run(const Seen& seen) {
    const std::vector<Deletion> deletions = seen.history.plan->deletions();
    const std::vector<DeletionResult>& results = *seen.history.dry_run;
    const auto refused = std::find_if(results.begin(), results.end(),
                                      [](const DeletionResult& result) { return is_refusal(result.kind); });
    const Deletion& deletion = deletions[static_cast<std::size_t>(refused - results.begin())];
    Reasons reasons{"the API server would not delete " + deletion.pod + ": " + refused->text};
    if (refused->kind == Kind::forbidden)
        reasons.emplace_back(
            "grant it with: rules: [{apiGroups: [\"\"], resources: [pods], verbs: [delete]}]");
    reasons.emplace_back("nothing was changed");
    Decision decision = refuses(std::move(reasons));
    decision.notes = notes_on_the_dry_run(seen);
    return decision;
}

Decision refuse_rehearsal(const Seen& seen) {
    Decision decision =
        refuses({"the pods have changed since they were looked at, or the API server did not answer",
                 "nothing was changed; run it again"});
    decision.notes = notes_on_the_dry_run(seen);
    return decision;
}

Decision look_after_dry_run(const Seen& seen) {
    return {.what = LookAgain{.after = seen.limits.between_looks},
            .next = Phase::deciding,
            .notes = notes_on_the_dry_run(seen)};
}

Decision delete_stage(const Seen& seen, std::size_t stage) {
    return {.what = Delete{may_delete(seen.history, seen.look, seen.now, seen.limits).deletions, stage},
            .next = Phase::deleting};
}

Decision delete_first(const Seen& seen) {
    return delete_stage(seen, 0);
}

// A stage was sent.

Decision conclude(const Seen&) {
    return {.what = LookAgain{}, .next = Phase::concluding};
}

Decision ask_what_became_of_them(const Seen& seen) {
    return {.what = LookAgain{
                .after = seen.limits.between_answers,
                .waiting_for = "waiting for the API server, to learn what became of the deletions"}};
}

Decision delete_again(const Seen& seen) {
    return delete_stage(seen, seen.history.stage);
}

// Half of it was enough, or something else is wrong by now: the others stay.
Decision leave_alone(const Seen& seen) {
    Decision decision{.what = LeaveAlone{seen.history.unanswered_deletions()}};
    for (const Deletion& left : seen.history.unanswered_deletions())
        decision.notes.push_back(left.pod + " is left alone");
    return decision;
}

// decide() adds which, and why.
Decision refuse_denied(const Seen&) {
    return refuses({"nothing was changed"});
}

Decision await(const Seen&) {
    return {.what = LookAgain{.depth = Depth::glance}, .next = Phase::awaiting};
}

// The pods are on their way.

Decision look_at_what_is_hopeless(const Seen&) {
    return {.what = LookAgain{}, .next = Phase::giving_up};
}

Decision give_up(const Seen& seen) {
    return ends(HealOutcome::not_healed, {"a restarted pod does not come up: " + seen.history.hopeless});
}

Decision see_whether_it_helped(const Seen& seen) {
    return {.what = LookAgain{.depth = Depth::rest_of_glance},
            .next = shows(Sign::no_stage_follows, seen) ? Phase::verifying : Phase::after_locket};
}

Decision glance_again(const Seen& seen) {
    const auto rest = seen.limits.between_glances - (seen.now - seen.look.snapshot.started);
    return {.what = LookAgain{.after = std::max(rest, decltype(rest)::zero()),
                              .waiting_for = seen.history.awaited,
                              .depth = Depth::glance}};
}

// Locket's pods are new and ready.

Decision verify(const Seen&) {
    return {.what = LookAgain{}, .next = Phase::verifying};
}

Decision leave_bbs_alone(const Seen& seen) {
    const Reasons reasons = may_delete(seen.history, seen.look, seen.now, seen.limits).reasons;
    return ends(HealOutcome::not_healed,
                {"Locket was restarted; the BBS pods were left alone, because " + reasons.front()});
}

Decision delete_next(const Seen& seen) {
    return delete_stage(seen, seen.history.stage + 1);
}

Decision wait_for_locket(const Seen& seen) {
    return {.what = LookAgain{.after = seen.limits.between_looks,
                              .waiting_for = "waiting whether Locket's restart was enough"}};
}

// Healthy twice, with nothing changed in between.

Decision prove(const Seen& seen) {
    const auto settle = std::chrono::duration_cast<seconds>(seen.limits.settle).count();
    return {.what = LookAgain{.after = seen.limits.settle},
            .next = Phase::settling,
            .notes = {"healthy; looking again after " + std::to_string(settle) + " s"}};
}

Decision is_healed(const Seen& seen) {
    Reasons reasons = diagnosis_of(seen).because;
    if (shows(Sign::others_restarted, seen))
        reasons.emplace_back(
            "pods were replaced, and this heal deleted none: an earlier one has, or somebody else");
    return ends(HealOutcome::healed, std::move(reasons));
}

Decision is_not_healed(const Seen& seen) {
    return ends(HealOutcome::not_healed, diagnosis_of(seen).because);
}

Decision look_for_health(const Seen& seen) {
    return {.what = LookAgain{.after = seen.limits.between_proofs}};
}

Decision verify_anew(const Seen& seen) {
    Decision decision = shows(Sign::time_is_up, seen) ? conclude(seen) : verify(seen);
    decision.notes = {"that was not the same again: looking on"};
    return decision;
}

Decision end_unproved(const Seen&) {
    return ends(HealOutcome::unverified,
                {"it looks healthy, and the time was up before that could be proved"});
}

Decision end_late(const Seen& seen) {
    const Diagnosis& diagnosis = diagnosis_of(seen);
    if (diagnosis.remedy == Remedy::wait) return ends(HealOutcome::deadline, diagnosis.because);
    const bool is_known = diagnosis.is_conclusive() && seen.look.judgement.verdict != Verdict::unknown;
    return ends(is_known ? HealOutcome::not_healed : HealOutcome::unverified, diagnosis.because);
}

struct Row {
    Phase phase;
    Sign sign;
    Sign also;
    Limits::Span Limits::*held;  ///< for so long without a break; of `always`: since the phase began
    Decision (*then)(const Seen&);
};

// Of a phase, the first row that is so decides. `always`, at_once is the last one of each.
constexpr auto at_once = &Limits::at_once;
constexpr std::array rows{
    Row{Phase::deciding, Sign::healthy, Sign::time_is_up, at_once, was_nothing},
    Row{Phase::deciding, Sign::healthy, Sign::others_restarted, at_once, prove},
    Row{Phase::deciding, Sign::healthy, Sign::always, at_once, was_nothing},
    Row{Phase::deciding, Sign::may_act, Sign::is_rehearsal, at_once, prepare},
    Row{Phase::deciding, Sign::is_rehearsal, Sign::always, at_once, refuse_with_advice},
    Row{Phase::deciding, Sign::may_act, Sign::hang_is_proved, at_once, prepare_without_grace},
    Row{Phase::deciding, Sign::may_act, Sign::demands_proof, &Limits::proof_needs, refuse_unproved},
    Row{Phase::deciding, Sign::may_act, Sign::grace_will_do, &Limits::grace, prepare},
    Row{Phase::deciding, Sign::surely_a_person, Sign::always, at_once, refuse_with_advice},
    Row{Phase::deciding, Sign::needs_a_person, Sign::always, &Limits::ill_for, refuse_with_advice},
    Row{Phase::deciding, Sign::needs_a_person, Sign::time_is_up, at_once, refuse_with_advice},
    Row{Phase::deciding, Sign::time_is_up, Sign::always, at_once, refuse_late},
    Row{Phase::deciding, Sign::awaits_proof, Sign::nobody_can_agree, at_once, wait_for_the_proof},
    Row{Phase::deciding, Sign::awaits_proof, Sign::lacks_evidence, at_once, save_evidence},
    Row{Phase::deciding, Sign::awaits_proof, Sign::always, at_once, wait_for_the_proof},
    Row{Phase::deciding, Sign::may_act, Sign::always, at_once, wait_out_a_failover},
    Row{Phase::deciding, Sign::always, Sign::always, at_once, wait_for_clarity},

    Row{Phase::preparing, Sign::lacks_plan, Sign::always, at_once, make_a_plan},
    Row{Phase::preparing, Sign::plan_refuses, Sign::always, at_once, refuse_by_plan},
    Row{Phase::preparing, Sign::is_rehearsed_here, Sign::always, at_once, is_planned},
    Row{Phase::preparing, Sign::lacks_dry_run, Sign::is_rehearsal, at_once, try_deletions},
    Row{Phase::preparing, Sign::dry_run_refused, Sign::always, at_once, refuse_by_dry_run},
    Row{Phase::preparing, Sign::dry_run_failed, Sign::is_rehearsal, at_once, refuse_rehearsal},
    Row{Phase::preparing, Sign::is_rehearsal, Sign::always, at_once, is_planned},
    Row{Phase::preparing, Sign::evidence_failed, Sign::always, at_once, refuse_without_evidence},
    Row{Phase::preparing, Sign::has_declined, Sign::always, at_once, decline},
    Row{Phase::preparing, Sign::lacks_consent, Sign::always, at_once, obtain_consent},
    Row{Phase::preparing, Sign::lacks_evidence, Sign::always, at_once, save_evidence},
    Row{Phase::preparing, Sign::lacks_look, Sign::always, at_once, look_now},
    Row{Phase::preparing, Sign::healthy, Sign::always, at_once, decide_anew},
    Row{Phase::preparing, Sign::gate_sees_nothing, Sign::always, at_once, decide_anew},
    Row{Phase::preparing, Sign::gate_refuses, Sign::always, at_once, refuse_by_gate},
    Row{Phase::preparing, Sign::proof_is_gone, Sign::always, at_once, decide_anew},
    Row{Phase::preparing, Sign::lacks_dry_run, Sign::always, at_once, try_deletions},
    Row{Phase::preparing, Sign::dry_run_failed, Sign::always, at_once, look_after_dry_run},
    Row{Phase::preparing, Sign::always, Sign::always, at_once, delete_first},

    Row{Phase::deleting, Sign::unfinished, Sign::time_is_up, at_once, conclude},
    Row{Phase::deleting, Sign::unanswered, Sign::always, at_once, ask_what_became_of_them},
    Row{Phase::deleting, Sign::nothing_deleted, Sign::always, at_once, decide_anew},
    Row{Phase::deleting, Sign::unfinished, Sign::gate_refuses, at_once, leave_alone},
    Row{Phase::deleting, Sign::unfinished, Sign::gate_clears, at_once, delete_again},
    Row{Phase::deleting, Sign::unfinished, Sign::always, at_once, ask_what_became_of_them},
    Row{Phase::deleting, Sign::all_denied, Sign::always, at_once, refuse_denied},
    Row{Phase::deleting, Sign::always, Sign::always, at_once, await},

    Row{Phase::awaiting, Sign::hopeless, Sign::always, &Limits::hopeless_for, look_at_what_is_hopeless},
    Row{Phase::awaiting, Sign::back_and_well, Sign::always, at_once, see_whether_it_helped},
    Row{Phase::awaiting, Sign::back, Sign::always, &Limits::unlabelled_for, see_whether_it_helped},
    Row{Phase::awaiting, Sign::time_is_up, Sign::always, at_once, conclude},
    Row{Phase::awaiting, Sign::always, Sign::always, at_once, glance_again},

    Row{Phase::giving_up, Sign::always, Sign::always, at_once, give_up},

    Row{Phase::after_locket, Sign::healthy, Sign::always, at_once, verify},
    Row{Phase::after_locket, Sign::always, Sign::gate_refuses, &Limits::locket_needs, leave_bbs_alone},
    Row{Phase::after_locket, Sign::always, Sign::gate_clears, &Limits::locket_needs, delete_next},
    Row{Phase::after_locket, Sign::time_is_up, Sign::always, at_once, conclude},
    Row{Phase::after_locket, Sign::always, Sign::always, at_once, wait_for_locket},

    Row{Phase::verifying, Sign::proven, Sign::always, at_once, prove},
    Row{Phase::verifying, Sign::ill, Sign::always, &Limits::ill_for, is_not_healed},
    Row{Phase::verifying, Sign::time_is_up, Sign::always, at_once, conclude},
    Row{Phase::verifying, Sign::always, Sign::always, at_once, look_for_health},

    Row{Phase::settling, Sign::proven_again, Sign::always, at_once, is_healed},
    Row{Phase::settling, Sign::others_restarted, Sign::always, at_once, decide_anew},
    Row{Phase::settling, Sign::always, Sign::always, at_once, verify_anew},

    Row{Phase::concluding, Sign::proven, Sign::always, at_once, end_unproved},
    Row{Phase::concluding, Sign::always, Sign::always, at_once, end_late},
};

bool is_so(const Row& row, const Seen& seen) {
    const History& history = seen.history;
    if (row.phase != history.phase || !shows(row.sign, seen) || !shows(row.also, seen)) return false;
    const Limits::Span held = seen.limits.*row.held;
    if (held == Limits::Span::zero()) return true;
    const auto since = history.since.find(row.sign);
    const TimePoint begun = since != history.since.end() ? since->second : history.phase_since;
    // As long as looks show it, and not for what was done after the last one.
    return std::min(seen.now, seen.look.snapshot.ended) - begun >= held;
}

}  // namespace

Decision decide(const History& history, const Judged& look, TimePoint now, const Limits& limits) {
    const Seen seen{history, look, now, limits};
    Decision decision = std::find_if(rows.begin(), rows.end(), [&seen](const Row& row) {
                            return is_so(row, seen);
                        })->then(seen);
    if (End* end = std::get_if<End>(&decision.what)) {
        for (const Deletion& action : history.denied())
            end->reasons.push_back(action.pod + " could not be deleted: " + action.result.text);
    }
    return decision;
}

}  // namespace cfee
