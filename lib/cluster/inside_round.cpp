// Longer than others, with missing_auctioneer.cpp, because whom a round asks hangs on what the one before it said.
#include "lib/cluster/inside_round.hpp"

#include <algorithm>
#include <set>

#include "lib/cluster/read_inside.hpp"
#include "lib/cluster/read_probe.hpp"

namespace cfee {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// What kubectl and the cluster may need around a question that is bounded in the pod.
constexpr milliseconds exec_overhead = seconds{5};

bool is_of_diego(const Pod& pod) {
    return pod.role == Role::bbs || pod.role == Role::locket;
}

bool can_be_asked(const Pod& pod) {
    return !pod.has_ended() && !pod.node.empty();
}

}  // namespace

bool InsideRound::lacks(Role role) const {
    const auto& pods = snapshot_.pods.value();
    return std::none_of(pods.begin(), pods.end(), [role](const Pod& pod) { return pod.role == role; });
}

void InsideRound::run() {
    const bool is_ill = shows_need();
    ask(first_questions(is_ill));
    read_insides();
    if (any_serves()) return look_for_auctioneer();
    ask(further_questions(is_ill));
    read_insides();
}

std::vector<InsideRound::Question> InsideRound::first_questions(bool is_ill) const {
    std::vector<Question> questions;
    for (const Pod& pod : snapshot_.pods.value()) {
        if (pod.role == Role::cloud_controller && pod.is_ready())
            questions.push_back({&pod, &cloud_controller_script});
        if (pod.role == Role::bbs && can_be_asked(pod)) questions.push_back({&pod, &bbs_script});
        const bool may_run_locket =
            pod.role == Role::locket || (is_ill && pod.role == Role::bbs && lacks(Role::locket));
        if (may_run_locket && can_be_asked(pod)) questions.push_back({&pod, &locket_script});
        if (is_ill && is_of_diego(pod) && can_be_asked(pod)) questions.push_back({&pod, &stacks_script});
    }
    return questions;
}

// Nobody serves: what shows why.
std::vector<InsideRound::Question> InsideRound::further_questions(bool was_ill) {
    const bool is_bbs_gone = no_bbs_seems_to_run();
    std::vector<Question> questions;
    for (const Pod& pod : snapshot_.pods.value()) {
        const Inside* inside = snapshot_.inside_of(pod.name);
        // Who did not answer at all will not do so now.
        if (inside == nullptr || inside->trouble) continue;
        // The first round looked well, and it is not: what that did not seem to need is asked now.
        if (!was_ill && pod.role == Role::bbs && inside->runs_locket.value_or(false))
            questions.push_back({&pod, &locket_script});
        if (!was_ill) questions.push_back({&pod, &stacks_script});
        if (pod.role == Role::bbs && is_bbs_gone) questions.push_back({&pod, &supervision_script});
        if (const std::string jobs = jobs_in_doubt(pod, *inside); !jobs.empty())
            questions.push_back({&pod, &database_script, "jobs=" + jobs});
    }
    if (lockets_may_differ()) ask_each_locket(questions);
    return questions;
}

// Nobody is labelled active, or the service leads to nobody: then Locket's own side is needed too.
bool InsideRound::shows_need() const {
    const auto& pods = snapshot_.pods.value();
    const bool any_active = std::any_of(pods.begin(), pods.end(), [](const Pod& pod) {
        return pod.role == Role::bbs && pod.label == ActiveLabel::active && pod.is_ready();
    });
    if (!any_active || !snapshot_.services.is_known() || !snapshot_.endpoints.is_known()) return true;
    const std::string service = snapshot_.bbs_service();
    const auto& endpoints = snapshot_.endpoints.value();
    return std::none_of(endpoints.begin(), endpoints.end(), [&service](const Endpoints& one) {
        return one.service == service && !one.ready.empty();
    });
}

bool InsideRound::any_serves() const {
    return std::any_of(snapshot_.insides.begin(), snapshot_.insides.end(),
                       [](const Inside& inside) { return inside.ping == Ping::serving; });
}

// One that waits for its lock keeps 8889 closed too: its stacks tell, where they were asked already.
bool InsideRound::no_bbs_seems_to_run() const {
    bool any = false;
    for (const Pod& pod : snapshot_.pods.value()) {
        if (pod.role != Role::bbs || !can_be_asked(pod)) continue;
        const Inside* inside = snapshot_.inside_of(pod.name);
        if (inside == nullptr || inside->trouble || inside->ping != Ping::not_serving ||
            inside->bbs_stacks.is_known())
            return false;
        any = true;
    }
    return any;
}

const Database* InsideRound::answered_before(const std::string& pod, const std::string& job) const {
    const Inside* earlier = before_ == nullptr ? nullptr : before_->inside_of(pod);
    if (earlier == nullptr) return nullptr;
    for (const Database& database : earlier->databases) {
        const bool is_recent =
            database.answer_asked && snapshot_.started - *database.answer_asked < databases_rest;
        if (database.job == job && is_recent) return &database;
    }
    return nullptr;
}

std::string InsideRound::jobs_in_doubt(const Pod& pod, const Inside& inside) const {
    const auto is_closed = [&inside](std::string_view job) {
        return std::any_of(inside.databases.begin(), inside.databases.end(), [job](const Database& one) {
            return one.job == job && !one.connection.is_open();
        });
    };
    const bool runs_locket = pod.role == Role::locket || inside.runs_locket.value_or(false);
    std::string jobs;
    const auto add = [&](const std::string& job, bool is_in_doubt) {
        if (!is_in_doubt || is_closed(job) || answered_before(pod.name, job) != nullptr) return;
        jobs += (jobs.empty() ? "" : " ") + job;
    };
    add("bbs", pod.role == Role::bbs);
    add("locket", runs_locket && !snapshot_.lock_was_answered());
    return jobs;
}

