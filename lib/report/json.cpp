#include "lib/report/json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

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
            {"edition", snapshot.edition().id},
            {"address", text_or_null(address)}};
}

ordered_json document_of(const Found& found, const std::string& tool_version) {
    const auto& [snapshot, judgement] = found.judged;
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
        {"exitStatus", found.exit_status},
    };
    for (const Finding& finding : judgement.findings) document["checks"].push_back(to_json(finding));
    return document;
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
    return document_of(Found{*judged, judged->judgement.exit_status()}, tool_version);
}

ordered_json plan_of(const Healing& healing) {
    if (!healing.plan) return nullptr;
    ordered_json plan{{"digest", healing.plan->digest},
                      {"deletions", ordered_json::array()},
                      {"warnings", healing.plan->warnings}};
    for (const Deletion& deletion : healing.plan->deletions()) plan["deletions"].push_back(to_json(deletion));
    return plan;
}

ordered_json document_of(const Healing& healing, const std::string& tool_version) {
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
        {"evidence", text_or_null(healing.evidence)},
        {"after", to_json(healing.after, tool_version)},
        {"outcome", row_of(healing.outcome).word},
        {"because", healing.reasons},
        {"advice", text_or_null(healing.advice)},
        {"exitStatus", healing.exit_status},
    };
    for (const Deletion& action : healing.actions) {
        document["actions"].push_back({{"at", format_timestamp(*action.sent)},
                                       {"pod", action.pod},
                                       {"uid", action.uid},
                                       {"result", to_words(action.result.kind)}});
    }
    for (const Event& event : healing.timeline)
        document["timeline"].push_back({{"at", format_timestamp(event.at)}, {"event", event.text}});
    return document;
}

ordered_json document_of(const Kept& kept, const std::string& tool_version) {
    return {
        {"apiVersion", "cfee-stager/v1"},        {"kind", "Evidence"},
        {"tool", {{"version", tool_version}}},   {"evidence", text_or_null(kept.path)},
        {"problem", text_or_null(kept.problem)}, {"diagnosis", to_json(kept.judged, tool_version)},
        {"exitStatus", kept.exit_status},
    };
}

}  // namespace

void write_json(std::ostream& stream, const Report& report, const std::string& tool_version) {
    const ordered_json document =
        std::visit([&](const auto& one) { return document_of(one, tool_version); }, report);
    constexpr int indent = 2;
    // In ASCII, so that whatever a text holds is written down and does nothing.
    constexpr bool is_ascii = true;
    stream << document.dump(indent, ' ', is_ascii, ordered_json::error_handler_t::replace) << "\n";
}

}  // namespace cfee
