// What more a look tells that shows need: databases in their own language, and stacks.
#pragma once

#include <string>
#include <utility>

#include "tests/unit/runbook/builder.hpp"

namespace cfee {

/// Every database of this job, asked in this look; of all jobs where none is named.
inline Scene databases_say(Scene scene, DatabaseAnswer::Kind kind, const std::string& job = "") {
    for (Inside& one : scene.snapshot.insides) {
        for (Database& database : one.databases) {
            if (!job.empty() && database.job != job) continue;
            database.answer = DatabaseAnswer{kind, "as told"};
            database.answer_asked = scene.snapshot.started;
        }
    }
    return scene;
}

inline Scene in_mesh(Scene scene) {
    for (Pod& pod : scene.snapshot.pods.value()) pod.is_in_mesh = true;
    return scene;
}

/// Every BBS waits for a Locket that waits for its database, which answers: all that proves a hang, but a
/// second look.
inline Scene hung(Scene scene) {
    scene = databases_say(std::move(scene), DatabaseAnswer::Kind::accepts);
    for (Inside& one : scene.snapshot.insides) {
        if (one.bbs_port) {
            one.bbs_stacks = {.state = Stacks::State::known,
                              .total = 41,
                              .processes = {"7:4711"},
                              .waiting_for_locket = {58}};
            one.bbs_log.client_word = LockLog::ClientWord::asks;
            one.bbs_log.asked_since = one.bbs_log.last_event;
        }
        if (one.locket_port)
            one.locket_stacks = {.state = Stacks::State::known,
                                 .total = 71,
                                 .processes = {"8:4712"},
                                 .waiting_for_database = {1098, 1099}};
    }
    return scene;
}

/// The same, but that those requests wait for a query: a table is locked.
inline Scene blocked(Scene scene) {
    scene = hung(std::move(scene));
    for (Inside& one : scene.snapshot.insides) {
        if (!one.locket_port) continue;
        one.locket_stacks.waiting_for_database.clear();
        one.locket_stacks.outside = 6;
    }
    return scene;
}

}  // namespace cfee
