#include <algorithm>
#include <array>
#include <ostream>

#include "lib/report/healing.hpp"
#include "lib/report/wrap.hpp"

namespace cfee {

namespace {

struct Words {
    HealOutcome outcome;
    int exit_status;
    std::string_view word;
    std::string_view sentence;
};
constexpr std::array outcomes{
    Words{HealOutcome::healthy, 0, "healthy", "Nothing is wrong; nothing was changed."},
    Words{HealOutcome::healed_by_itself, 0, "healed-by-itself", "It passed by itself; nothing was changed."},
    Words{HealOutcome::healed, 0, "healed", "Healed, and proved by two looks."},
    Words{HealOutcome::planned, 0, "planned", "This is what heal would do. Nothing was changed."},
    Words{HealOutcome::refused, 4, "refused", "Not done. Nothing was changed."},
    Words{HealOutcome::declined, 4, "declined", "Declined. Nothing was changed."},
    Words{HealOutcome::not_healed, 1, "not-healed",
          "The pods were restarted, and the problem is still there."},
    Words{HealOutcome::unverified, 5, "unverified",
          "The pods were restarted; whether that helped could not be found out."},
    Words{HealOutcome::deadline, 6, "deadline", "The time was up while the pods were still on their way."},
    Words{HealOutcome::interrupted, 128, "interrupted", "Interrupted."},
};

const Words& words_of(HealOutcome outcome) {
    return *std::find_if(outcomes.begin(), outcomes.end(),
                         [outcome](const Words& words) { return words.outcome == outcome; });
}

std::string padded(const std::string& text, std::size_t width) {
    return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
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
    constexpr std::array<std::size_t, 5> widths{18, 38, 14, 8, 6};
    stream << "  " << padded("POD", widths[0]) << padded("UID", widths[1]) << padded("READY", widths[2])
           << padded("ACTIVE", widths[3]) << padded("AGE", widths[4]) << "OWNER\n";
    for (const PlanStage& stage : plan.stages) {
        for (const Deletion& deletion : stage.deletions) {
            stream << "  " << padded(deletion.pod, widths[0]) << padded(deletion.uid, widths[1])
                   << padded(deletion.state, widths[2]) << padded(deletion.active, widths[3])
                   << padded(deletion.age, widths[4]) << deletion.owner << "\n";
        }
    }
    for (const Deletion& deletion : plan.deletions()) stream << "  " << deletion.command << "\n";
    for (const std::string& warning : plan.warnings)
        stream << "  warning: " << wrapped(warning, 11, 11, style.width) << "\n";
    stream << "  digest " << plan.digest << "\n";
}

void write_text(std::ostream& stream, const Healing& healing, const Style& style) {
    if (healing.plan && healing.before && healing.outcome == HealOutcome::planned) {
        write_plan(stream, *healing.plan, healing.before->snapshot, style);
    }
    stream << words_of(healing.outcome).sentence << "\n";
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
