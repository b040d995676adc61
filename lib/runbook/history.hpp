// What has happened in a heal so far: a value, which changes by what is told to it and knows no clock.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/facts/cleared.hpp"
#include "lib/facts/judgement.hpp"
#include "lib/facts/plan.hpp"
#include "lib/runbook/hang.hpp"
#include "lib/runbook/limits.hpp"
#include "lib/runbook/recovery.hpp"

namespace cfee {

struct Decision;

enum class Phase {
    deciding,      ///< is it that fault, and does it stay?
    preparing,     ///< plan, consent, evidence, gate, dry run
    deleting,      ///< a stage was sent; is every deletion answered?
    awaiting,      ///< by glances: do the pods come back?
    giving_up,     ///< they do not: one last look
    after_locket,  ///< Locket is back: was that enough?
    verifying,     ///< is it healthy?
    settling,      ///< was healthy once: is it still the same?
    concluding,    ///< the time is up: one last look
};

/// What a look, or the history itself, can show. See signs.cpp.
enum class Sign {
    always,
    time_is_up,
    is_rehearsal,       ///< --dry-run
    is_rehearsed_here,  ///< --dry-run, without asking the API server
    healthy,            ///< the remedy is none
    may_act,            ///< the remedy is restart, or forced
    needs_a_person,     ///< neither that nor wait, and no gap in what was known before
    surely_a_person,    ///< likewise, and nothing moves
    others_restarted,   ///< pods were replaced while it watched, and not by this heal
    lacks_plan,
    plan_refuses,
    lacks_consent,
    has_declined,
    lacks_evidence,
    evidence_failed,
    nobody_can_agree,  ///< it will end without a deletion
    lacks_look,        ///< nothing was seen since consent and evidence
    lacks_dry_run,
    dry_run_refused,
    dry_run_failed,  ///< not answered, or the pods are others by now
    gate_clears,
    gate_refuses,
    gate_sees_nothing,
    awaits_proof,      ///< the next look will prove it, and none is needed before
    hang_is_proved,    ///< by this look and an earlier one, and a restart is the remedy
    demands_proof,     ///< nothing else allows this restart
    grace_will_do,     ///< a run of failing looks allows it too
    proof_is_gone,     ///< it stood in for the grace period, and this look does not show it any more
    unanswered,        ///< a deletion is, and the API server has not shown yet what became of it
    unfinished,        ///< a deletion was not answered, and the pod still stands
    nothing_deleted,   ///< that is so of all that were ever sent
    all_denied,        ///< the API server refused every deletion that was sent
    hopeless,          ///< a new pod cannot come up
    back,              ///< every pod is there again, and ready
    back_and_well,     ///< and looks healthy, as far as a glance tells
    no_stage_follows,  ///< it was the last one, or the API server refused a part of it
    proven,            ///< healthy, by what was restarted and reached before
    proven_again,      ///< and nothing has changed since the proof before
    ill,               ///< a known problem, that does not pass
};

struct History {
    TimePoint begun;  ///< the time-out counts from here: the heal's begin, later the first deletion
    Phase phase = Phase::deciding;
    TimePoint phase_since;
    std::map<Sign, TimePoint> since;   ///< in this phase, seen without a break since then
    Fingerprint failing_as;            ///< in the present run of looks on which heal may act
    HangProof failing_for = nullptr;   ///< what that run must prove; nullptr: a grace period will do
    std::vector<HangLook> hang_looks;  ///< what those looks say of a hang, the first one first
    bool was_ill = false;
    bool has_moved = false;  ///< things move: what is seen after that may be passing
    bool has_looked = false;
    bool others_restarted = false;  ///< pods were on their way before this heal deleted any
    long reached_before = 0;        ///< Cloud Controller pods that were asked at the first look
    std::optional<std::map<std::string, std::string>> pods_at_first;  ///< of BBS and Locket: name and UID

    std::optional<Plan> plan;
    std::optional<TimePoint> agreed;
    bool has_declined = false;
    std::optional<TimePoint> evidence_saved;
    Fingerprint evidence_of;  ///< what it was saved of
    std::string evidence_problem;
    Diagnosis diagnosis;                                 ///< on which the plan was made
    std::optional<std::vector<DeletionResult>> dry_run;  ///< of the plan's deletions, in their order

    std::vector<Deletion> actions;  ///< all that were sent
    std::size_t stage = 0;          ///< the one that was sent last
    std::size_t first_action = 0;   ///< of that stage
    bool is_settled = true;         ///< the API server has shown what became of them
    std::string awaited;            ///< what the last glance showed
    std::string hopeless;           ///< why a pod cannot come up, as it showed last
    Fingerprint proof;              ///< of the look that proved the cure a first time

    // What happens. Those that return something tell what the person should read.

    [[nodiscard]] std::vector<std::string> saw(const Judged& look, const Limits& limits);
    [[nodiscard]] std::vector<std::string> glanced(const Judged& glance, const Limits& limits);
    void kept_evidence(TimePoint now);
    void planned(Plan made, const Diagnosis& planned_for);
    void sent(const std::vector<ClearedDeletion>& deletions, std::size_t of_stage, TimePoint now);
    [[nodiscard]] std::vector<std::string> answered(const std::vector<ClearedDeletion>& deletions,
                                                    const std::vector<DeletionResult>& results,
                                                    const Judged& look);
    void left_alone(const std::vector<Deletion>& deletions);
    void enter(Phase next, const Judged& latest, TimePoint now);
    /// The phase begins with a look that was seen before it.
    void goes_on_with(const Judged& look, const Limits& limits);

    /// The present stage's deletions whose pods must come back.
    [[nodiscard]] std::vector<Deletion> awaited_deletions() const;
    [[nodiscard]] std::vector<Deletion> unanswered_deletions() const;
    /// What the API server refused to delete, of all stages.
    [[nodiscard]] std::vector<Deletion> denied() const;
    [[nodiscard]] TimePoint deadline(const Limits& limits) const { return begun + limits.timeout; }

private:
    void note_hang(const Judged& look);
    [[nodiscard]] bool sees_others_restart(const Judged& look);
    void note_signs(const Judged& look, const Limits& limits);
    [[nodiscard]] std::vector<Deletion> sent_that(bool (*are_so)(DeletionResult::Kind),
                                                  std::size_t first) const;
};

/// Found out afterwards, by what the API server shows: what became of a deletion that was not answered.
std::string settle(Deletion& action, const std::vector<Pod>& pods);

}  // namespace cfee
