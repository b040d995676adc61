#include "lib/commands/recorded_options.hpp"

#include <algorithm>
#include <charconv>
#include <ostream>

#include "lib/cluster/names.hpp"
#include "lib/cluster/read_probe.hpp"
#include "lib/cluster/scripts.hpp"
#include "lib/cluster/sentinel.hpp"

namespace cfee {

namespace {

// kubectl FLAGS... get|exec -n NAMESPACE ...
void read_flags(const std::vector<std::string>& argv, LookOptions& options) {
    const auto verb = std::find_if(argv.begin() + 1, argv.end(),
                                   [](const std::string& word) { return word == "get" || word == "exec"; });
    if (argv.end() - verb < 3 || *(verb + 1) != "-n") return;
    options.kubectl.global_flags.assign(argv.begin() + 1, verb);
    options.kubectl.name_space = *(verb + 2);
}

// What stands behind `name`= among the words from `from` on; empty where it is not there.
std::string argument(const std::vector<std::string>& argv, std::vector<std::string>::const_iterator from,
                     const std::string& name) {
    const auto found = std::find_if(
        from, argv.end(), [&name](const std::string& word) { return word.starts_with(name + "="); });
    return found == argv.end() ? "" : found->substr(name.size() + 1);
}

// ... sh -c TEXT NAME VERSION limit=SECONDS address=HOST:PORT fallback=HOST:PORT
void read_probe(const std::vector<std::string>& argv, LookOptions& options) {
    const auto script = std::find(argv.begin(), argv.end(), cloud_controller_script.name);
    if (script == argv.end()) return;
    const std::string limit = argument(argv, script, "limit");
    constexpr long longest = 300;  // as --probe-timeout
    long seconds = 0;
    const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), seconds);
    if (error == std::errc{} && seconds >= 1 && seconds <= longest)
        options.probe_timeout = std::chrono::seconds{seconds};
    options.address = parse_address(argument(argv, script, "address"), bbs_port);
}

}  // namespace

LookOptions recorded_options(const Transcript& transcript, LookOptions options) {
    options.kubectl.program = "kubectl";
    options.kubectl.is_recorded = true;
    for (const TranscriptEntry& entry : transcript.entries) {
        if (entry.argv.empty()) continue;
        read_flags(entry.argv, options);
        read_probe(entry.argv, options);
        if (!is_label(options.kubectl.name_space))
            throw TranscriptError(transcript.name + " is damaged: it names a namespace that cannot be one.");
    }
    return options;
}

void tell_of_another_version(const Transcript& transcript, const Replay& replay, const Console& console) {
    if (replay.missing().empty() || transcript.header.tool == console.tool_version) return;
    console.err << "kubectl cfee-stager: " << transcript.name << " was recorded by version "
                << first_line(transcript.header.tool) << ", which asked other questions than version "
                << console.tool_version << " does: replay it with that version\n";
}

}  // namespace cfee
