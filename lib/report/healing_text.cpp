#include "lib/report/healing_text.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "lib/report/mark.hpp"
#include "lib/runbook/outcome.hpp"
#include "lib/text/wrap.hpp"

namespace cfee {

namespace {

// "2/2 Running" says no more than "2/2".
std::string without(std::string_view end, const std::string& text) {
    return text.ends_with(end) ? text.substr(0, text.size() - end.size()) : text;
}

// As kubectl abbreviates them.
std::string with_short_kind(const std::string& owner) {
    constexpr std::string_view stateful_set = "StatefulSet/";
    constexpr std::string_view replica_set = "ReplicaSet/";
    if (owner.starts_with(stateful_set)) return "sts/" + owner.substr(stateful_set.size());
    if (owner.starts_with(replica_set)) return "rs/" + owner.substr(replica_set.size());
    return owner;
}

using Row = std::array<std::string, 6>;

// Columns as wide as what stands in them, so that they fit a terminal where names allow it.
void write_table(std::ostream& stream, const std::vector<Row>& rows) {
    std::array<std::size_t, std::tuple_size_v<Row>> widths{};
    for (const Row& row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    }
    for (const Row& row : rows) {
        for (std::size_t column = 0; column + 1 < row.size(); ++column)
            stream << row[column] << std::string(widths[column] - row[column].size() + 1, ' ');
        stream << row.back() << "\n";
    }
}

}  // namespace

void write_plan(std::ostream& stream, const Plan& plan, const Snapshot& snapshot, const Style& style) {
    stream << "plan for context " << (snapshot.context.empty() ? "none" : snapshot.context) << ", namespace "
           << snapshot.name_space << ":\n";
    std::vector<Row> rows{{"POD", "UID", "READY", "ACTIVE", "AGE", "OWNER"}};
    for (const Deletion& deletion : plan.deletions())
        rows.push_back({deletion.pod, deletion.uid, without(" Running", deletion.state), deletion.active,
                        deletion.age, with_short_kind(deletion.owner)});
    write_table(stream, rows);
    for (const Deletion& deletion : plan.deletions()) stream << "  " << deletion.command << "\n";
    for (const std::string& warning : plan.warnings)
        stream << "  warning: " << wrapped(warning, 11, 11, style.width) << "\n";
    stream << "  digest " << plan.digest << "\n";
}

void write_healing(std::ostream& stream, const Healing& healing, const Style& style) {
    if (healing.plan && healing.before && healing.outcome == HealOutcome::planned) {
        write_plan(stream, *healing.plan, healing.before->snapshot, style);
    }
    const OutcomeRow& outcome = row_of(healing.outcome);
    stream << marked_boldly(outcome.verdict, outcome.sentence, style) << "\n";
    std::string_view link = "because ";
    for (const std::string& reason : healing.reasons) {
        constexpr int column = 10;
        stream << "  " << link << wrapped(reason, column, column, style.width) << "\n";
        link = "    and ";
    }
    if (!healing.advice.empty()) stream << "  " << wrapped(healing.advice, 2, 2, style.width) << "\n";
    // Of an interrupt the reasons say what became of each pod.
    if (healing.outcome != HealOutcome::interrupted) {
        for (const Deletion& action : healing.actions)
            stream << "  " << action.pod << " (" << action.uid << "): " << to_words(action.result.kind)
                   << "\n";
    }
    if (!healing.evidence.empty()) stream << "  evidence: " << healing.evidence << "\n";
    if (healing.after) {
        stream << "  last seen: " << healing.after->judgement.diagnosis.id << ", "
               << wrapped(healing.after->judgement.diagnosis.title, 24, 4, style.width) << "\n";
    }
}

}  // namespace cfee
