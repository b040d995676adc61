// kubectl's command lines, and what it means when one fails.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/cluster/scripts.hpp"
#include "lib/facts/answer.hpp"
#include "lib/world/host.hpp"

namespace cfee {

/// Which of a container's logs: its own, or that of the container before its last restart.
enum class LogOf { present, previous };

/// How to reach the cluster.
struct Kubectl {
    std::string program = "kubectl";        ///< path, or a name to be looked up in PATH
    std::vector<std::string> global_flags;  ///< as the user gave them: --context=..., --token=..., ...
    std::string name_space = "cf";
    /// The flags are a recording's: they find its answers, and nobody is told to type them.
    bool is_recorded = false;

    /// `kubectl get WHAT... -o json`, in the namespace. Flags that a user's kuberc could set are spelled out.
    [[nodiscard]] Command get(std::vector<std::string> what, std::chrono::milliseconds limit) const;
    /// `kubectl exec POD -c CONTAINER -- sh -c SCRIPT NAME VERSION ARGUMENTS...`; each argument as
    /// NAME=VALUE. The script must end by itself: ending kubectl does not end what it started in the pod.
    [[nodiscard]] Command exec(const std::string& pod, const std::string& container, const Script& script,
                               std::vector<std::string> arguments, std::chrono::milliseconds limit) const;
    /// `kubectl logs POD -c CONTAINER`, the last 2,000 lines, 2 MB at most.
    [[nodiscard]] Command logs(const std::string& pod, const std::string& container, LogOf which,
                               std::chrono::milliseconds limit) const;
    /// `kubectl config view --minify -o json`: which context, which server.
    [[nodiscard]] Command context(std::chrono::milliseconds limit) const;
    /// `kubectl version --client -o json`.
    [[nodiscard]] Command client_version(std::chrono::milliseconds limit) const;

    /// "-n cf --context=...": for commands that a person is told to type. Values of secret flags are hidden.
    [[nodiscard]] std::string flags_for_a_person() const;
    /// The same without the namespace, each after a blank.
    [[nodiscard]] std::string global_flags_for_a_person() const;

private:
    [[nodiscard]] Command command(std::vector<std::string> arguments, std::chrono::milliseconds limit) const;
};

/// Why a command is no answer. Only for outcomes that did not succeed.
[[nodiscard]] Trouble trouble_of(const Outcome& outcome);

}  // namespace cfee
