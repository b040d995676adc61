#include "lib/cluster/deletion.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/text/shell.hpp"
#include "lib/text/timestamp.hpp"

namespace cfee {

namespace {

using Kind = DeletionResult::Kind;
using nlohmann::ordered_json;

// With --raw, kubectl asks the server's host and forgets the path that its URL may have.
std::string path_of(const Place& place, const std::string& pod) {
    const std::size_t scheme = place.server.find("://");
    const std::size_t slash = place.server.find('/', scheme == std::string::npos ? 0 : scheme + 3);
    std::string path = slash == std::string::npos ? "" : place.server.substr(slash);
    path.erase(std::min(path.find_first_of("?#"), path.size()));
    while (path.ends_with('/')) path.pop_back();
    return path + "/api/v1/namespaces/" + place.kubectl.name_space + "/pods/" + pod;
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

Command command(const Place& place, const Deletion& planned, Mode mode, Kuberc kuberc,
                std::chrono::milliseconds limit) {
    const Kubectl& kubectl = place.kubectl;
    std::vector<std::string> argv{kubectl.program};
    argv.insert(argv.end(), kubectl.global_flags.begin(), kubectl.global_flags.end());
    argv.insert(argv.end(), {"delete", "--raw", path_of(place, planned.pod), "-f", "-"});
    if (kuberc == Kuberc::not_interactive) argv.emplace_back("--interactive=false");
    return {.argv = std::move(argv), .input = body(planned.uid, mode), .limit = limit};
}

}  // namespace

Command deletion(const Place& place, const ClearedDeletion& cleared, Kuberc kuberc,
                 std::chrono::milliseconds limit) {
    return command(place, cleared.planned(), Mode::real, kuberc, limit);
}

Command rehearsal(const Place& place, const Deletion& planned, Kuberc kuberc,
                  std::chrono::milliseconds limit) {
    return command(place, planned, Mode::dry_run, kuberc, limit);
}

std::string deletion_for_a_person(const Place& place, const Deletion& planned) {
    return "echo " + shell_word(body(planned.uid, Mode::real)) + " | kubectl" +
           place.kubectl.global_flags_for_a_person() + " delete --raw " +
           shell_word(path_of(place, planned.pod)) + " -f -";
}

DeletionResult read_deletion(const std::string& pod, const Outcome& outcome) {
    if (outcome.succeeded()) {
        const nlohmann::json answer = nlohmann::json::parse(outcome.out, nullptr, false);
        const bool is_pod = answer.is_object() && answer.contains("kind") && answer["kind"] == "Pod";
        if (!is_pod) return {.kind = Kind::unknown, .text = "kubectl's answer makes no sense"};
        return {.kind = Kind::accepted, .asked = time_asked(answer)};
    }
    if (outcome.err.find("--interactive can not be used with --raw") != std::string::npos) {
        return {.kind = Kind::interactive};
    }
    // A kubectl that does not know the flags tells what it does not know first, and then how to get help.
    if (outcome.end == Outcome::End::exited && outcome.err.find("unknown flag: ") != std::string::npos)
        return {.kind = Kind::denied, .text = outcome.err.substr(0, outcome.err.find('\n'))};
    const Trouble trouble = trouble_of(outcome);
    const bool is_conflict = outcome.end == Outcome::End::exited &&
                             outcome.err.find("Error from server (Conflict)") != std::string::npos;
    if (is_conflict) return {.kind = Kind::replaced, .text = trouble.text};
    // That a path is not found says nothing of the pod.
    const bool is_gone = outcome.end == Outcome::End::exited &&
                         outcome.err.find("pods \"" + pod + "\" not found") != std::string::npos;
    if (is_gone) return {.kind = Kind::gone, .text = trouble.text};
    switch (trouble.kind) {
        case Trouble::Kind::forbidden:
            return {.kind = Kind::forbidden, .text = trouble.text};
        default:
            return {.kind = is_denied(outcome) ? Kind::denied : Kind::unknown, .text = trouble.text};
    }
}

}  // namespace cfee
