#include <algorithm>
#include <array>
#include <ostream>

#include "lib/report/healing.hpp"
#include "lib/report/mark.hpp"
#include "lib/text/wrap.hpp"

namespace cfee {

namespace {

struct Words {
    HealOutcome outcome;
    int exit_status;
    Verdict verdict;  // by which it is marked
    std::string_view word;
    std::string_view sentence;
};
constexpr std::array outcomes{
    Words{HealOutcome::healthy, 0, Verdict::ok, "healthy", "Nothing is wrong; nothing was changed."},
    Words{HealOutcome::healed_by_itself, 0, Verdict::ok, "healed-by-itself",
          "It passed by itself; nothing was changed."},
    Words{HealOutcome::healed, 0, Verdict::ok, "healed", "Healed, and proved by two looks."},
    Words{HealOutcome::planned, 0, Verdict::ok, "planned",
          "This is what heal would do. Nothing was changed."},
    Words{HealOutcome::refused, 4, Verdict::warn, "refused", "Not done. Nothing was changed."},
    Words{HealOutcome::declined, 4, Verdict::warn, "declined", "Declined. Nothing was changed."},
    Words{HealOutcome::not_healed, 1, Verdict::fail, "not-healed",
          "The pods were restarted, and the problem is still there."},
    Words{HealOutcome::unverified, 5, Verdict::unknown, "unverified",
          "The pods were restarted; whether that helped could not be found out."},
    Words{HealOutcome::deadline, 6, Verdict::unknown, "deadline",
          "The time was up while the pods were still on their way."},
    Words{HealOutcome::interrupted, 128, Verdict::warn, "interrupted", "Interrupted."},
};

const Words& words_of(HealOutcome outcome) {
    return *std::find_if(outcomes.begin(), outcomes.end(),
                         [outcome](const Words& words) { return words.outcome == outcome; });
}

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

std::string_view to_words(HealOutcome outcome) {
    return words_of(outcome).word;
}

int exit_status_of(HealOutcome outcome) {
    return words_of(outcome).exit_status;
}

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

void write_text(std::ostream& stream, const Healing& healing, const Style& style) {
    if (healing.plan && healing.before && healing.outcome == HealOutcome::planned) {
        write_plan(stream, *healing.plan, healing.before->snapshot, style);
    }
    const Words& words = words_of(healing.outcome);
    stream << marked_boldly(words.verdict, words.sentence, style) << "\n";
    std::string_view link = "because ";
    for (const std::string& reason : healing.reasons) {
        constexpr int column = 10;
        stream << "  " << link << wrapped(reason, column, column, style.width) << "\n";
        link = "    and ";
    }
    for (const Action& action : healing.actions)
        stream << "  " << action.pod << " (" << action.uid << "): " << to_words(action.result) << "\n";
    if (!healing.evidence.empty()) stream << "  evidence: " << healing.evidence << "\n";
    if (healing.after) {
        stream << "  last seen: " << healing.after->judgement.diagnosis.id << ", "
               << wrapped(healing.after->judgement.diagnosis.title, 24, 4, style.width) << "\n";
    }
}

}  // namespace cfee
