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

constexpr int refused_status = 4;

constexpr seconds between_looks{5};  // full looks, while waiting for a decision
constexpr seconds short_limit{10};   // for a single small request
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

void Healer::finish(HealOutcome outcome, int exit_status, std::vector<std::string> reasons) {
    journal_.clear();
    healing_.outcome = outcome;
    healing_.exit_status = exit_status;
    healing_.reasons = std::move(reasons);
    healing_.after = latest_;
}

bool Healer::time_is_up() const {
    return world_.host.now() >= deadline_;
}

Judged Healer::take_look() {
    Judged judged{.snapshot = look(world_.host, look_options_)};
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
    if (options_.dry_run != DryRun::none) {
        const Remedy remedy = first.judgement.diagnosis.remedy;
        if (remedy == Remedy::none) return finish(HealOutcome::healthy, 0, first.judgement.diagnosis.because);
        return plan_only(first, consider(first.snapshot, first.judgement, options_.force));
    }
    while (reach_a_decision()) {
        const Judged judged = *latest_;
        healing_.plan = plan_for(judged);
        if (!healing_.plan->refusals.empty())
            return finish(HealOutcome::refused, refused_status, healing_.plan->refusals);
        if (!obtain_consent(judged) || !save_evidence(judged) || !nothing_has_changed()) return;
        if (!dry_run_all()) {
            if (healing_.exit_status != 0) return;
            continue;  // somebody else was faster: look again
        }
        return act();
    }
}

bool Healer::reach_a_decision() {
    bool was_sure = false;  // a gap after that may be a passing one
    while (true) {
        const Judged judged = *latest_;
        const Diagnosis& diagnosis = judged.judgement.diagnosis;
        if (diagnosis.remedy == Remedy::none) {
            const bool was_ill = healing_.timeline.size() > 1;
            finish(was_ill ? HealOutcome::healed_by_itself : HealOutcome::healthy, 0, diagnosis.because);
            return false;
        }
        const Consideration consideration = consider(judged.snapshot, judged.judgement, options_.force);
        if (consideration.may_act) {
            for (const std::string& reason : consideration.reasons)
                journal_.note("forced, although " + reason);
            was_sure = true;
            if (keeps_failing()) return true;
        } else if (diagnosis.remedy != Remedy::wait && !(was_sure && diagnosis.id == "inconclusive")) {
            std::vector<std::string> reasons = diagnosis.because;
            if (!diagnosis.advice.empty()) reasons.emplace_back(diagnosis.advice);
            finish(HealOutcome::refused, refused_status, std::move(reasons));
            return false;
        }
        if (time_is_up()) {
            finish(HealOutcome::refused, refused_status,
                   {"the time was up before it was clear that a restart would help", "nothing was changed"});
            return false;
        }
        // After an unbroken run was broken, what broke it is judged first.
        if (consideration.may_act) continue;
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
    if (!consideration.may_act) return finish(HealOutcome::refused, refused_status, diagnosis.because);
    healing_.plan = plan_for(judged);
    if (!healing_.plan->refusals.empty())
        return finish(HealOutcome::refused, refused_status, healing_.plan->refusals);
    if (options_.dry_run == DryRun::server && !dry_run_all()) {
        if (healing_.exit_status == 0)
            finish(HealOutcome::refused, refused_status, {"the pods have changed since they were looked at"});
        return;
    }
    finish(HealOutcome::planned, 0, {"a dry run: nothing was changed"});
}

bool Healer::obtain_consent(const Judged& judged) {
    journal_.clear();
    const std::string where =
        "context " + (judged.snapshot.context.empty() ? "none" : judged.snapshot.context) + ", server " +
        (judged.snapshot.server.empty() ? "unknown" : judged.snapshot.server) + ", namespace " +
        judged.snapshot.name_space;
    if (!options_.digest.empty()) {
        if (options_.digest == healing_.plan->digest) return true;
        write_plan(console_.err, *healing_.plan, judged.snapshot, console_.err_style);
        finish(HealOutcome::refused, refused_status,
               {"the world has changed since that digest: the plan is another one now (" +
                healing_.plan->digest + ")"});
        return false;
    }
    write_plan(console_.err, *healing_.plan, judged.snapshot, console_.err_style);
    if (options_.is_agreed) return true;
    if (!options_.may_ask || !world_.prompt.can_ask()) {
        finish(HealOutcome::refused, refused_status,
               {"nobody was there to agree: say --yes, or --confirm=" + healing_.plan->digest});
        return false;
    }
    if (world_.prompt.ask("Delete these pods in " + where + "? [y/N] ")) return true;
    finish(HealOutcome::declined, refused_status, {"declined; nothing was changed"});
    return false;
}

bool Healer::save_evidence(const Judged& judged) {
    // Kept already, where a second plan became necessary.
    if (!options_.wants_evidence || !healing_.evidence.empty()) return true;
    const std::string path = options_.evidence.empty()
                                 ? evidence_path(options_.state_home, judged.snapshot, world_.host.now())
                                 : options_.evidence;
    try {
        journal_.wait_for("saving the evidence");
        collect_evidence(
            {world_.unrecorded, look_options_.kubectl, judged, world_.transcript, console_.tool_version},
            world_.folder, path);
    } catch (const FolderError& error) {
        finish(HealOutcome::refused, refused_status,
               {error.what(),
                "without evidence nothing is deleted; name another directory with --evidence, or say "
                "--no-evidence"});
        return false;
    }
    healing_.evidence = path;
    journal_.note("evidence saved in " + path);
    return true;
}

bool Healer::nothing_has_changed() {
    const Plan& plan = *healing_.plan;
    const std::string_view before = latest_->judgement.diagnosis.id;
    const Judged judged = take_look();
    std::vector<std::string> changes;
    if (judged.judgement.diagnosis.id != before) {
        changes.push_back("the diagnosis has changed to " + std::string(judged.judgement.diagnosis.id));
    }
    std::vector<std::string> uids;
    for (const Role role : {Role::locket, Role::bbs}) {
        for (const Pod& pod : judged.snapshot.pods_of(role)) uids.push_back(pod.uid);
    }
    std::vector<std::string> planned;
    for (const Deletion& deletion : plan.deletions()) planned.push_back(deletion.uid);
    std::sort(uids.begin(), uids.end());
    std::sort(planned.begin(), planned.end());
    if (uids != planned) changes.emplace_back("the pods are not those of the plan any more");
    if (changes.empty()) return true;
    changes.emplace_back("nothing was changed; run it again");
    finish(HealOutcome::refused, refused_status, std::move(changes));
    return false;
}

}  // namespace cfee
