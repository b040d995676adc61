// From the first look to the decision, and everything that must be in order before the first deletion.
// Longer than others because the order of these steps is what one wants to read in one place.
#include "lib/commands/healer.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "lib/cluster/deletion.hpp"
#include "lib/cluster/parse.hpp"
#include "lib/commands/evidence.hpp"
#include "lib/commands/recovery.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

constexpr seconds short_limit{10};  // for a single small request

std::vector<std::string> with_advice(const Diagnosis& diagnosis) {
    std::vector<std::string> reasons = diagnosis.because;
    if (!diagnosis.advice.empty()) reasons.emplace_back(diagnosis.advice);
    return reasons;
}

}  // namespace

Healer::Healer(const HealOptions& options, HealWorld world, Console& console, Healing& healing)
    : options_(options),
      look_options_(options.look),
      world_(world),
      console_(console),
      healing_(healing),
      journal_(world.host, console, healing) {
    healing_.started = world_.host.now();
    deadline_ = healing_.started + options_.timeout;
    look_options_.progress = [this](std::string_view what) { journal_.wait_for(std::string(what)); };
}

Step Healer::finish(HealOutcome outcome, std::vector<std::string> reasons) {
    journal_.clear();
    healing_.outcome = outcome;
    healing_.exit_status = exit_status_of(outcome);
    healing_.reasons = std::move(reasons);
    healing_.after = latest_;
    return Step::ended;
}

Judged Healer::take_look() {
    std::optional<Snapshot> glanced = std::exchange(glanced_, std::nullopt);
    Judged judged{.snapshot = glanced ? look_on(world_.host, look_options_, std::move(*glanced))
                                      : look(world_.host, look_options_)};
    judged.judgement = judge(judged.snapshot);
    latest_ = judged;
    if (!healing_.before) healing_.before = judged;
    journal_.note("looked: " + std::string(judged.judgement.diagnosis.id) + ", remedy " +
                  std::string(to_words(judged.judgement.diagnosis.remedy)));
    return judged;
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

void Healer::run() {
    // A transcript's command lines are what they are.
    if (options_.replay.empty()) pin();
    const Judged first = take_look();
    if (options_.dry_run != DryRun::none)
        return plan_only(first, consider(first.snapshot, first.judgement, options_.force));
    Step step = Step::again;
    while (step == Step::again) {
        step = reach_a_decision();
        if (step == Step::done) step = prepare(*latest_);
        if (step == Step::done) step = act();
    }
}

// Everything that must be in order before the first deletion.
Step Healer::prepare(const Judged& judged) {
    healing_.plan = plan_for(judged);
    if (!healing_.plan->refusals.empty()) return finish(HealOutcome::refused, healing_.plan->refusals);
    Step step = obtain_consent(judged);
    if (step == Step::done) step = save_evidence(judged);
    if (step == Step::done) step = nothing_has_changed();
    if (step == Step::done) step = dry_run_all();
    return step;
}

// Looks until the remedy is neither wait nor an unproven restart. What a person must solve is believed at
// once, but while things move: between a pod that has gone and its successor, for one, there is none at all.
Step Healer::reach_a_decision() {
    std::optional<TimePoint> ill_since;
    while (true) {
        const Judged judged = *latest_;
        const Diagnosis& diagnosis = judged.judgement.diagnosis;
        if (diagnosis.remedy == Remedy::none) {
            const bool was_ill = healing_.timeline.size() > 1;
            return finish(was_ill ? HealOutcome::healed_by_itself : HealOutcome::healthy, diagnosis.because);
        }
        const Consideration consideration = consider(judged.snapshot, judged.judgement, options_.force);
        const bool is_gap = was_answered_ && diagnosis.id == "inconclusive";
        if (consideration.may_act) {
            for (const std::string& reason : consideration.reasons)
                journal_.note("forced, although " + reason);
            was_answered_ = true;
            if (keeps_failing()) return Step::done;
        }
        const bool needs_a_person = !consideration.may_act && diagnosis.remedy != Remedy::wait && !is_gap;
        if (!needs_a_person) {
            ill_since.reset();
        } else {
            const TimePoint seen = judged.snapshot.started;
            if (!ill_since) ill_since = seen;
            const bool may_pass = was_answered_ || diagnosis.id == "bbs-pods-failing";
            if (!may_pass || seen - *ill_since >= ill_for || time_is_up())
                return finish(HealOutcome::refused, with_advice(diagnosis));
        }
        if (time_is_up()) {
            return finish(
                HealOutcome::refused,
                {"the time was up before it was clear that a restart would help", "nothing was changed"});
        }
        // After an unbroken run was broken, what broke it is judged first.
        if (consideration.may_act) continue;
        was_answered_ = was_answered_ || diagnosis.remedy == Remedy::wait;
        journal_.wait_for("waiting: " + std::string(latest_->judgement.diagnosis.title));
        world_.host.sleep(between_looks);
        take_look();
    }
}

// Only an unbroken run of failing looks counts. True: it lasted as long as it must. False: something else was
// seen, which is the latest look now.
bool Healer::keeps_failing() {
    const TimePoint since = latest_->snapshot.started;
    const auto labels = fingerprint_of(latest_->snapshot);
    while (world_.host.now() - since < options_.grace) {
        const auto left = std::chrono::duration_cast<seconds>(options_.grace - (world_.host.now() - since));
        journal_.wait_for("it may be a failover: waiting " + std::to_string(left.count()) + " s more");
        world_.host.sleep(
            std::min<Clock::duration>(between_looks, options_.grace - (world_.host.now() - since)));
        const Judged judged = take_look();
        if (!consider(judged.snapshot, judged.judgement, options_.force).may_act) return false;
        if (fingerprint_of(judged.snapshot) != labels) {
            journal_.note("a pod or a label has changed: the grace period starts anew");
            return false;
        }
        if (time_is_up()) return false;
    }
    return true;
}

std::vector<std::string> Healer::unready_nodes(const Snapshot& snapshot) {
    std::vector<std::string> names;
    for (const Pod& pod : snapshot.pods_of(Role::bbs)) names.push_back(pod.node);
    for (const Pod& pod : snapshot.pods_of(Role::locket)) names.push_back(pod.node);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.empty()) return names;
    std::vector<std::string> what{"nodes"};
    what.insert(what.end(), names.begin(), names.end());
    const std::array batch{look_options_.kubectl.get(std::move(what), short_limit)};
    const Outcome outcome = world_.host.run(batch).front();
    return outcome.succeeded() ? parse_unready_nodes(outcome.out) : std::vector<std::string>{};
}

