#include "lib/cluster/look.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "lib/cluster/parse.hpp"
#include "lib/cluster/scripts.hpp"

namespace cfee {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds get_limit = seconds{30};
// kubectl needs 17 to 33 s to print 10,000 pods.
constexpr milliseconds whole_namespace_limit = seconds{60};
// What kubectl and the cluster may need around a question that is bounded in the pod.
constexpr milliseconds exec_overhead = seconds{5};

void tell(const LookOptions& options, std::string_view what) {
    if (options.progress) options.progress(what);
}

class Looker {
public:
    Looker(Host& host, const LookOptions& options, Snapshot snapshot, const Snapshot* before)
        : host_(host), options_(options), snapshot_(std::move(snapshot)), before_(before) {}

    Snapshot first_round() {
        snapshot_.started = host_.now();
        snapshot_.name_space = options_.kubectl.name_space;
        snapshot_.flags = options_.kubectl.flags_for_a_person();
        ask_for_objects();
        snapshot_.ended = host_.now();
        return std::move(snapshot_);
    }

    Snapshot the_rest() {
        ask_again();
        if (snapshot_.pods.is_known()) {
            ask_pods();
            snapshot_.edition = edition_of(snapshot_.pods.value(), controllers(), snapshot_.locket_place());
        }
        snapshot_.ended = host_.now();
        return std::move(snapshot_);
    }

private:
    void ask_for_objects() {
        const std::array batch{
            options_.kubectl.get({"pods", "-l", role_selector()}, get_limit),
            options_.kubectl.get({"services,endpoints,statefulsets"}, get_limit),
            options_.kubectl.context(get_limit),
        };
        const std::vector<Outcome> outcomes = host_.run(batch);
        read_pods(outcomes[0]);
        read_objects(outcomes[1]);
        if (outcomes[2].succeeded()) {
            if (const auto context = parse_context(outcomes[2].out); context.is_known()) {
                snapshot_.context = context.value().name;
                snapshot_.server = context.value().server;
            }
        }
    }

    void read_pods(const Outcome& outcome) {
        if (outcome.succeeded()) {
            snapshot_.pods = parse_pods(outcome.out);
        } else {
            snapshot_.pods = trouble_of(outcome);
        }
    }

    // One answer for three kinds; where it is refused, nothing is known of any of them yet.
    void read_objects(const Outcome& outcome) {
        const Answer<Objects> objects =
            outcome.succeeded() ? parse_objects(outcome.out) : Answer<Objects>{trouble_of(outcome)};
        if (objects.is_known()) {
            snapshot_.services = objects.value().services;
            snapshot_.endpoints = objects.value().endpoints;
            snapshot_.controllers = objects.value().controllers;
        } else {
            snapshot_.services = objects.trouble();
            snapshot_.endpoints = objects.trouble();
            snapshot_.controllers = objects.trouble();
        }
    }

    [[nodiscard]] bool lacks(Role role) const {
        const auto& pods = snapshot_.pods.value();
        return std::none_of(pods.begin(), pods.end(), [role](const Pod& pod) { return pod.role == role; });
    }

    // What the first round could not tell: unlabelled pods, and the kinds that the user may list where one of
    // the three is refused.
    void ask_again() {
        const bool is_sparse =
            snapshot_.pods.is_known() && (lacks(Role::cloud_controller) || lacks(Role::bbs));
        const bool is_refused =
            !snapshot_.services.is_known() && snapshot_.services.trouble().kind == Trouble::Kind::forbidden;
        std::vector<Command> batch;
        if (is_sparse) {
            tell(options_, "asking for all pods of the namespace");
            batch.push_back(options_.kubectl.get({"pods"}, whole_namespace_limit));
            batch.push_back(options_.kubectl.get({"namespace", snapshot_.name_space}, get_limit));
        }
        if (is_refused) {
            for (const char* kind : {"services", "endpoints", "statefulsets"})
                batch.push_back(options_.kubectl.get({kind}, get_limit));
        }
        if (batch.empty()) return;
        const std::vector<Outcome> outcomes = host_.run(batch);
        std::size_t next = 0;
        if (is_sparse) {
            read_pods(outcomes[next++]);
            const Outcome& name_space = outcomes[next++];
            snapshot_.namespace_is_missing =
                !name_space.succeeded() && trouble_of(name_space).kind == Trouble::Kind::not_found;
        }
        if (is_refused) {
            read_one_kind(outcomes[next++], snapshot_.services, &Objects::services);
            read_one_kind(outcomes[next++], snapshot_.endpoints, &Objects::endpoints);
            read_one_kind(outcomes[next++], snapshot_.controllers, &Objects::controllers);
        }
    }