void InsideRound::ask(const std::vector<Question>& questions) {
    if (questions.empty()) return;
    std::vector<Command> batch;
    std::set<const Pod*> pods;
    for (const Question& question : questions) {
        batch.push_back(command_for(question));
        pods.insert(question.pod);
    }
    if (options_.progress) options_.progress("asking " + std::to_string(pods.size()) + " pods from inside");
    std::vector<Outcome> outcomes = host_.run(batch);
    for (std::size_t index = 0; index < questions.size(); ++index) {
        const Pod& pod = *questions[index].pod;
        if (pod.role == Role::cloud_controller) {
            read_probe_of(pod, outcomes[index]);
        } else {
            answers_[pod.name].push_back({questions[index].script, std::move(outcomes[index])});
        }
    }
}

Command InsideRound::command_for(const Question& question) const {
    const Pod& pod = *question.pod;
    // In the pod, one second more than a probe may take; see connect() in in_pod/common.sh. Or two
    // questions, the second behind the first.
    const milliseconds outer =
        options_.probe_timeout + std::max<milliseconds>(options_.probe_timeout, seconds{1} + exec_overhead);
    const Edition& edition = snapshot_.edition();
    std::vector<std::string> arguments{"V=" + std::string(edition.bosh_folder),
                                       "limit=" + std::to_string(options_.probe_timeout.count())};
    if (question.script == &cloud_controller_script) {
        arguments.push_back("address=" + (options_.address.is_known() ? options_.address.text() : ""));
        arguments.push_back("fallback=" + fallback_address());
    } else if (question.script == &bbs_script) {
        arguments.push_back("fallback=" + locket_service());
        arguments.push_back("ping=" + std::string(edition.ping));
        arguments.emplace_back(rests() ? "locks=no" : "locks=yes");
    } else if (!question.asked_of.empty()) {
        arguments.push_back(question.asked_of);
    }
    return options_.kubectl.exec(pod.name, pod.main_container(), *question.script, std::move(arguments),
                                 outer);
}

// Where Locket has pods of its own, and the BBS's configuration does not say where to ask them.
std::string InsideRound::locket_service() const {
    const std::string service(snapshot_.edition().locket_service);
    return service.empty() ? "" : service + "." + snapshot_.name_space + ":" + std::to_string(locket_port);
}

bool InsideRound::rests() const {
    return before_ != nullptr && lockets_are_the_same() &&
           std::any_of(before_->insides.begin(), before_->insides.end(), [this](const Inside& inside) {
               return inside.locks == Locks::hangs && inside.locks_asked &&
                      snapshot_.started - *inside.locks_asked < locks_rest;
           });
}

// The service's name without the cluster's domain: the pod knows that, and its resolver completes it.
std::string InsideRound::fallback_address() const {
    const std::string service = snapshot_.bbs_service();
    return service.empty() ? "" : service + "." + snapshot_.name_space + ".svc:" + std::to_string(bbs_port);
}

void InsideRound::read_probe_of(const Pod& pod, const Outcome& outcome) {
    // The sentinels alone decide. A script that was cut off may still have left some of its answers.
    Probe probe = read_probe(pod.name, outcome.out);
    if (!probe.connection.was_asked() && !outcome.succeeded()) probe.trouble = trouble_of(outcome);
    snapshot_.probes.push_back(std::move(probe));
}

// Of each pod all that its scripts have said so far.
void InsideRound::read_insides() {
    snapshot_.insides.clear();
    for (const Pod& pod : snapshot_.pods.value()) {
        const auto found = answers_.find(pod.name);
        if (found == answers_.end()) continue;
        std::vector<ScriptAnswer> said;
        for (const auto& [script, outcome] : found->second) said.push_back({script->name, outcome.out});
        Inside inside = read_inside(pod.name, said);
        const Outcome& first = found->second.front().second;
        if (inside.trouble && !first.succeeded()) inside.trouble = trouble_of(first);
        inside.locks_asked = snapshot_.started;
        for (Database& database : inside.databases) {
            if (database.answer) database.answer_asked = snapshot_.started;
        }
        remember(inside);
        if (pod.role == Role::locket) read_locket_by_itself(pod, inside);
        snapshot_.insides.push_back(std::move(inside));
    }
}

// The way to Locket is open as before, and it was left in peace: its last answer counts. So does a database's.
void InsideRound::remember(Inside& inside) const {
    for (Database& database : inside.databases) {
        const Database* const earlier = answered_before(inside.pod, database.job);
        if (earlier == nullptr || database.answer) continue;
        database.answer = earlier->answer;
        database.answer_asked = earlier->answer_asked;
    }
    if (inside.locks != Locks::unasked || !rests()) return;
    const Inside* earlier = before_->inside_of(inside.pod);
    if (earlier == nullptr) return;
    inside.locks = earlier->locks;
    inside.lock_owner = earlier->lock_owner;
    inside.held_locks = earlier->held_locks;
    inside.locks_text = earlier->locks_text;
    inside.locks_asked = earlier->locks_asked;
}

}  // namespace cfee
