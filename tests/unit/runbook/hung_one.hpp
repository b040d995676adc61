// One Locket of two that hangs, in pods of their own.
#pragma once

#include <string_view>
#include <utility>

#include "tests/unit/runbook/hung.hpp"

namespace cfee {

/// What makes another thing of it, and what that is, where that matters.
struct Change {
    std::string_view name;
    void (*apply)(Scene&);
    std::string_view id = {};
};

inline constexpr const char* address_of_locket_0 = "10.244.0.7";

/// Both BBS wait at locket-0, which hangs; the other one has let the row of the lock expire.
inline Scene one_hung_for_all(void (*change)(Scene&) = nullptr) {
    Scene scene = Scene::stuck();
    scene.with_own_lockets().locks(Locks::nobody);
    scene.snapshot.controllers.value().back().uid = "s-0";
    scene = hung(std::move(scene));
    scene.pod("locket-0").address = address_of_locket_0;
    scene.pod("locket-1").address = "10.244.0.8";
    for (const char* bbs : {"diego-api-0", "diego-api-1"})
        scene.inside(bbs).locket_peer = address_of_locket_0;
    scene.inside("locket-1").locket_stacks.waiting_for_database.clear();
    if (change != nullptr) change(scene);
    return scene;
}

inline const std::vector<HeldLock> lock_of_the_bbs{HeldLock{"bbs", "diego-api-0"}};
inline const std::vector<HeldLock> both_locks{HeldLock{"bbs", "diego-api-0"},
                                              HeldLock{"auctioneer", "diego-brain-0"}};

/// diego-api-0 serves by locket-1; locket-0 hangs, and the auctioneer waits there.
inline Scene one_hung_for_auctioneer(void (*change)(Scene&) = nullptr) {
    Scene scene = Scene::healthy();
    scene.with_own_lockets();
    scene.snapshot.controllers.value().back().uid = "s-0";
    for (Inside& one : scene.snapshot.insides) {
        one.locks_asked = look_time;
        one.held_locks = lock_of_the_bbs;
        one.bbs_stacks =
            one.locket_stacks = {.state = Stacks::State::known, .total = 41, .processes = {"7:4711"}};
    }
    Inside& well = scene.inside("locket-1");
    well.locks = Locks::owner;
    well.lock_owner = "diego-api-0";
    Inside& hung = scene.inside("locket-0");
    hung.locks = Locks::hangs;
    hung.held_locks.reset();
    hung.locket_stacks.waiting_for_database = {1098, 1099};
    Auctioneer auctioneer{
        .stacks = well.locket_stacks, .clock = look_time, .asked_for_lock = look_time - an_hour};
    auctioneer.pod = scene.pod("diego-api-0");
    auctioneer.pod.name = "diego-brain-0";
    auctioneer.pod.role = Role::auctioneer;
    auctioneer.stacks.waiting_for_locket = {58};
    scene.snapshot.auctioneers = std::vector<Auctioneer>{auctioneer};
    if (change != nullptr) change(scene);
    return scene;
}

inline Auctioneer& the_auctioneer(Scene& scene) {
    return scene.snapshot.auctioneers.value().front();
}

}  // namespace cfee
