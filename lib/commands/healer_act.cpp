// What changes the cluster. Every deletion names a UID, and is sent only after all of them passed a dry run.
#include <algorithm>
#include <array>

#include "lib/cluster/deletion.hpp"
#include "lib/cluster/parse.hpp"
#include "lib/commands/healer.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;
using Kind = DeletionResult::Kind;

constexpr seconds deletion_limit{30};
constexpr seconds settling_limit{5};  // after an interrupt nobody wants to wait
constexpr seconds locket_needs{30};   // a lock's 15 s, twice, until a new Locket has given it

template <class Things>
auto with_uid(Things& things, const std::string& uid) {
    return std::find_if(things.begin(), things.end(), [&uid](const auto& thing) { return thing.uid == uid; });
}

// Found out afterwards, by what the API server shows: what became of a deletion that was not answered.
std::string settle(Action& action, const std::vector<Pod>& pods) {
    const auto old = with_uid(pods, action.uid);
    if (old != pods.end() && !old->is_terminating()) return "not deleted";
    if (action.result == Kind::unknown) action.result = Kind::accepted;
    return old == pods.end() ? "gone" : "being deleted";
}

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
        const bool is_hindered =
            std::any_of(results.begin(), results.end(),
                        [](const DeletionResult& result) { return result.kind == Kind::interactive; });
        if (!is_hindered || kuberc == Kuberc::not_interactive) return results;
        kuberc = Kuberc::not_interactive;
    }
}

// All or nothing: a missing right or a webhook shows while nothing has been changed.
Step Healer::dry_run_all() {
    journal_.wait_for("asking the API server whether it would delete them");
    const std::vector<Deletion> deletions = healing_.plan->deletions();
    const std::vector<DeletionResult> results = send(deletions, DeletionMode::dry_run);
    bool is_passed = true;
    for (std::size_t index = 0; index < results.size(); ++index) {
        const DeletionResult& result = results[index];
        const std::string& pod = deletions[index].pod;
        if (result.kind == Kind::accepted) continue;
        is_passed = false;
        if (result.kind == Kind::gone || result.kind == Kind::replaced) {
            journal_.note(pod + " is " + std::string(to_words(result.kind)));
            continue;
        }
        if (result.kind == Kind::unknown) {
            journal_.note("no answer whether " + pod + " would be deleted: " + result.text);
            continue;
        }
        std::vector<std::string> reasons{"the API server would not delete " + pod + ": " + result.text};
        if (result.kind == Kind::forbidden) {
            reasons.emplace_back(
                "grant it with: rules: [{apiGroups: [\"\"], resources: [pods], verbs: [delete]}]");
        }
        reasons.emplace_back("nothing was changed");
        return finish(HealOutcome::refused, std::move(reasons));
    }
    if (is_passed) {
        journal_.note("the API server would delete all of them");
        return Step::done;
    }
    if (options_.dry_run == DryRun::none) {
        world_.host.sleep(between_looks);
        take_look();
    }
    return Step::again;
}

Step Healer::act() {
    deadline_ = world_.host.now() + options_.timeout;
    Step step = Step::done;
    const std::vector<PlanStage> stages = healing_.plan->stages;
    for (PlanStage stage : stages) {
        step = act_on(stage);
        if (step == Step::done) step = await_return(stage);
        if (step != Step::done) return step;
        if (stage.role == stages.back().role) break;
        step = after_locket();
        if (step == Step::ended) return step;
        if (step == Step::done) break;  // cured: what is not ill is not restarted
    }
    return verify();
}

Step Healer::act_on(PlanStage& stage) {
    journal_.wait_for("deleting");
    // Written down before they are sent: an interrupt must find them.
    const std::size_t first = healing_.actions.size();
    for (const Deletion& deletion : stage.deletions)
        healing_.actions.push_back({world_.host.now(), deletion.pod, deletion.uid});
    send_and_note(stage.deletions);
    const Step step = send_again(stage, first);
    if (step != Step::done) return step;
    std::vector<std::string> problems;
    for (std::size_t index = first; index < healing_.actions.size(); ++index) {
        const Action& action = healing_.actions[index];
        if (action.result == Kind::forbidden || action.result == Kind::denied)
            problems.push_back(action.pod + " could not be deleted: " + action.text);
    }
    return problems.empty() ? Step::done : finish(HealOutcome::unverified, std::move(problems));
}

void Healer::send_and_note(const std::vector<Deletion>& deletions) {
    const std::vector<DeletionResult> results = send(deletions, DeletionMode::real);
    for (std::size_t index = 0; index < results.size(); ++index) {
        Action& action = *with_uid(healing_.actions, deletions[index].uid);
        action.result = results[index].kind;
        action.text = results[index].text;
        // Whoever was faster by more than a second set an earlier time.
        const bool was_earlier =
            results[index].asked && latest_ && *results[index].asked + seconds{1} < latest_->snapshot.now();
        if (action.result == Kind::accepted && was_earlier) action.result = Kind::already_deleting;
        journal_.note(action.pod + ": " + std::string(to_words(action.result)) +
                      (action.text.empty() ? "" : " (" + action.text + ")"));
    }
}

