// Waiting for what was deleted to come back, and the proof that it helped.
#include <algorithm>

#include "lib/commands/healer.hpp"
#include "lib/commands/recovery.hpp"

namespace cfee {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds between_glances{500};  // from beginning to beginning
constexpr seconds hopeless_for{20};           // a reason may pass by itself within a few seconds
constexpr seconds unlabelled_for{45};         // ready, and nobody becomes active: then it is worth asking why

}  // namespace

bool Healer::time_is_up() const {
    return world_.host.now() >= deadline_;
}

Step Healer::await_return(const PlanStage& stage) {
    std::optional<TimePoint> hopeless_since;
    std::optional<TimePoint> unlabelled_since;
    std::string last;
    while (!time_is_up()) {
        const Snapshot snapshot = glance(world_.host, look_options_);
        const Recovery recovery = recovery_of(snapshot, stage.deletions, stage.role);
        if (recovery.summary != last) journal_.note(recovery.summary);
        last = recovery.summary;
        journal_.wait_for("waiting: " + recovery.summary);
        const TimePoint now = world_.host.now();
        if (recovery.state != Recovery::State::hopeless) hopeless_since.reset();
        if (recovery.state == Recovery::State::hopeless) {
            if (!hopeless_since) hopeless_since = now;
            if (now - *hopeless_since >= hopeless_for) {
                take_look();
                return finish(HealOutcome::not_healed,
                              {"a restarted pod does not come up: " + recovery.summary});
            }
        }
        if (recovery.state == Recovery::State::back) {
            if (!unlabelled_since) unlabelled_since = now;
            // Else the full look says why.
            const bool is_due = now - *unlabelled_since >= unlabelled_for;
            if (stage.role == Role::locket || recovery.looks_healthy || is_due) {
                glanced_ = snapshot;
                return Step::done;
            }
        }
        const Clock::duration rest = between_glances - (world_.host.now() - snapshot.started);
        world_.host.sleep(std::max(rest, Clock::duration::zero()));
    }
    return conclude_at_deadline();
}

bool Healer::is_proven(const Judged& judged) const {
    if (judged.judgement.diagnosis.remedy != Remedy::none) return false;
    const auto reached = [](const Judged& one) {
        return std::count_if(one.snapshot.probes.begin(), one.snapshot.probes.end(),
                             [](const Probe& probe) { return probe.connection.is_open(); });
    };
    const auto asked_before =
        healing_.before ? static_cast<long>(healing_.before->snapshot.probes.size()) : 0;
    for (const Action& action : healing_.actions) {
        const auto& pods = judged.snapshot.pods.value();
        if (std::any_of(pods.begin(), pods.end(),
                        [&action](const Pod& pod) { return pod.uid == action.uid; }))
            return false;
    }
    return reached(judged) >= 1 && reached(judged) >= asked_before;
}

// Healthy twice, with nothing changed in between.
Step Healer::verify() {
    std::optional<TimePoint> ill_since;
    while (!time_is_up()) {
        const Judged first = take_look();
        const Diagnosis& diagnosis = first.judgement.diagnosis;
        if (is_proven(first)) {
            ill_since.reset();
            journal_.note("healthy; looking again after " +
                          std::to_string(std::chrono::duration_cast<seconds>(options_.settle).count()) +
                          " s");
            world_.host.sleep(options_.settle);
            const Judged second = take_look();
            if (is_proven(second) && fingerprint_of(first.snapshot) == fingerprint_of(second.snapshot))
                return finish(HealOutcome::healed, second.judgement.diagnosis.because);
            journal_.note("that was not the same again: looking on");
            continue;
        }
        const bool is_ill = diagnosis.id != "inconclusive" &&
                            (diagnosis.remedy == Remedy::fix_first || diagnosis.remedy == Remedy::restart);
        const TimePoint now = world_.host.now();
        if (!is_ill) ill_since.reset();
        if (is_ill && !ill_since) ill_since = now;
        if (is_ill && now - *ill_since >= ill_for) return finish(HealOutcome::not_healed, diagnosis.because);
        world_.host.sleep(seconds{1});
    }
    return conclude_at_deadline();
}

Step Healer::conclude_at_deadline() {
    const Judged judged = take_look();
    const Diagnosis& diagnosis = judged.judgement.diagnosis;
    if (is_proven(judged)) {
        return finish(HealOutcome::unverified,
                      {"it looks healthy, and the time was up before that could be proved"});
    }
    if (diagnosis.remedy == Remedy::wait) return finish(HealOutcome::deadline, diagnosis.because);
    const bool is_known = diagnosis.id != "inconclusive" && judged.judgement.verdict != Verdict::unknown;
    return finish(is_known ? HealOutcome::not_healed : HealOutcome::unverified, diagnosis.because);
}

}  // namespace cfee
