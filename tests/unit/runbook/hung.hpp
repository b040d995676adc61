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

}  // namespace cfee
