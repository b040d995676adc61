#include "lib/report/json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "lib/cluster/timestamp.hpp"

namespace cfee {

namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json to_json(const Subject& subject) {
    return {{"name", subject.name}, {"verdict", to_words(subject.verdict)}, {"evidence", subject.evidence}};
}

ordered_json to_json(const Finding& finding) {
    ordered_json check{{"id", finding.id},
                       {"title", finding.title},
                       {"step", finding.step},
                       {"verdict", to_words(finding.verdict)},
                       {"evidence", finding.evidence}};
    if (!finding.hint.empty()) check["hint"] = finding.hint;
    for (const Subject& subject : finding.subjects) check["subjects"].push_back(to_json(subject));
    return check;
}

ordered_json cluster_of(const Snapshot& snapshot) {
    std::string address;
    for (const Probe& probe : snapshot.probes) {
        if (address.empty() && probe.address.is_known()) address = probe.address.text();
    }
    return {{"context", text_or_null(snapshot.context)},
            {"namespace", snapshot.name_space},
            {"edition", snapshot.edition.id},
            {"address", text_or_null(address)}};
}

}  // namespace

void write_json(std::ostream& stream, const Snapshot& snapshot, const Judgement& judgement,
                const std::string& tool_version, int exit_status) {
    const Diagnosis& diagnosis = judgement.diagnosis;
    ordered_json document{
        {"apiVersion", "cfee-stager/v1"},
        {"kind", "Diagnosis"},
        {"tool", {{"version", tool_version}}},
        {"startedAt", format_timestamp(snapshot.started)},
        {"durationSeconds", std::chrono::duration<double>(snapshot.ended - snapshot.started).count()},
        {"cluster", cluster_of(snapshot)},
        {"checks", ordered_json::array()},
        {"verdict", to_words(judgement.verdict)},
        {"diagnosis",
         {{"id", diagnosis.id},
          {"title", diagnosis.title},
          {"remedy", to_words(diagnosis.remedy)},
          {"because", diagnosis.because}}},
        {"exitStatus", exit_status},
    };
    for (const Finding& finding : judgement.findings) document["checks"].push_back(to_json(finding));
    constexpr int indent = 2;
    // A wrong byte must not cost the document.
    stream << document.dump(indent, ' ', false, ordered_json::error_handler_t::replace) << "\n";
}

}  // namespace cfee