Plan Healer::plan_for(const Judged& judged) {
    return make_plan(
        judged.snapshot, judged.judgement,
        [this](const std::string& pod, const std::string& uid) {
            return deletion_for_a_person(look_options_.kubectl, pod, uid);
        },
        unready_nodes(judged.snapshot));
}

void Healer::plan_only(const Judged& judged, const Consideration& consideration) {
    const Diagnosis& diagnosis = judged.judgement.diagnosis;
    if (diagnosis.remedy == Remedy::none) {
        finish(HealOutcome::healthy, diagnosis.because);
        return;
    }
    if (!consideration.may_act) {
        finish(HealOutcome::refused, with_advice(diagnosis));
        return;
    }
    healing_.plan = plan_for(judged);
    Step step = Step::done;
    if (!healing_.plan->refusals.empty()) step = finish(HealOutcome::refused, healing_.plan->refusals);
    if (step == Step::done && options_.dry_run == DryRun::server) step = dry_run_all();
    if (step == Step::again) {
        finish(HealOutcome::refused, {"the pods have changed since they were looked at, or the API server "
                                      "did not answer",
                                      "nothing was changed; run it again"});
    }
    if (step == Step::done) finish(HealOutcome::planned, {"a dry run: nothing was changed"});
}

Step Healer::obtain_consent(const Judged& judged) {
    journal_.clear();
    const std::string where =
        "context " + (judged.snapshot.context.empty() ? "none" : judged.snapshot.context) + ", server " +
        (judged.snapshot.server.empty() ? "unknown" : judged.snapshot.server) + ", namespace " +
        judged.snapshot.name_space;
    if (!options_.digest.empty()) {
        if (options_.digest == healing_.plan->digest) return Step::done;
        write_plan(console_.err, *healing_.plan, judged.snapshot, console_.err_style);
        return finish(HealOutcome::refused,
                      {"the world has changed since that digest: the plan is another one now (" +
                       healing_.plan->digest + ")"});
    }
    write_plan(console_.err, *healing_.plan, judged.snapshot, console_.err_style);
    if (options_.is_agreed) return Step::done;
    if (!options_.may_ask || !world_.prompt.can_ask()) {
        return finish(HealOutcome::refused,
                      {"nobody was there to agree: say --yes, or --confirm=" + healing_.plan->digest});
    }
    if (world_.prompt.ask("Delete these pods in " + where + "? [y/N] ")) return Step::done;
    return finish(HealOutcome::declined, {"declined; nothing was changed"});
}

Step Healer::save_evidence(const Judged& judged) {
    // Kept already, where a second plan became necessary.
    if (!options_.wants_evidence || !healing_.evidence.empty()) return Step::done;
    const std::string path = options_.evidence.empty()
                                 ? evidence_path(options_.state_home, judged.snapshot, world_.host.now())
                                 : options_.evidence;
    try {
        journal_.wait_for("saving the evidence");
        collect_evidence(
            {world_.unrecorded, look_options_.kubectl, judged, world_.transcript, console_.tool_version},
            world_.folder, path);
    } catch (const FolderError& error) {
        return finish(HealOutcome::refused,
                      {error.what(),
                       "without evidence nothing is deleted; name another directory with --evidence, or say "
                       "--no-evidence"});
    }
    healing_.evidence = path;
    journal_.note("evidence saved in " + path);
    return Step::done;
}

// The last look before acting: same diagnosis, same UIDs.
Step Healer::nothing_has_changed() {
    const std::string_view before = latest_->judgement.diagnosis.id;
    const Judged judged = take_look();
    const std::string_view now = judged.judgement.diagnosis.id;
    // Nothing was seen, which is no change; or it has passed by itself, which the decision says better.
    const bool is_over = judged.judgement.diagnosis.remedy == Remedy::none;
    if (is_over || (now != before && now == "inconclusive")) return Step::again;
    std::vector<std::string> changes;
    if (now != before) changes.push_back("the diagnosis has changed to " + std::string(now));
    std::vector<std::string> uids;
    for (const Role role : {Role::locket, Role::bbs}) {
        for (const Pod& pod : judged.snapshot.pods_of(role)) uids.push_back(pod.uid);
    }
    std::vector<std::string> planned;
    for (const Deletion& deletion : healing_.plan->deletions()) planned.push_back(deletion.uid);
    std::sort(uids.begin(), uids.end());
    std::sort(planned.begin(), planned.end());
    if (uids != planned) changes.emplace_back("the pods are not those of the plan any more");
    if (changes.empty()) return Step::done;
    changes.emplace_back("nothing was changed; run it again");
    return finish(HealOutcome::refused, std::move(changes));
}

}  // namespace cfee
