// Pods, and what keeps them: plain values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

using TimePoint = std::chrono::system_clock::time_point;

/// What a pod is for. Other roles of Cloud Foundry do not concern us, even where they carry the same labels.
enum class Role {
    other,
    cloud_controller,
    bbs,
    locket,
    auctioneer,
    unjudged_bbs,  ///< of an edition whose names are not known: it is there, and no more is known of it
};

struct Container {
    std::string name;
    bool is_ready = false;
    int restarts = 0;
    std::string waiting;  ///< reason while it waits, e.g. CrashLoopBackOff
};

struct Owner {
    std::string kind;  ///< StatefulSet, ReplicaSet, ...
    std::string name;
    std::string uid;
};

/// The label that says which BBS is active, written by the pod's own readiness script.
enum class ActiveLabel { absent, passive, active };

struct Pod {
    std::string name;
    std::string uid;
    Role role = Role::other;
    std::string role_name;        ///< as the edition calls it: api-group, diego-api, ...
    std::string_view role_label;  ///< which label says so; empty: its name does, or its owner's
    std::string phase;            ///< Pending, Running, Succeeded, Failed, Unknown
    TimePoint created;
    std::optional<TimePoint> deleting;  ///< when it is to be gone: its deletion's time and the grace period
    ActiveLabel label = ActiveLabel::absent;
    bool says_ready = false;  ///< the pod's own condition Ready
    std::string unscheduled;  ///< why no node takes it; empty where one did
    std::vector<Container> containers;
    int wanted_containers = 0;
    std::optional<Owner> owner;  ///< its controller
    bool pulls_always = false;   ///< a container's image is pulled again at each start
    /// A proxy beside it takes each of its connections: that one opens proves nothing.
    bool is_in_mesh = false;
    std::string node;
    std::string address;

    [[nodiscard]] bool is_terminating() const { return deleting.has_value(); }
    /// Pods that have ended stay visible for a moment; they are nobody any more.
    [[nodiscard]] bool has_ended() const { return phase == "Succeeded" || phase == "Failed"; }
    /// All containers ready: never a literal 2/2, and never for a pod on its way out.
    [[nodiscard]] bool is_ready() const;
    [[nodiscard]] int ready_containers() const;
    [[nodiscard]] int restarts() const;
    /// The role's container, else the first one.
    [[nodiscard]] std::string main_container() const;
    /// Why it will not become ready by itself soon (CrashLoopBackOff, ImagePullBackOff, ...); else empty.
    [[nodiscard]] std::string hopeless() const;
    /// "2/2 Running", as kubectl prints it.
    [[nodiscard]] std::string summary() const;
};

/// A StatefulSet, Deployment or the like, as far as it says how many pods are wanted.
struct Controller {
    std::string name;
    std::string uid;
    int wanted = 0;
    bool is_deleting = false;
};

}  // namespace cfee
