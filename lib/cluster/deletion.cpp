#include "lib/cluster/deletion.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/cluster/shell.hpp"
#include "lib/cluster/timestamp.hpp"

namespace cfee {

namespace {

using Kind = DeletionResult::Kind;
using nlohmann::ordered_json;

std::string path_of(const Kubectl& kubectl, const std::string& pod) {
    return "/api/v1/namespaces/" + kubectl.name_space + "/pods/" + pod;
}

enum class Mode { real, dry_run };

std::string body(const std::string& uid, Mode mode) {
    ordered_json options{{"kind", "DeleteOptions"}, {"apiVersion", "v1"}, {"preconditions", {{"uid", uid}}}};
    if (mode == Mode::dry_run) options["dryRun"] = {"All"};
    return options.dump();
}

// The answer is the pod as it is now; its deletionTimestamp is when the grace period ends.
std::optional<TimePoint> time_asked(const nlohmann::json& pod) {
    if (!pod.contains("metadata") || !pod["metadata"].is_object()) return std::nullopt;
    const nlohmann::json& metadata = pod["metadata"];
    const auto stamp = metadata.find("deletionTimestamp");
    const auto grace = metadata.find("deletionGracePeriodSeconds");
    if (stamp == metadata.end() || !stamp->is_string()) return std::nullopt;
    const auto end = parse_timestamp(stamp->get<std::string>());
    if (!end) return std::nullopt;
    const long seconds = grace != metadata.end() && grace->is_number_integer() ? grace->get<long>() : 0;
    return *end - std::chrono::seconds{seconds};
}

// "Error from server" is the API server's own word. Some of its words mean that it could not find out.
bool is_denied(const Outcome& outcome) {
    if (outcome.end != Outcome::End::exited || outcome.err.find("Error from server") == std::string::npos)
        return false;
    constexpr std::array passing{"(InternalError)", "(ServiceUnavailable)", "(Timeout)", "(ServerTimeout)",
                                 "(TooManyRequests)"};
    return std::none_of(passing.begin(), passing.end(),
                        [&outcome](const char* word) { return outcome.err.find(word) != std::string::npos; });
}

Command command(const Kubectl& kubectl, const Deletion& planned, Mode mode, Kuberc kuberc,
                std::chrono::milliseconds limit) {
    std::vector<std::string> argv{kubectl.program};
    argv.insert(argv.end(), kubectl.global_flags.begin(), kubectl.global_flags.end());
    argv.insert(argv.end(), {"delete", "--raw", path_of(kubectl, planned.pod), "-f", "-"});
    if (kuberc == Kuberc::not_interactive) argv.emplace_back("--interactive=false");
    return {.argv = std::move(argv), .input = body(planned.uid, mode), .limit = limit};
}

}  // namespace

Command deletion(const Kubectl& kubectl, const ClearedDeletion& cleared, Kuberc kuberc,
                 std::chrono::milliseconds limit) {
    return command(kubectl, cleared.planned(), Mode::real, kuberc, limit);
}

Command rehearsal(const Kubectl& kubectl, const Deletion& planned, Kuberc kuberc,
                  std::chrono::milliseconds limit) {
    return command(kubectl, planned, Mode::dry_run, kuberc, limit);
}

std::string deletion_for_a_person(const Kubectl& kubectl, const std::string& pod, const std::string& uid) {
    return "echo " + shell_word(body(uid, Mode::real)) + " | kubectl" +
           kubectl.global_flags_for_a_person() + " delete --raw " + shell_word(path_of(kubectl, pod)) +
           " -f -";
}

DeletionResult read_deletion(const Outcome& outcome) {
    if (outcome.succeeded()) {
        const nlohmann::json pod = nlohmann::json::parse(outcome.out, nullptr, false);
        if (!pod.is_object() || pod.value("kind", "") != "Pod") {
            return {.kind = Kind::unknown, .text = "kubectl's answer makes no sense"};
        }
        return {.kind = Kind::accepted, .asked = time_asked(pod)};
    }
    if (outcome.err.find("--interactive can not be used with --raw") != std::string::npos) {
        return {.kind = Kind::interactive};
    }
    const Trouble trouble = trouble_of(outcome);
    const bool is_conflict = outcome.end == Outcome::End::exited &&
                             outcome.err.find("Error from server (Conflict)") != std::string::npos;
    if (is_conflict) return {.kind = Kind::replaced, .text = trouble.text};
    switch (trouble.kind) {
        case Trouble::Kind::not_found:
            return {.kind = Kind::gone, .text = trouble.text};
        case Trouble::Kind::forbidden:
            return {.kind = Kind::forbidden, .text = trouble.text};
        default:
            return {.kind = is_denied(outcome) ? Kind::denied : Kind::unknown, .text = trouble.text};
    }
}

}  // namespace cfee