    template <class Value>
    static void read_one_kind(const Outcome& outcome, Answer<std::vector<Value>>& answer,
                              std::vector<Value> Objects::*kind) {
        if (!outcome.succeeded()) {
            answer = trouble_of(outcome);
        } else if (const auto objects = parse_objects(outcome.out); objects.is_known()) {
            answer = objects.value().*kind;
        } else {
            answer = objects.trouble();
        }
    }

    /// A script to be put to a pod.
    struct Question {
        const Pod* pod;
        const Script* script;
    };

    void ask_pods() {
        const bool is_ill = shows_need();
        std::vector<Question> questions;
        for (const Pod& pod : snapshot_.pods.value()) {
            if (pod.role == Role::cloud_controller && pod.is_ready())
                questions.push_back({&pod, &cloud_controller_script});
            if (pod.role == Role::bbs && can_be_asked(pod)) questions.push_back({&pod, &bbs_script});
            const bool may_run_locket = pod.role == Role::locket || (is_ill && lacks(Role::locket));
            if (may_run_locket && pod.role != Role::cloud_controller && can_be_asked(pod))
                questions.push_back({&pod, &locket_script});
        }
        ask(questions);
        read_insides();
        // The first round looked well, and it is not: what that did not seem to need is asked now.
        if (is_ill || any_serves()) return;
        questions.clear();
        for (const Pod& pod : snapshot_.pods.value()) {
            const Inside* inside = snapshot_.inside_of(pod.name);
            if (pod.role == Role::bbs && inside != nullptr && inside->runs_locket.value_or(false))
                questions.push_back({&pod, &locket_script});
        }
        ask(questions);
        read_insides();
    }

    static bool can_be_asked(const Pod& pod) { return !pod.has_ended() && !pod.node.empty(); }

    // Nobody is labelled active, or the service leads to nobody: then Locket's own side is needed too.
    [[nodiscard]] bool shows_need() const {
        const auto& pods = snapshot_.pods.value();
        const bool any_active = std::any_of(pods.begin(), pods.end(), [](const Pod& pod) {
            return pod.role == Role::bbs && pod.label == ActiveLabel::active && pod.is_ready();
        });
        if (!any_active || !snapshot_.services.is_known() || !snapshot_.endpoints.is_known()) return true;
        const std::string service = bbs_service(snapshot_.services.value());
        const auto& endpoints = snapshot_.endpoints.value();
        return std::none_of(endpoints.begin(), endpoints.end(), [&service](const Endpoints& one) {
            return one.service == service && !one.ready.empty();
        });
    }

    [[nodiscard]] bool any_serves() const {
        return std::any_of(snapshot_.insides.begin(), snapshot_.insides.end(),
                           [](const Inside& inside) { return inside.ping == Ping::serving; });
    }

