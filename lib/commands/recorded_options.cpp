#include "lib/commands/recorded_options.hpp"

#include <algorithm>
#include <charconv>

#include "lib/cluster/scripts.hpp"

namespace cfee {

namespace {

// kubectl FLAGS... get|exec -n NAMESPACE ...
void read_flags(const std::vector<std::string>& argv, LookOptions& options) {
    const auto verb = std::find_if(argv.begin(), argv.end(),
                                   [](const std::string& word) { return word == "get" || word == "exec"; });
    if (argv.end() - verb < 3 || *(verb + 1) != "-n") return;
    options.kubectl.global_flags.assign(argv.begin() + 1, verb);
    options.kubectl.name_space = *(verb + 2);
}

// ... sh -c SCRIPT sh TIMEOUT ADDRESS FALLBACK
void read_probe(const std::vector<std::string>& argv, LookOptions& options) {
    const auto script = std::find(argv.begin(), argv.end(), cloud_controller_script);
    if (argv.end() - script < 4) return;
    const std::string& timeout = *(script + 2);
    long seconds = 0;
    if (std::from_chars(timeout.data(), timeout.data() + timeout.size(), seconds).ec == std::errc{})
        options.probe_timeout = std::chrono::seconds{seconds};
    options.address = parse_address(*(script + 3), bbs_port);
}

}  // namespace

LookOptions recorded_options(const Transcript& transcript, LookOptions options) {
    options.kubectl.program = "kubectl";
    for (const TranscriptEntry& entry : transcript.entries) {
        if (entry.argv.empty()) continue;
        read_flags(entry.argv, options);
        read_probe(entry.argv, options);
    }
    return options;
}

}  // namespace cfee
