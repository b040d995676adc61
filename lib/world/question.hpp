// What a command asks, apart from how it is put: by this a replay finds its answer.
#pragma once

#include <string>
#include <vector>

namespace cfee {

/// Commands with the same question may answer for each other. A script of ours in a pod (`kubectl exec ... --
/// sh -c TEXT cfee-NAME VERSION ARGUMENT=VALUE...`) asks by namespace, pod, container, name and the arguments
/// that change the question: neither its text and version, nor limits, nor what it falls back on. Any other
/// command asks by all of its words and its input.
[[nodiscard]] std::string question_of(const std::vector<std::string>& argv, const std::string& input);

/// A question whose answer only adds to what a look finds: a recording without it lacks nothing.
[[nodiscard]] bool only_adds(const std::vector<std::string>& argv);

/// The version of the script of ours that this command sends; empty where it sends none.
[[nodiscard]] std::string script_version_of(const std::vector<std::string>& argv);

}  // namespace cfee
