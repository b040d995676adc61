// One Locket of two that hangs, in pods of their own.
#pragma once

#include <utility>

#include "tests/unit/runbook/hung.hpp"

namespace cfee {

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

}  // namespace cfee
