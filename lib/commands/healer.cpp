#include "lib/commands/healer.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <ostream>

#include "lib/cluster/parse.hpp"
#include "lib/cluster/prospects.hpp"
#include "lib/commands/collect_evidence.hpp"
#include "lib/commands/send.hpp"
#include "lib/runbook/decide.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

constexpr seconds short_limit{10};  // for a single small request
constexpr seconds deletion_limit{30};
constexpr seconds settling_limit{5};  // after an interrupt nobody wants to wait

Limits limits_of(const HealOptions& options) {
    return {.grace = options.grace,
            .timeout = options.timeout,
            .settle = options.settle,
            .dry_run = options.dry_run,
            .force = options.force,
            .wants_evidence = options.wants_evidence,
            .consent = {.is_given = options.is_agreed, .digest = options.digest}};
}

}  // namespace

Healer::Healer(const HealOptions& options, HealWorld world, Console& console, Healing& healing)
    : options_(options),
      look_options_(options.look),
      world_(world),
      console_(console),
      healing_(healing),
      journal_(world.host, console, healing),
      limits_(limits_of(options)) {
    healing_.started = history_.begun = history_.phase_since = world_.host.now();
    limits_.consent.can_ask = options_.may_ask && world_.prompt.can_ask();
    look_options_.progress = [this](std::string_view what) { journal_.wait_for(std::string(what)); };
}

void Healer::run() {
    // A transcript's command lines are what they are.
    if (options_.replay.empty()) pin();
    take_look(LookAgain::Depth::look);
    while (!has_ended_) {
        const Decision decision = decide(history_, *latest_, world_.host.now(), limits_);
        note(decision.notes);
        if (decision.next) history_.enter(*decision.next, *latest_, world_.host.now());
        std::visit([this](const auto& what) { carry_out(what); }, decision.what);
    }
}

// From here on the same cluster is meant, whatever becomes of the user's kubeconfig.
void Healer::pin() {
    const std::array batch{look_options_.kubectl.context(short_limit)};
    const Outcome outcome = world_.host.run(batch).front();
    if (!outcome.succeeded()) return;  // a kubeconfig without a current context is no error
    const Answer<Context> context = parse_context(outcome.out);
    if (!context.is_known()) return;
    auto& flags = look_options_.kubectl.global_flags;
    const auto has = [&flags](std::string_view name) {
        return std::any_of(flags.begin(), flags.end(),
                           [name](const std::string& flag) { return flag.starts_with(name); });
    };
    if (!context.value().name.empty() && !has("--context="))
        flags.push_back("--context=" + context.value().name);
    if (!context.value().server.empty() && !has("--server=") && !has("--cluster="))
        flags.push_back("--server=" + context.value().server);
}

void Healer::take_look(LookAgain::Depth depth) {
    if (depth == LookAgain::Depth::glance) {
        latest_ = Judged{.snapshot = glance(world_.host, look_options_)};
        return note(history_.glanced(*latest_, limits_));
    }
    const bool goes_on = depth == LookAgain::Depth::rest_of_glance;
    // A look on which something may be deleted asks Locket anew, even one that hung a moment ago.
    const bool may_delete = history_.phase == Phase::preparing || history_.phase == Phase::deleting ||
                            history_.phase == Phase::after_locket;
    const Snapshot* before = may_delete || !healing_.after ? nullptr : &healing_.after->snapshot;
    Judged judged{.snapshot = goes_on
                                  ? look_on(world_.host, look_options_, std::move(latest_->snapshot), before)
                                  : look(world_.host, look_options_, before)};
    judged.snapshot.replica_sets = replica_sets(world_.host, look_options_.kubectl, judged.snapshot);
    judged.judgement = judge(judged.snapshot);
    latest_ = std::move(judged);
    healing_.after = latest_;
    if (!healing_.before) healing_.before = latest_;
    const Diagnosis& diagnosis = latest_->judgement.diagnosis;
    journal_.note("looked: " + std::string(diagnosis.id) + ", remedy " +
                  std::string(to_words(diagnosis.remedy)));
    note(history_.saw(*latest_, limits_));
}

void Healer::carry_out(const LookAgain& again) {
    if (!again.waiting_for.empty()) journal_.wait_for(again.waiting_for);
    if (again.after > again.after.zero()) world_.host.sleep(again.after);
    take_look(again.depth);
}

