#include "lib/cluster/kubectl.hpp"

#include <array>

#include "lib/cluster/sentinel.hpp"
#include "lib/cluster/telling_line.hpp"
#include "lib/text/redact.hpp"
#include "lib/text/shell.hpp"

namespace cfee {

namespace {

using Kind = Trouble::Kind;

struct Wording {
    std::string_view part;
    Kind kind;
};
// kubectl's and the API server's words, stable for years. Read top to bottom, the first that occurs decides.
constexpr std::array wordings{
    Wording{"(Forbidden)", Kind::forbidden},
    Wording{"(Unauthorized)", Kind::unauthorised},
    Wording{"must be logged in to the server", Kind::unauthorised},
    Wording{"getting credentials", Kind::unauthorised},
    Wording{"provide credentials", Kind::unauthorised},
    Wording{"error: EOF", Kind::unauthorised},
    Wording{"current-context must exist", Kind::no_context},
    Wording{"context was not found", Kind::no_context},
    Wording{"does not exist", Kind::no_context},
    Wording{"no configuration has been provided", Kind::no_context},
    Wording{"invalid configuration", Kind::no_context},
    Wording{"error loading config file", Kind::no_context},
    Wording{"executable file not found", Kind::no_program},
    Wording{"permission denied: unknown", Kind::no_program},
    Wording{"no such file or directory\\\": unknown", Kind::no_program},
    Wording{"container not found", Kind::not_running},
    Wording{"completed pod", Kind::not_running},
    Wording{"does not have a host assigned", Kind::not_running},
    Wording{"error dialing backend", Kind::no_kubelet},
    Wording{"is not valid for pod", Kind::not_found},
    Wording{"(NotFound)", Kind::not_found},
    Wording{"Unable to connect to the server", Kind::unreachable},
    Wording{"was refused - did you specify", Kind::unreachable},
    Wording{"connection refused", Kind::unreachable},
    Wording{"no such host", Kind::unreachable},
    Wording{"i/o timeout", Kind::unreachable},
    Wording{"TLS handshake timeout", Kind::unreachable},
    Wording{"(ServiceUnavailable)", Kind::unreachable},
    Wording{"(Timeout)", Kind::unreachable},
    Wording{"x509:", Kind::unreachable},
};

}  // namespace

Command Kubectl::command(std::vector<std::string> arguments, std::chrono::milliseconds limit) const {
    arguments.insert(arguments.begin(), program);
    arguments.insert(arguments.begin() + 1, global_flags.begin(), global_flags.end());
    return {.argv = std::move(arguments), .input = {}, .limit = limit};
}

Command Kubectl::get(std::vector<std::string> what, std::chrono::milliseconds limit) const {
    std::vector<std::string> arguments{"get", "-n", name_space, "-o", "json", "--watch=false"};
    arguments.insert(arguments.end(), what.begin(), what.end());
    return command(std::move(arguments), limit);
}

Command Kubectl::exec(const std::string& pod, const std::string& container, const Script& script,
                      std::vector<std::string> arguments, std::chrono::milliseconds limit) const {
    std::vector<std::string> all{"exec",
                                 "-n",
                                 name_space,
                                 pod,
                                 "-c",
                                 container,
                                 "--stdin=false",
                                 "--tty=false",
                                 "--",
                                 "sh",
                                 "-c",
                                 std::string(script.text),
                                 std::string(script.name),
                                 std::string(script.version)};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return command(std::move(all), limit);
}

Command Kubectl::logs(const std::string& pod, const std::string& container, LogOf which,
                      std::chrono::milliseconds limit) const {
    std::vector<std::string> arguments{"logs",
                                       "-n",
                                       name_space,
                                       pod,
                                       "-c",
                                       container,
                                       "--tail=2000",
                                       "--follow=false",
                                       "--limit-bytes=2000000"};
    if (which == LogOf::previous) arguments.emplace_back("--previous");
    return command(std::move(arguments), limit);
}

Command Kubectl::context(std::chrono::milliseconds limit) const {
    return command({"config", "view", "--minify", "-o", "json"}, limit);
}

Command Kubectl::client_version(std::chrono::milliseconds limit) const {
    return command({"version", "--client", "-o", "json"}, limit);
}

std::string Kubectl::flags_for_a_person() const {
    return "-n " + shell_word(name_space) + global_flags_for_a_person();
}

std::string Kubectl::global_flags_for_a_person() const {
    std::string flags;
    if (is_recorded) return flags;
    for (const std::string& flag : redacted_argv(global_flags)) flags += " " + shell_word(flag);
    return flags;
}

Trouble trouble_of(const Outcome& outcome) {
    switch (outcome.end) {
        case Outcome::End::not_started:
            return {Kind::no_kubectl, first_line(outcome.err)};
        case Outcome::End::timed_out:
            return {Kind::time_limit, "no answer within our own limit"};
        case Outcome::End::too_much_output:
            return {Kind::garbled,
                    "kubectl printed more than " + std::to_string(largest_output >> 20) + " MiB"};
        case Outcome::End::signalled:
            return {Kind::other, "kubectl was ended by signal " + std::to_string(outcome.code)};
        case Outcome::End::exited:
            break;
    }
    std::string line = telling_line(outcome);
    for (const Wording& wording : wordings) {
        if (outcome.err.find(wording.part) != std::string::npos) return {wording.kind, std::move(line)};
    }
    if (line.empty())
        line = "kubectl ended with status " + std::to_string(outcome.code) + " and said nothing";
    return {Kind::other, std::move(line)};
}

}  // namespace cfee
