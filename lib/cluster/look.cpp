#include "lib/cluster/look.hpp"

#include <algorithm>
#include <array>

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
    Looker(Host& host, const LookOptions& options, Snapshot snapshot)
        : host_(host), options_(options), snapshot_(std::move(snapshot)) {}

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
            snapshot_.edition = edition_of(snapshot_.pods.value());
            ask_pods();
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

    void ask_pods() {
        const std::vector<Pod>& pods = snapshot_.pods.value();
        std::vector<const Pod*> asked;
        std::vector<Command> batch;
        for (const Pod& pod : pods) {
            const bool is_asked =
                pod.role == Role::cloud_controller ? pod.is_ready() : !pod.has_ended() && !pod.node.empty();
            if (!is_asked) continue;
            asked.push_back(&pod);
            batch.push_back(question_for(pod));
        }
        if (batch.empty()) return;
        tell(options_, "asking " + std::to_string(batch.size()) + " pods from inside");
        const std::vector<Outcome> outcomes = host_.run(batch);
        for (std::size_t index = 0; index < asked.size(); ++index)
            read_answer(*asked[index], outcomes[index]);
    }

    [[nodiscard]] Command question_for(const Pod& pod) const {
        const std::string timeout = std::to_string(options_.probe_timeout.count());
        // In the pod, one second more than a probe may take; see connect() in in_pod/common.sh.
        const milliseconds limit = options_.probe_timeout + seconds{1} + exec_overhead;
        if (pod.role != Role::cloud_controller)
            return options_.kubectl.exec(pod.name, pod.main_container(), diego_script, {timeout}, limit);
        const std::string given = options_.address.is_known() ? options_.address.text() : "";
        return options_.kubectl.exec(pod.name, pod.main_container(), cloud_controller_script,
                                     {timeout, given, fallback_address()}, limit);
    }

    // The service's name without the cluster's domain: the pod knows that, and its resolver completes it.
    [[nodiscard]] std::string fallback_address() const {
        if (!snapshot_.services.is_known()) return "";
        const std::string service = bbs_service(snapshot_.services.value());
        return service.empty() ? ""
                               : service + "." + snapshot_.name_space + ".svc:" + std::to_string(bbs_port);
    }

    void read_answer(const Pod& pod, const Outcome& outcome) {
        // The sentinels alone decide. A script that was cut off may still have left some of its answers.
        if (pod.role == Role::cloud_controller) {
            Probe probe = read_probe(pod.name, outcome.out);
            if (!probe.connection.was_asked() && !outcome.succeeded()) probe.trouble = trouble_of(outcome);
            snapshot_.probes.push_back(std::move(probe));
        } else {
            Inside inside = read_inside(pod.name, outcome.out);
            if (inside.trouble && !outcome.succeeded()) inside.trouble = trouble_of(outcome);
            snapshot_.insides.push_back(std::move(inside));
        }
    }

    Host& host_;
    const LookOptions& options_;
    Snapshot snapshot_;
};

}  // namespace

// In a transcript a glance is a look that never ended.
Snapshot glance(Host& host, const LookOptions& options) {
    host.look_begins();
    return Looker(host, options, {}).first_round();
}

Snapshot look_on(Host& host, const LookOptions& options, Snapshot glanced) {
    Snapshot snapshot = Looker(host, options, std::move(glanced)).the_rest();
    host.look_ends();
    return snapshot;
}

Snapshot look(Host& host, const LookOptions& options) {
    tell(options, "asking the cluster for pods and services");
    return look_on(host, options, glance(host, options));
}

}  // namespace cfee
