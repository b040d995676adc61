#include "lib/runbook/history.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "lib/runbook/facts.hpp"
#include "lib/runbook/hang_look.hpp"
#include "lib/runbook/restart.hpp"
#include "lib/runbook/signs.hpp"

namespace cfee {

namespace {

using Kind = DeletionResult::Kind;

// The signs that count only after a while.
constexpr std::array lasting{Sign::may_act, Sign::needs_a_person, Sign::hopeless, Sign::back, Sign::ill};

template <class Things>
auto with_uid(Things& things, const std::string& uid) {
    return std::find_if(things.begin(), things.end(), [&uid](const auto& thing) { return thing.uid == uid; });
}

HangProof demanded_by(const Judged& look) {
    const Restart* const restart = look.judgement.diagnosis.restart;
    return restart == nullptr ? nullptr : restart->demanded_proof;
}

}  // namespace

std::string settle(Deletion& action, const std::vector<Pod>& pods) {
    const auto old = with_uid(pods, action.uid);
    if (old != pods.end() && !old->is_terminating()) return "not deleted";
    if (action.result.kind == Kind::unknown) action.result.kind = Kind::accepted;
    return old == pods.end() ? "gone" : "being deleted";
}

void History::note_signs(const Judged& look, const Limits& limits) {
    const TimePoint seen = look.snapshot.started;
    for (const Sign sign : lasting) {
        if (shows(sign, {*this, look, seen, limits})) {
            since.try_emplace(sign, seen);
        } else {
            since.erase(sign);
        }
    }
}

void History::note_hang(const Judged& look) {
    if (since.contains(Sign::may_act)) {
        hang_looks.push_back(hang_look_of(look.snapshot));
    } else {
        hang_looks.clear();
    }
}

// Another heal has deleted them, or somebody by hand: gone already, on their way out, or new in the first look at
// what is ill.
bool History::sees_others_restart(const Judged& look) {
    const Snapshot& snapshot = look.snapshot;
    if (others_restarted || !actions.empty() || !snapshot.pods.is_known()) return false;
    const bool is_first = !pods_at_first;
    if (is_first) pods_at_first.emplace();
    const bool is_ill = look.judgement.diagnosis.remedy != Remedy::none;
    for (const Role role : {Role::bbs, Role::locket}) {
        for (const Pod& pod : snapshot.pods_of(role)) {
            if (is_first) (*pods_at_first)[pod.name] = pod.uid;
            const auto before = pods_at_first->find(pod.name);
            const bool is_another = before == pods_at_first->end() || before->second != pod.uid;
            const bool moves = pod.is_terminating() || snapshot.now() - pod.created < youth;
            others_restarted = others_restarted || is_another || (is_ill && moves);
        }
    }
    return others_restarted;
}

std::vector<std::string> History::saw(const Judged& look, const Limits& limits) {
    std::vector<std::string> notes;
    if (!has_looked) reached_before = static_cast<long>(look.snapshot.probes.size());
    has_looked = true;
    if (sees_others_restart(look))
        notes.emplace_back("BBS or Locket pods are being replaced, and not by this heal");
    note_signs(look, limits);
    const bool runs = phase == Phase::deciding && since.contains(Sign::may_act);
    if (runs) {
        Fingerprint now = fingerprint_of(look.snapshot);
        const HangProof demanded = demanded_by(look);
        const bool is_new = since[Sign::may_act] == look.snapshot.started;
        if (!is_new && (now != failing_as || demanded != failing_for)) {
            notes.emplace_back(now != failing_as
                                   ? "a pod or a label has changed: the grace period starts anew"
                                   : "it is another fault now: the grace period starts anew");
            since[Sign::may_act] = look.snapshot.started;
            hang_looks.clear();
        }
        failing_as = std::move(now);
        failing_for = demanded;
    }
    if (phase == Phase::deciding) note_hang(look);
    const Remedy remedy = look.judgement.diagnosis.remedy;
    was_ill = was_ill || remedy != Remedy::none;
    has_moved = has_moved || remedy == Remedy::wait || since.contains(Sign::may_act);
    if (phase != Phase::deleting || !look.snapshot.pods.is_known()) return notes;
    for (auto action = actions.begin() + static_cast<long>(first_action); action != actions.end(); ++action) {
        if (action->result.kind == Kind::unknown)
            notes.push_back(action->pod + ": " + settle(*action, look.snapshot.pods.value()));
    }
    is_settled = true;
    return notes;
}

std::vector<std::string> History::glanced(const Judged& glance, const Limits& limits) {
    note_signs(glance, limits);
    const Recovery recovery =
        recovery_of(glance.snapshot, awaited_deletions(), plan->stages[stage].role, denied());
    if (recovery.state == Recovery::State::hopeless) hopeless = recovery.summary;
    if (recovery.summary == awaited) return {};
    awaited = recovery.summary;
    return {recovery.summary};
}

void History::kept_evidence(TimePoint now) {
    evidence_saved = now;
    evidence_of = failing_as;
}

void History::planned(Plan made, const Diagnosis& planned_for) {
    plan = std::move(made);
    diagnosis = planned_for;
}

// Written down before they are sent: an interrupt must find them.
void History::sent(const std::vector<ClearedDeletion>& deletions, std::size_t of_stage, TimePoint now) {
    if (actions.empty()) begun = now;
    if (actions.empty() || stage != of_stage) first_action = actions.size();
    stage = of_stage;
    for (const ClearedDeletion& one : deletions) {
        if (with_uid(actions, one.planned().uid) != actions.end()) continue;
        actions.push_back(one.planned());
        actions.back().sent = now;
    }
    is_settled = false;
}

std::vector<std::string> History::answered(const std::vector<ClearedDeletion>& deletions,
                                           const std::vector<DeletionResult>& results, const Judged& look) {
    std::vector<std::string> notes;
    for (std::size_t index = 0; index < results.size(); ++index) {
        Deletion& action = *with_uid(actions, deletions[index].planned().uid);
        DeletionResult& result = action.result = results[index];
        // Whoever was faster by more than a second set an earlier time.
        const bool was_earlier =
            result.asked && *result.asked + std::chrono::seconds{1} < look.snapshot.now();
        if (result.kind == Kind::accepted && was_earlier) result.kind = Kind::already_deleting;
        notes.push_back(action.pod + ": " + std::string(to_words(result.kind)) +
                        (result.text.empty() ? "" : " (" + result.text + ")"));
    }
    return notes;
}

void History::left_alone(const std::vector<Deletion>& deletions) {
    for (const Deletion& one : deletions) actions.erase(with_uid(actions, one.uid));
}

void History::enter(Phase next, const Judged& latest, TimePoint now) {
    phase = next;
    phase_since = now;
    since.clear();
    awaited.clear();
    if (next == Phase::settling) proof = fingerprint_of(latest.snapshot);
    if (next != Phase::deciding) return;
    // Whatever was agreed to was another situation.
    hang_looks.clear();
    plan.reset();
    agreed.reset();
    dry_run.reset();
    actions.clear();
    first_action = 0;
}

void History::goes_on_with(const Judged& look, const Limits& limits) {
    note_signs(look, limits);
    if (phase == Phase::deciding) note_hang(look);
    failing_as = fingerprint_of(look.snapshot);
    failing_for = demanded_by(look);
}

std::vector<Deletion> History::sent_that(bool (*are_so)(Kind), std::size_t first) const {
    std::vector<Deletion> found;
    std::copy_if(actions.begin() + static_cast<long>(first), actions.end(), std::back_inserter(found),
                 [are_so](const Deletion& action) { return are_so(action.result.kind); });
    return found;
}

std::vector<Deletion> History::awaited_deletions() const {
    return sent_that([](Kind kind) { return !is_refusal(kind); }, first_action);
}

std::vector<Deletion> History::unanswered_deletions() const {
    return sent_that([](Kind kind) { return kind == Kind::unknown; }, first_action);
}

std::vector<Deletion> History::denied() const {
    return sent_that(is_refusal, 0);
}

}  // namespace cfee
