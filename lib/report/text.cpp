#include "lib/report/text.hpp"

#include <array>
#include <ostream>
#include <string>

#include "lib/report/healing_text.hpp"
#include "lib/report/mark.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "lib/text/wrap.hpp"

namespace cfee {

namespace {

struct GroupTitle {
    Group group;
    std::string_view title;
};
constexpr std::array groups{
    GroupTitle{Group::cloud_controller, "Cloud Controller"},
    GroupTitle{Group::bbs, "Diego BBS"},
    GroupTitle{Group::locket, "Locket"},
    GroupTitle{Group::database, "Database"},
};

constexpr int text_column = 12;
constexpr std::size_t word_width = 8;

std::string_view why(AddressSource source) {
    switch (source) {
        case AddressSource::configuration:
            return "from Cloud Controller's configuration";
        case AddressSource::service:
            return "the first BBS service that exists: Cloud Controller's configuration could not be read";
        case AddressSource::given:
            break;
    }
    return "as given";
}

class TextReport {
public:
    TextReport(std::ostream& stream, const Style& style) : stream_(stream), style_(style) {}

    void operator()(const Found& found) {
        const auto& [snapshot, judgement] = found.judged;
        write_header(snapshot);
        for (const GroupTitle& group : groups) {
            stream_ << "\n" << bold(group.title, style_) << "\n";
            for (const Finding& finding : judgement.findings) {
                if (finding.group == group.group) write_finding(finding);
            }
        }
        write_diagnosis(snapshot, judgement);
    }

    void operator()(const Healing& healing) { write_healing(stream_, healing, style_); }
    void operator()(const Kept& kept) {
        if (!kept.path.empty()) stream_ << kept.path << "\n";
    }

private:
    void write_header(const Snapshot& snapshot) {
        field("context",
              (snapshot.context.empty() ? "none" : snapshot.context) + ", namespace " + snapshot.name_space);
        field("edition", std::string(snapshot.edition().title));
        for (const Probe& probe : snapshot.probes) {
            if (!probe.address.is_known()) continue;
            field("address", probe.address.text() + " (" + std::string(why(probe.source)) + ")");
            break;
        }
    }

    void field(const std::string& name, const std::string& value) {
        constexpr int width = 9;
        stream_ << name << std::string(width - name.size(), ' ') << wrapped(value, width, width, style_.width)
                << "\n";
    }

    void write_finding(const Finding& finding) {
        std::string text = std::string(finding.title) + ": " + finding.evidence;
        if (!finding.step.empty()) text += " (step " + std::string(finding.step) + ")";
        line(finding.verdict, text);
        if (finding.verdict == Verdict::ok || finding.verdict == Verdict::skipped) return;
        for (const Subject& subject : finding.subjects) {
            stream_ << std::string(text_column, ' ')
                    << wrapped(subject.name + ": " + subject.evidence, text_column, text_column + 2,
                               style_.width)
                    << "\n";
        }
        // Not wrapped: it may be a command, to be copied.
        if (!finding.hint.empty())
            stream_ << std::string(text_column, ' ') << bold("next: ", style_) << finding.hint << "\n";
    }

    void line(Verdict verdict, const std::string& text) {
        const std::string_view word = word_of(verdict);
        stream_ << "  " << marked(verdict, word, style_) << std::string(word_width - word.size(), ' ')
                << wrapped(text, text_column, text_column, style_.width) << "\n";
    }

    void write_diagnosis(const Snapshot& snapshot, const Judgement& judgement) {
        const Diagnosis& diagnosis = judgement.diagnosis;
        stream_ << "\n"
                << marked_boldly(judgement.verdict, diagnosis.title, style_) << "\n  diagnosis "
                << diagnosis.id << ", remedy " << to_words(diagnosis.remedy) << "\n";
        std::string_view link = "because ";
        for (const std::string& reason : diagnosis.because) {
            constexpr int column = 10;
            stream_ << "  " << link << wrapped(reason, column, column, style_.width) << "\n";
            link = "    and ";
        }
        if (!diagnosis.advice.empty())
            stream_ << "  " << wrapped(diagnosis.advice, 2, 2, style_.width) << "\n";
        const std::string next = next_command(snapshot, diagnosis);
        if (!next.empty()) stream_ << bold("next: ", style_) << next << "\n";
    }

    std::ostream& stream_;
    const Style& style_;
};

}  // namespace

void write_text(std::ostream& stream, const Report& report, const Style& style) {
    std::visit(TextReport(stream, style), report);
}

}  // namespace cfee