    void ask(const std::vector<Question>& questions) {
        if (questions.empty()) return;
        std::vector<Command> batch;
        std::set<const Pod*> pods;
        for (const Question& question : questions) {
            batch.push_back(command_for(question));
            pods.insert(question.pod);
        }
        tell(options_, "asking " + std::to_string(pods.size()) + " pods from inside");
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

    [[nodiscard]] Command command_for(const Question& question) const {
        const Pod& pod = *question.pod;
        const std::string limit = "limit=" + std::to_string(options_.probe_timeout.count());
        // In the pod, one second more than a probe may take; see connect() in in_pod/common.sh. Or two
        // questions, the second behind the first.
        const milliseconds outer = options_.probe_timeout +
                                   std::max<milliseconds>(options_.probe_timeout, seconds{1} + exec_overhead);
        const auto exec = [&](std::vector<std::string> arguments, milliseconds time) {
            return options_.kubectl.exec(pod.name, pod.main_container(), *question.script,
                                         std::move(arguments), time);
        };
        if (question.script == &cloud_controller_script) {
            const std::string given = options_.address.is_known() ? options_.address.text() : "";
            return exec({limit, "address=" + given, "fallback=" + fallback_address()}, outer);
        }
        if (question.script == &locket_script) return exec({limit}, outer);
        // Locket is asked behind the connection to it.
        return exec({limit, "fallback=" + locket_service(), std::string("locks=") + (rests() ? "no" : "yes")},
                    outer);
    }

    // Where Locket has pods of its own, and the BBS's configuration does not say where to ask them.
    [[nodiscard]] std::string locket_service() const {
        const Edition edition = edition_of(snapshot_.pods.value(), controllers(), snapshot_.locket_place());
        if (edition.locket_service.empty()) return "";
        return std::string(edition.locket_service) + "." + snapshot_.name_space + ":" +
               std::to_string(locket_port);
    }

    [[nodiscard]] std::span<const Controller> controllers() const {
        if (!snapshot_.controllers.is_known()) return {};
        return snapshot_.controllers.value();
    }

    /// Did Locket hang in the look before, a moment ago?
    [[nodiscard]] bool rests() const {
        return before_ != nullptr &&
               std::any_of(before_->insides.begin(), before_->insides.end(), [this](const Inside& inside) {
                   return inside.locks == Locks::hangs && inside.locks_asked &&
                          snapshot_.started - *inside.locks_asked < locks_rest;
               });
    }

    // The service's name without the cluster's domain: the pod knows that, and its resolver completes it.
    [[nodiscard]] std::string fallback_address() const {
        if (!snapshot_.services.is_known()) return "";
        const std::string service = bbs_service(snapshot_.services.value());
        return service.empty() ? ""
                               : service + "." + snapshot_.name_space + ".svc:" + std::to_string(bbs_port);
    }

    void read_probe_of(const Pod& pod, const Outcome& outcome) {
        // The sentinels alone decide. A script that was cut off may still have left some of its answers.
        Probe probe = read_probe(pod.name, outcome.out);
        if (!probe.connection.was_asked() && !outcome.succeeded()) probe.trouble = trouble_of(outcome);
        snapshot_.probes.push_back(std::move(probe));
    }

    // Of each pod all that its scripts have said so far.
    void read_insides() {
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
            if (inside.locks == Locks::unasked && rests()) remember(inside);
            snapshot_.insides.push_back(std::move(inside));
        }
    }

    // The way to Locket is open as before, and it was left in peace: its last answer counts.
    void remember(Inside& inside) const {
        const Inside* earlier = before_->inside_of(inside.pod);
        if (earlier == nullptr) return;
        inside.locks = earlier->locks;
        inside.lock_owner = earlier->lock_owner;
        inside.locks_text = earlier->locks_text;
        inside.locks_asked = earlier->locks_asked;
    }

    Host& host_;
    const LookOptions& options_;
    Snapshot snapshot_;
    const Snapshot* before_;
    /// By pod: what its scripts printed, in the order in which they were put.
    std::map<std::string, std::vector<std::pair<const Script*, Outcome>>> answers_;
};

}  // namespace

// In a transcript a glance is a look that never ended.
Snapshot glance(Host& host, const LookOptions& options) {
    host.look_begins();
    return Looker(host, options, {}, nullptr).first_round();
}

Snapshot look_on(Host& host, const LookOptions& options, Snapshot glanced, const Snapshot* before) {
    Snapshot snapshot = Looker(host, options, std::move(glanced), before).the_rest();
    host.look_ends();
    return snapshot;
}

Snapshot look(Host& host, const LookOptions& options, const Snapshot* before) {
    tell(options, "asking the cluster for pods and services");
    return look_on(host, options, glance(host, options), before);
}

}  // namespace cfee
