// No BBS runs, in no pod: its processes were killed an hour ago, and nobody starts them again.
#pragma once

#include <utility>

#include "tests/unit/runbook/hung.hpp"

namespace cfee {

inline Scene gone(Scene scene = Scene::stuck()) {
    const Connection refused{Reach::refused, "as told"};
    scene = databases_say(std::move(scene.locks(Locks::nobody)), DatabaseAnswer::Kind::accepts, "bbs");
    for (Inside& one : scene.snapshot.insides) {
        if (!one.bbs_port) continue;
        one.bbs_port = refused;
        one.bbs_stacks = {.state = Stacks::State::closed};
        one.supervision = {.monit = Supervision::Monit::watches,
                           .monit_text = "monit says of the BBS: Does not exist",
                           .bbs_runs = false,
                           .health_port = refused};
        one.bbs_log.last_written = look_time - an_hour;
    }
    // Whoever was killed has had no last word.
    scene.inside("diego-api-0").bbs_log.says_active = true;
    return scene;
}

}  // namespace cfee
