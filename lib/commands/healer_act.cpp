// What changes the cluster, and what proves that it helped.
// Longer than others because deleting, waiting and verifying are one promise.
#include <algorithm>
#include <array>

#include "lib/cluster/deletion.hpp"
#include "lib/cluster/parse.hpp"
#include "lib/commands/healer.hpp"
#include "lib/commands/recovery.hpp"
#include "lib/runbook/restart.hpp"

namespace cfee {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int refused_status = 4;
constexpr int unverified_status = 5;
constexpr int deadline_status = 6;

constexpr seconds between_looks{5};
constexpr milliseconds between_glances{500};
constexpr seconds deletion_limit{30};
constexpr seconds settling_limit{5};   // after an interrupt nobody wants to wait
constexpr seconds hopeless_for{20};    // a reason may pass by itself within a few seconds
constexpr seconds unlabelled_for{45};  // ready, and nobody becomes active: then it is worth asking why
constexpr seconds locket_needs{30};    // a lock's 15 s, twice, until a new Locket has given it

}  // namespace

std::vector<DeletionResult> Healer::send(const std::vector<Deletion>& deletions, DeletionMode mode) {
    Kuberc kuberc = Kuberc::unsaid;
    while (true) {
        std::vector<Command> batch;
        batch.reserve(deletions.size());
        for (const Deletion& one : deletions)
            batch.push_back(deletion(look_options_.kubectl, one.pod, one.uid, mode, kuberc, deletion_limit));
        std::vector<DeletionResult> results;
        for (const Outcome& outcome : world_.host.run(batch)) results.push_back(read_deletion(outcome));
        const bool is_hindered = std::any_of(
            results.begin(), results.end(),
            [](const DeletionResult& result) { return result.kind == DeletionResult::Kind::interactive; });
        if (!is_hindered || kuberc == Kuberc::not_interactive) return results;
        kuberc = Kuberc::not_interactive;
    }
}

// All or nothing: a missing right or a webhook shows while nothing has been changed.
bool Healer::dry_run_all() {
    journal_.wait_for("asking the API server whether it would delete them");
    const std::vector<Deletion> deletions = healing_.plan->deletions();
    const std::vector<DeletionResult> results = send(deletions, DeletionMode::dry_run);
    bool is_passed = true;
    for (std::size_t index = 0; index < results.size(); ++index) {
        const DeletionResult& result = results[index];
        using Kind = DeletionResult::Kind;
        if (result.kind == Kind::accepted) continue;
        is_passed = false;
        if (result.kind == Kind::gone || result.kind == Kind::replaced) {
            journal_.note(deletions[index].pod + " is " + std::string(to_words(result.kind)));
            continue;
        }
        std::vector<std::string> reasons{"the API server would not delete " + deletions[index].pod + ": " +
                                         result.text};
        if (result.kind == Kind::forbidden) {
            reasons.emplace_back(
                "grant it with: rules: [{apiGroups: [\"\"], resources: [pods], verbs: [delete]}]");
        }
        reasons.emplace_back("nothing was changed");
        finish(HealOutcome::refused, refused_status, std::move(reasons));
        return false;
    }
    if (is_passed) journal_.note("the API server would delete all of them");
    if (!is_passed && options_.dry_run == DryRun::none) take_look();
    return is_passed;
}

void Healer::act() {
    deadline_ = world_.host.now() + options_.timeout;
    for (const PlanStage& stage : healing_.plan->stages) {
        if (!act_on(stage)) return;
        if (!await_return(stage)) return;
        const bool has_more = &stage != &healing_.plan->stages.back();
        if (has_more && locket_alone_cured()) break;
        if (has_more && healing_.exit_status != 0) return;
    }
    verify();
}

bool Healer::act_on(const PlanStage& stage) {
    journal_.wait_for("deleting");
    // Written down before they are sent: an interrupt must find them.
    const std::size_t first = healing_.actions.size();
    for (const Deletion& deletion : stage.deletions)
        healing_.actions.push_back({world_.host.now(), deletion.pod, deletion.uid});
    const std::vector<DeletionResult> results = send(stage.deletions, DeletionMode::real);
    std::vector<std::string> problems;
    for (std::size_t index = 0; index < results.size(); ++index) {
        Action& action = healing_.actions[first + index];
        action.result = results[index].kind;
        // Whoever was faster by more than a second set an earlier time.
        const bool was_earlier =
            results[index].asked && latest_ && *results[index].asked + seconds{1} < latest_->snapshot.now();
        if (action.result == DeletionResult::Kind::accepted && was_earlier)
            action.result = DeletionResult::Kind::already_deleting;
        journal_.note(action.pod + ": " + std::string(to_words(action.result)) +
                      (results[index].text.empty() ? "" : " (" + results[index].text + ")"));
        if (action.result == DeletionResult::Kind::forbidden)
            problems.push_back(action.pod + " could not be deleted: " + results[index].text);
    }
    if (problems.empty()) return true;
    finish(HealOutcome::unverified, unverified_status, std::move(problems));
    return false;
}

