// Clusters for tests: one that is well or one that is stuck, changed fact by fact until it is the one meant.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "lib/facts/snapshot.hpp"

namespace cfee {

inline constexpr std::chrono::seconds an_hour{3600};
/// When the look began.
inline const TimePoint look_time{std::chrono::seconds{1795341600}};

struct Scene {
    Snapshot snapshot;

    /// CFEE 2: two Cloud Controller pods, two BBS pods with Locket inside, diego-api-0 active.
    static Scene healthy() {
        Scene scene;
        Snapshot& snapshot = scene.snapshot;
        snapshot.started = look_time;
        snapshot.ended = look_time + std::chrono::seconds{1};
        snapshot.name_space = "cf";
        snapshot.flags = "-n cf";
        snapshot.context = "prod";
        snapshot.pods = std::vector<Pod>{};
        snapshot.services = std::vector<Service>{{.name = "diego-api-bbs", .selects_active = true},
                                                 {.name = "diego-api-set"}};
        snapshot.endpoints = std::vector<Endpoints>{{.service = "diego-api-bbs"}};
        snapshot.controllers = std::vector<Controller>{{.name = "diego-api", .uid = "s-0", .wanted = 2}};
        for (const char* name : {"api-0", "api-1"}) scene.add_cloud_controller(name);
        for (const char* name : {"diego-api-0", "diego-api-1"}) scene.add_bbs(name);
        scene.nc(Reach::connected).make_active("diego-api-0");
        return scene;
    }

    /// The runbook's case: Locket hangs, no BBS has the lock.
    static Scene stuck() {
        Scene scene = healthy();
        scene.nobody_serves().nc(Reach::refused).locks(Locks::hangs);
        return scene;
    }

    Scene& add_cloud_controller(const std::string& name) {
        snapshot.pods.value().push_back(ready_pod(name, "api", Role::cloud_controller));
        snapshot.probes.push_back({.pod = name, .address = {"diego-api-bbs.cf.svc.cluster.local", 8889}});
        return *this;
    }
    Scene& add_bbs(const std::string& name) {
        Pod pod = ready_pod(name, "diego-api", Role::bbs);
        pod.label = ActiveLabel::passive;
        snapshot.pods.value().push_back(std::move(pod));
        snapshot.insides.push_back({
            .pod = name,
            .is_complete = true,
            .clock = look_time,
            .ping = Ping::not_serving,
            .ping_text = "curl: (7) refused",
            .locks_asked = look_time,
            .runs_locket = true,
            .locket_address = {"127.0.0.1", 8891},
            .locket = open(),
            .bbs_port = open(),
            .locket_port = open(),
            .databases = {{"bbs", {"db", 5432}, open()}, {"locket", {"db", 5432}, open()}},
            .bbs_log = {.is_known = true, .last_event = look_time - an_hour},
            .locket_log = {.is_known = true},
        });
        return *this;
    }
    /// So many seconds ago, each.
    Scene& lost(const std::string& pod, std::initializer_list<int> ages) {
        for (const int age : ages)
            inside(pod).bbs_log.losses.push_back(look_time - std::chrono::seconds{age});
        return *this;
    }
    Scene& add_locket(const std::string& name, const std::string& role = "locket") {
        snapshot.pods.value().push_back(ready_pod(name, role, Role::locket));
        snapshot.insides.push_back({.pod = name,
                                    .is_complete = true,
                                    .clock = look_time,
                                    .ping = Ping::absent,
                                    .locks = Locks::absent,
                                    .locket_port = open(),
                                    .databases = {{"locket", {"db", 5432}, open()}}});
        return *this;
    }
    /// Locket in pods of its own: none inside the BBS pods.
    Scene& with_own_lockets() { return with_locket_apart().add_locket("locket-0").add_locket("locket-1"); }
    /// The same, and those pods are not there.
    Scene& with_locket_apart() {
        for (Inside& one : snapshot.insides) {
            one.locket_port.reset();
            one.runs_locket = false;
            one.locket_address = {"locket-locket.cf", 8891};
        }
        snapshot.controllers.value().push_back({.name = "locket", .uid = "s-1", .wanted = 2});
        return *this;
    }
    /// From every BBS pod to the Locket that it asks.
    Scene& way_to_locket(Reach reach) {
        for (Inside& one : snapshot.insides) {
            if (one.locket) one.locket = Connection{reach, "as told"};
        }
        return locks(reach == Reach::connected ? Locks::hangs : Locks::no_locket);
    }
    /// Where it runs.
    Scene& locket_port(Reach reach) {
        for (Inside& one : snapshot.insides) {
            if (one.locket_port) one.locket_port = Connection{reach, "as told"};
        }
        return *this;
    }
    Scene& without(const std::string& name) {
        auto& pods = snapshot.pods.value();
        pods.erase(std::remove_if(pods.begin(), pods.end(), [&](const Pod& one) { return one.name == name; }),
                   pods.end());
        std::erase_if(snapshot.insides, [&](const Inside& one) { return one.pod == name; });
        std::erase_if(snapshot.probes, [&](const Probe& one) { return one.pod == name; });
        return *this;
    }

