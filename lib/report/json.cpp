#include "lib/report/json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "lib/report/healing.hpp"
#include "lib/runbook/outcome.hpp"
#include "lib/text/timestamp.hpp"

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

ordered_json diagnosis_document(const Snapshot& snapshot, const Judgement& judgement,
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
    return document;
}

void write_document(std::ostream& stream, const ordered_json& document) {
    constexpr int indent = 2;
    // In ASCII, so that whatever a text holds is written down and does nothing.
    constexpr bool is_ascii = true;
    stream << document.dump(indent, ' ', is_ascii, ordered_json::error_handler_t::replace) << "\n";
}

ordered_json to_json(const Deletion& deletion) {
    return {{"pod", deletion.pod},
            {"uid", deletion.uid},
            {"owner", deletion.owner},
            {"reason", deletion.reason},
            {"command", deletion.command}};
}

ordered_json to_json(const std::optional<Judged>& judged, const std::string& tool_version) {
    if (!judged) return nullptr;
    return diagnosis_document(judged->snapshot, judged->judgement, tool_version,
                              judged->judgement.exit_status());
}

ordered_json plan_of(const Healing& healing) {
    if (!healing.plan) return nullptr;
    ordered_json plan{{"digest", healing.plan->digest},
                      {"deletions", ordered_json::array()},
                      {"warnings", healing.plan->warnings}};
    for (const Deletion& deletion : healing.plan->deletions()) plan["deletions"].push_back(to_json(deletion));
    return plan;
}

}  // namespace

void write_json(std::ostream& stream, const Snapshot& snapshot, const Judgement& judgement,
                const std::string& tool_version, int exit_status) {
    write_document(stream, diagnosis_document(snapshot, judgement, tool_version, exit_status));
}

void write_json(std::ostream& stream, const Healing& healing, const std::string& tool_version) {
    ordered_json document{
        {"apiVersion", "cfee-stager/v1"},
        {"kind", "Healing"},
        {"tool", {{"version", tool_version}}},
        {"startedAt", format_timestamp(healing.started)},
        {"durationSeconds", std::chrono::duration<double>(healing.ended - healing.started).count()},
        {"before", to_json(healing.before, tool_version)},
        {"plan", plan_of(healing)},
        {"actions", ordered_json::array()},
        {"timeline", ordered_json::array()},
        {"evidence", healing.evidence.empty() ? ordered_json(nullptr) : ordered_json(healing.evidence)},
        {"after", to_json(healing.after, tool_version)},
        {"outcome", row_of(healing.outcome).word},
        {"because", healing.reasons},
        {"advice", healing.advice.empty() ? ordered_json(nullptr) : ordered_json(healing.advice)},
        {"exitStatus", healing.exit_status},
    };
    for (const Action& action : healing.actions) {
        document["actions"].push_back({{"at", format_timestamp(action.at)},
                                       {"pod", action.pod},
                                       {"uid", action.uid},
                                       {"result", to_words(action.result)}});
    }
    for (const Event& event : healing.timeline)
        document["timeline"].push_back({{"at", format_timestamp(event.at)}, {"event", event.text}});
    write_document(stream, document);
}

void write_json(std::ostream& stream, const Kept& kept, const std::string& tool_version, int exit_status) {
    write_document(stream,
                   {
                       {"apiVersion", "cfee-stager/v1"},
                       {"kind", "Evidence"},
                       {"tool", {{"version", tool_version}}},
                       {"evidence", kept.path.empty() ? ordered_json(nullptr) : ordered_json(kept.path)},
                       {"problem", kept.problem.empty() ? ordered_json(nullptr) : ordered_json(kept.problem)},
                       {"diagnosis", to_json(kept.judged, tool_version)},
                       {"exitStatus", exit_status},
                   });
}

}  // namespace cfee