void Healer::carry_out(const MakePlan&) {
    Plan plan = make_plan(*latest_, limits_.force,
                          unready_nodes(world_.host, look_options_.kubectl, latest_->snapshot));
    for (PlanStage& stage : plan.stages) {
        for (Deletion& one : stage.deletions) one.command = deletion_for_a_person(place(), one);
    }
    healing_.plan = plan;
    history_.planned(std::move(plan), latest_->judgement.diagnosis);
}

Place Healer::place() const {
    constexpr std::string_view flag = "--server=";
    std::string server = latest_->snapshot.server;
    for (const std::string& given : look_options_.kubectl.global_flags) {
        if (given.starts_with(flag)) server = given.substr(flag.size());
    }
    return {look_options_.kubectl, std::move(server)};
}

void Healer::carry_out(const Ask& ask) {
    journal_.clear();
    if (ask.shows_plan) show_plan();
    if (!ask.question.empty() && !world_.prompt.ask(ask.question)) {
        history_.has_declined = true;
    } else {
        history_.agreed = world_.host.now();
    }
}

void Healer::carry_out(const SaveEvidence&) {
    const std::string path = evidence_folder();
    try {
        journal_.wait_for("saving the evidence");
        collect_evidence(
            {world_.unrecorded, look_options_.kubectl, *latest_, world_.transcript, console_.tool_version},
            world_.folder, path);
    } catch (const FolderError& error) {
        history_.evidence_problem = error.what();
        return journal_.note("no evidence was saved: " + history_.evidence_problem);
    }
    history_.kept_evidence(world_.host.now());
    healing_.evidence = path;
    journal_.note("evidence saved in " + path);
}

// Other pods', in the same heal, goes beside the first one's.
std::string Healer::evidence_folder() const {
    if (options_.evidence.empty())
        return evidence_path(options_.state_home, latest_->snapshot, world_.host.now());
    return healing_.evidence.empty() ? options_.evidence : healing_.evidence + "-again";
}

// All or nothing: a missing right or a webhook shows while nothing has been changed.
void Healer::carry_out(const TryDeletions&) {
    journal_.wait_for("asking the API server whether it would delete them");
    const std::vector<Deletion> deletions = history_.plan->deletions();
    std::vector<std::string> pods(deletions.size());
    std::transform(deletions.begin(), deletions.end(), pods.begin(), std::mem_fn(&Deletion::pod));
    history_.dry_run = send(world_.host, pods, [&](std::size_t index, Kuberc kuberc) {
        return rehearsal(place(), deletions[index], kuberc, deletion_limit);
    });
    const bool is_passed = std::all_of(
        history_.dry_run->begin(), history_.dry_run->end(),
        [](const DeletionResult& result) { return result.kind == DeletionResult::Kind::accepted; });
    if (is_passed) journal_.note("the API server would delete all of them");
}

void Healer::carry_out(const Delete& due) {
    journal_.wait_for("deleting");
    history_.sent(due.deletions, due.stage, world_.host.now());
    std::vector<std::string> pods(due.deletions.size());
    std::transform(due.deletions.begin(), due.deletions.end(), pods.begin(),
                   [](const ClearedDeletion& one) { return one.planned().pod; });
    const auto results = send(world_.host, pods, [&](std::size_t index, Kuberc kuberc) {
        return deletion(place(), due.deletions[index], kuberc, deletion_limit);
    });
    note(history_.answered(due.deletions, results, *latest_));
}

void Healer::carry_out(const LeaveAlone& left) {
    history_.left_alone(left.deletions);
}

void Healer::carry_out(const GoOn&) {
    history_.goes_on_with(*latest_, limits_);
}

void Healer::carry_out(const End& end) {
    journal_.clear();
    if (end.shows_plan) show_plan();
    healing_.outcome = end.outcome;
    healing_.reasons = end.reasons;
    healing_.advice = end.advice;
    healing_.actions = history_.actions;
    has_ended_ = true;
}

void Healer::note(const std::vector<std::string>& notes) {
    for (const std::string& one : notes) journal_.note(one);
}

void Healer::show_plan() {
    write_plan(console_.err, *healing_.plan, latest_->snapshot, console_.err_style);
}

void Healer::settle_interrupted() {
    journal_.clear();
    healing_.actions = history_.actions;
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
    for (Deletion& action : healing_.actions) {
        healing_.reasons.push_back(action.pod + ": " +
                                   (pods.is_known() ? settle(action, pods.value())
                                                    : "its state is not known: " + pods.trouble().text));
    }
}

}  // namespace cfee
