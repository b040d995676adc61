#include "lib/cluster/look.hpp"

#include <algorithm>
#include <array>

#include "lib/cluster/inside_round.hpp"
#include "lib/cluster/parse.hpp"

namespace cfee {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds get_limit = seconds{30};
// kubectl needs 17 to 33 s to print 10,000 pods.
constexpr milliseconds whole_namespace_limit = seconds{60};

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
        if (snapshot_.pods.is_known()) InsideRound(host_, options_, snapshot_, before_).run();
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

    Host& host_;
    const LookOptions& options_;
    Snapshot snapshot_;
    const Snapshot* before_;
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