// Where the API server did not answer a deletion, it is asked what became of it. A pod that still stands is
// tried again, by the same UID, unless something speaks against that by now; then it leaves the stage. Where
// nothing at all has been deleted yet, everything is judged anew.
Step Healer::send_again(PlanStage& stage, std::size_t first_action) {
    const auto begin = [&] { return healing_.actions.begin() + static_cast<long>(first_action); };
    const auto is_open = [](const Action& action) { return action.result == Kind::unknown; };
    while (std::any_of(begin(), healing_.actions.end(), is_open) && !time_is_up()) {
        journal_.wait_for("waiting for the API server, to learn what became of the deletions");
        world_.host.sleep(seconds{1});
        const Judged judged = take_look();
        if (!judged.snapshot.pods.is_known()) continue;
        for (auto action = begin(); action != healing_.actions.end(); ++action) {
            if (is_open(*action))
                journal_.note(action->pod + ": " + settle(*action, judged.snapshot.pods.value()));
        }
        if (std::none_of(begin(), healing_.actions.end(), is_open)) break;
        if (std::all_of(healing_.actions.begin(), healing_.actions.end(), is_open)) {
            healing_.actions.clear();
            return Step::again;
        }
        const std::vector<Condition> conditions = conditions_but_for_age();
        std::vector<Deletion> open;
        for (auto action = begin(); action != healing_.actions.end(); ++action) {
            if (is_open(*action)) open.push_back(*with_uid(stage.deletions, action->uid));
        }
        const bool is_harmful = std::any_of(
            conditions.begin(), conditions.end(),
            [](const Condition& condition) { return condition.state == Condition::State::speaks_against; });
        if (!is_harmful) {
            send_and_note(open);
            continue;
        }
        // Half of it was enough, or something else is wrong by now: the others stay.
        for (const Deletion& left : open) {
            journal_.note(left.pod + " is left alone");
            healing_.actions.erase(with_uid(healing_.actions, left.uid));
            stage.deletions.erase(with_uid(stage.deletions, left.uid));
        }
    }
    return Step::done;
}

// That the pods are young, or on their way out, is our own doing by now.
std::vector<Condition> Healer::conditions_but_for_age() const {
    std::vector<Condition> conditions = restart_conditions(Facts(latest_->snapshot));
    std::erase_if(conditions, [](const Condition& condition) { return condition.letter == 'e'; });
    return conditions;
}

// Locket's pods are new and ready. Done: that was all that was needed, and the BBS pods are left alone.
Step Healer::after_locket() {
    const TimePoint until = world_.host.now() + locket_needs;
    while (!time_is_up()) {
        const Judged judged = take_look();
        if (judged.judgement.diagnosis.remedy == Remedy::none) return Step::done;
        if (world_.host.now() >= until) {
            bool all_hold = true;
            for (const Condition& condition : conditions_but_for_age()) {
                if (condition.state == Condition::State::speaks_against) {
                    return finish(HealOutcome::not_healed, {"Locket was restarted; the BBS pods were left "
                                                            "alone, because this is not so: " +
                                                            condition.text});
                }
                all_hold = all_hold && condition.state == Condition::State::holds;
            }
            if (all_hold || options_.force == Force::yes) return Step::again;
        }
        journal_.wait_for("waiting whether Locket's restart was enough");
        world_.host.sleep(between_looks);
    }
    return conclude_at_deadline();
}

void Healer::settle_interrupted() {
    journal_.clear();
    healing_.after = latest_;
    if (healing_.actions.empty()) {
        healing_.reasons = {"interrupted; nothing was changed"};
        return;
    }
    healing_.reasons = {"interrupted; run it again: it carries on from here"};
    Answer<std::vector<Pod>> pods;
    try {
        const std::array batch{look_options_.kubectl.get({"pods", "-l", role_selector()}, settling_limit)};
        const Outcome outcome = world_.host.run(batch).front();
        pods = outcome.succeeded() ? parse_pods(outcome.out) : Answer<std::vector<Pod>>{trouble_of(outcome)};
    } catch (const Interrupted&) {  // a second time: somebody is in a hurry
        pods = Trouble{Trouble::Kind::not_asked, "interrupted again"};
    }
    for (Action& action : healing_.actions) {
        healing_.reasons.push_back(action.pod + ": " +
                                   (pods.is_known() ? settle(action, pods.value())
                                                    : "its state is not known: " + pods.trouble().text));
    }
}

}  // namespace cfee