bool Healer::await_return(const PlanStage& stage) {
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
                finish(HealOutcome::not_healed, 1, {"a restarted pod does not come up: " + recovery.summary});
                return false;
            }
        }
        if (recovery.state == Recovery::State::back) {
            if (stage.role == Role::locket || recovery.looks_healthy) return true;
            if (!unlabelled_since) unlabelled_since = now;
            if (now - *unlabelled_since >= unlabelled_for) return true;  // the full look says why
        }
        world_.host.sleep(between_glances);
    }
    conclude_at_deadline();
    return false;
}

// Locket's pods are new and ready. If that was all that was needed, the BBS pods are left alone.
bool Healer::locket_alone_cured() {
    const TimePoint until = world_.host.now() + locket_needs;
    while (true) {
        const Judged judged = take_look();
        if (judged.judgement.diagnosis.remedy == Remedy::none) return true;
        if (world_.host.now() >= until) break;
        journal_.wait_for("waiting whether Locket's restart was enough");
        world_.host.sleep(between_looks);
    }
    // Nothing may speak against going on; that Locket's pods are young now is our own doing.
    const Facts facts(latest_->snapshot);
    for (const Condition& condition : restart_conditions(facts)) {
        if (condition.letter == 'e' || condition.state != Condition::State::speaks_against) continue;
        finish(HealOutcome::not_healed, 1,
               {"Locket was restarted; the BBS pods were left alone, because this is not so: " +
                condition.text});
        return false;
    }
    return false;
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
void Healer::verify() {
    while (!time_is_up()) {
        const Judged first = take_look();
        const Diagnosis& diagnosis = first.judgement.diagnosis;
        if (is_proven(first)) {
            journal_.note("healthy; looking again after " +
                          std::to_string(std::chrono::duration_cast<seconds>(options_.settle).count()) +
                          " s");
            world_.host.sleep(options_.settle);
            const Judged second = take_look();
            if (is_proven(second) && fingerprint_of(first.snapshot) == fingerprint_of(second.snapshot)) {
                return finish(HealOutcome::healed, 0, second.judgement.diagnosis.because);
            }
            journal_.note("it did not stay as it was: looking on");
            continue;
        }
        if (diagnosis.remedy == Remedy::fix_first && diagnosis.id != "inconclusive" &&
            diagnosis.id != "partial-reachability" && diagnosis.id != "bbs-unreachable") {
            return finish(HealOutcome::not_healed, 1, diagnosis.because);
        }
        world_.host.sleep(std::chrono::seconds{1});
    }
    conclude_at_deadline();
}

void Healer::conclude_at_deadline() {
    const Judged judged = take_look();
    const Diagnosis& diagnosis = judged.judgement.diagnosis;
    if (is_proven(judged))
        return finish(HealOutcome::unverified, unverified_status,
                      {"it looks healthy, and the time was up before that could be proved"});
    if (diagnosis.remedy == Remedy::wait)
        return finish(HealOutcome::deadline, deadline_status, diagnosis.because);
    if (judged.judgement.verdict == Verdict::unknown)
        return finish(HealOutcome::unverified, unverified_status, diagnosis.because);
    finish(HealOutcome::not_healed, 1, diagnosis.because);
}

void Healer::settle_interrupted() {
    journal_.clear();
    if (healing_.actions.empty()) {
        healing_.reasons = {"interrupted; nothing was changed"};
        return;
    }
    const std::array batch{look_options_.kubectl.get({"pods", "-l", role_selector()}, settling_limit)};
    const Outcome outcome = world_.host.run(batch).front();
    const Answer<std::vector<Pod>> pods =
        outcome.succeeded() ? parse_pods(outcome.out) : Answer<std::vector<Pod>>{trouble_of(outcome)};
    healing_.reasons = {"interrupted; run it again: it carries on from here"};
    for (Action& action : healing_.actions) {
        std::string state = "its state is not known: the API server did not answer";
        if (pods.is_known()) {
            const auto& all = pods.value();
            const auto old = std::find_if(all.begin(), all.end(),
                                          [&action](const Pod& pod) { return pod.uid == action.uid; });
            const bool is_gone = old == all.end();
            if (is_gone || old->is_terminating()) {
                if (action.result == DeletionResult::Kind::unknown)
                    action.result = DeletionResult::Kind::accepted;
                state = is_gone ? "gone" : "being deleted";
            } else {
                state = "not deleted";
            }
        }
        healing_.reasons.push_back(action.pod + ": " + state);
    }
}

}  // namespace cfee