    Pod& pod(const std::string& name) {
        for (Pod& one : snapshot.pods.value()) {
            if (one.name == name) return one;
        }
        throw std::out_of_range("no pod " + name);
    }
    Inside& inside(const std::string& name) {
        for (Inside& one : snapshot.insides) {
            if (one.pod == name) return one;
        }
        throw std::out_of_range("nothing was asked of " + name);
    }

    Scene& make_active(const std::string& name) {
        for (Inside& one : snapshot.insides) {
            one.bbs_log.says_active = one.pod == name;
            if (one.ping == Ping::serving) one.ping = Ping::not_serving;
        }
        inside(name).ping = Ping::serving;
        return locks(Locks::owner, name).label_only(name).endpoint(name);
    }
    Scene& nobody_serves() {
        for (Inside& one : snapshot.insides) {
            one.bbs_log.says_active = false;
            if (one.ping == Ping::serving) one.ping = Ping::not_serving;
        }
        return label_only("").endpoint("");
    }
    /// Empty: none.
    Scene& label_only(const std::string& name) {
        for (Pod& one : snapshot.pods.value()) {
            if (one.role == Role::bbs)
                one.label = one.name == name ? ActiveLabel::active : ActiveLabel::passive;
        }
        return *this;
    }
    /// Empty: none.
    Scene& endpoint(const std::string& name) {
        auto& ready = snapshot.endpoints.value().front().ready;
        ready.clear();
        if (!name.empty()) ready.push_back(name);
        return *this;
    }
    Scene& nc(Reach reach) {
        for (Probe& probe : snapshot.probes) nc(probe, reach);
        return *this;
    }
    Scene& nc(const std::string& name, Reach reach) {
        for (Probe& probe : snapshot.probes) {
            if (probe.pod == name) nc(probe, reach);
        }
        return *this;
    }
    Scene& locks(Locks locks, const std::string& owner = "") {
        for (Inside& one : snapshot.insides) {
            if (one.locks == Locks::absent) continue;
            one.locks = locks;
            one.lock_owner = owner;
        }
        return *this;
    }
    Scene& database(Reach reach) {
        for (Inside& one : snapshot.insides) {
            for (Database& database : one.databases) database.connection = {reach, "as told"};
        }
        return *this;
    }
    /// Every BBS's log had its last word about the lock so long ago.
    Scene& lock_moved(std::chrono::seconds ago) {
        for (Inside& one : snapshot.insides) {
            if (one.bbs_log.is_known) one.bbs_log.last_event = look_time - ago;
        }
        return *this;
    }
    Scene& unlabelled() {
        for (Pod& one : snapshot.pods.value()) one.label = ActiveLabel::absent;
        for (Service& service : snapshot.services.value()) service.selects_active = false;
        return *this;
    }
    /// The exec failed.
    Scene& mute(const std::string& name, Trouble::Kind kind = Trouble::Kind::time_limit) {
        inside(name) = Inside{.pod = name, .trouble = Trouble{kind, "no answer within our own limit"}};
        return *this;
    }
    Scene& crash(const std::string& name) {
        Pod& one = pod(name);
        one.says_ready = false;
        one.containers[0] = {.name = one.role_name, .restarts = 9, .waiting = "CrashLoopBackOff"};
        return *this;
    }
    Scene& unready(const std::string& name) {
        pod(name).says_ready = false;
        pod(name).containers[0].is_ready = false;
        return *this;
    }
    Scene& created(const std::string& name, std::chrono::seconds ago) {
        pod(name).created = look_time - ago;
        return *this;
    }
    Scene& terminate(const std::string& name) {
        pod(name).deleting = look_time - std::chrono::seconds{5};
        return *this;
    }

    /// Its node died while it was being deleted, or before.
    Scene& lose(const std::string& name) {
        pod(name).deleting = look_time - std::chrono::seconds{121};
        return mute(name, Trouble::Kind::unreachable);
    }

    static Connection open() { return {Reach::connected, "succeeded!"}; }

private:
    static Pod ready_pod(const std::string& name, const std::string& role_name, Role role) {
        return {.name = name,
                .uid = "u-" + name,
                .role = role,
                .role_name = role_name,
                .phase = "Running",
                .created = look_time - an_hour,
                .says_ready = true,
                .containers = {{.name = role_name, .is_ready = true},
                               {.name = "loggregator-agent", .is_ready = true}},
                .wanted_containers = 2,
                .owner = Owner{"StatefulSet", role_name, "s-0"},
                .node = "node-1"};
    }
    static void nc(Probe& probe, Reach reach) {
        probe.connection = {reach, reach == Reach::could_not_ask ? "" : "nc: as told"};
        probe.trouble =
            reach == Reach::could_not_ask ? Trouble{Trouble::Kind::forbidden, "no right to exec"} : Trouble{};
    }
};

}  // namespace cfee
