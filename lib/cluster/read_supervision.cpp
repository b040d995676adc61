#include "lib/cluster/read_supervision.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "lib/cluster/read_probe.hpp"
#include "lib/text/lines.hpp"

namespace cfee {

namespace {

using Monit = Supervision::Monit;

// Of a process that monit looks after, whatever it makes of it: one whose number somebody else has by now "runs".
// A word that is not in here is no reason to believe that.
constexpr std::array<std::string_view, 4> words_of_care{"running", "ok", "does not exist",
                                                        "execution failed"};
// Anywhere in the status: "not monitored - start pending", "running - stop pending".
constexpr std::array<std::string_view, 3> words_of_neglect{"not monitored", "unmonitor", "stop pending"};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

// "Process 'bbs'   STATUS", or in newer ones a table: "bbs   STATUS   Process". Empty in another line.
std::string_view status_in(std::string_view line) {
    line = trimmed(line);
    for (const std::string_view name : {"Process 'bbs' ", "bbs "}) {
        if (!line.starts_with(name)) continue;
        const std::string_view status = trimmed(line.substr(name.size()));
        return trimmed(status.substr(0, status.find("  ")));
    }
    return {};
}

Monit meaning_of(std::string status) {
    for (char& letter : status) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    const bool is_neglected =
        std::any_of(words_of_neglect.begin(), words_of_neglect.end(),
                    [&status](std::string_view word) { return status.find(word) != std::string::npos; });
    if (is_neglected) return Monit::leaves_alone;
    const bool is_cared_for =
        std::find(words_of_care.begin(), words_of_care.end(), status) != words_of_care.end();
    return is_cared_for ? Monit::watches : Monit::unknown;
}

void read_monit(const ScriptPart& part, Supervision& supervision) {
    const auto unknown = [&supervision](std::string text) { supervision.monit_text = std::move(text); };
    if (part.status == "126" || part.status == "127") return unknown("there is no monit");
    if (part.status == "137") return unknown("monit does not answer within the limit");
    if (part.status != "0") {
        const std::string said = last_line(part.text);
        return unknown("monit summary ended with status " + part.status + (said.empty() ? "" : ": " + said));
    }
    std::string_view text = part.text;
    std::string_view status;
    int lines = 0;
    while (!text.empty()) {
        const std::string_view found = status_in(take_line(text));
        if (found.empty()) continue;
        status = found;
        ++lines;
    }
    if (lines != 1) return unknown("monit does not tell of one BBS");
    supervision.monit_text = "monit says of the BBS: " + first_line(status);
    supervision.monit = meaning_of(std::string(status));
}

}  // namespace

Supervision read_supervision(const ScriptParts& parts) {
    Supervision supervision{.monit_text = "the script left no answer"};
    const auto monit = parts.find("monit");
    if (monit != parts.end()) read_monit(monit->second, supervision);
    const auto processes = parts.find("processes");
    // Whoever does not see the first process may not see others.
    if (processes != parts.end() && processes->second.status == "0")
        supervision.bbs_runs = !trimmed(processes->second.text).empty();
    const auto health = parts.find("health");
    if (health != parts.end())
        supervision.health_port = read_connection(health->second.status, health->second.text);
    return supervision;
}

}  // namespace cfee
