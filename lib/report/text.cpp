#include "lib/report/text.hpp"

#include <array>
#include <ostream>
#include <rang.hpp>
#include <string>

#include "lib/report/wrap.hpp"

namespace cfee {

namespace {

struct Look {
    Verdict verdict;
    std::string_view word;
    std::string_view symbol;
    std::string_view ascii;
    rang::fg colour;
};
constexpr std::array looks{
    Look{Verdict::ok, "ok", "\u2713", "+", rang::fg::green},
    Look{Verdict::warn, "warn", "!", "!", rang::fg::yellow},
    Look{Verdict::fail, "FAIL", "\u2717", "x", rang::fg::red},
    Look{Verdict::unknown, "unknown", "?", "?", rang::fg::magenta},
    Look{Verdict::skipped, "skipped", "-", "-", rang::fg::gray},
};

const Look& look_of(Verdict verdict) {
    for (const Look& look : looks) {
        if (look.verdict == verdict) return look;
    }
    return looks.back();
}

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
    TextReport(std::ostream& stream, const Style& style) : stream_(stream), style_(style) {
        rang::setControlMode(style.has_colour ? rang::control::Force : rang::control::Off);
    }

    void write(const Snapshot& snapshot, const Judgement& judgement) {
        write_header(snapshot);
        for (const GroupTitle& group : groups) {
            stream_ << "\n" << rang::style::bold << group.title << rang::style::reset << "\n";
            for (const Finding& finding : judgement.findings) {
                if (finding.group == group.group) write_finding(finding);
            }
        }
        write_diagnosis(snapshot, judgement);
    }

private:
    void write_header(const Snapshot& snapshot) {
        field("context",
              (snapshot.context.empty() ? "none" : snapshot.context) + ", namespace " + snapshot.name_space);
        field("edition", std::string(snapshot.edition.title));
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
            stream_ << std::string(text_column, ' ') << rang::style::bold << "next: " << rang::style::reset
                    << finding.hint << "\n";
    }

    void line(Verdict verdict, const std::string& text) {
        const Look& look = look_of(verdict);
        stream_ << "  " << look.colour << (style_.has_utf8 ? look.symbol : look.ascii) << " " << look.word
                << rang::style::reset << std::string(word_width - look.word.size(), ' ')
                << wrapped(text, text_column, text_column, style_.width) << "\n";
    }

    void write_diagnosis(const Snapshot& snapshot, const Judgement& judgement) {
        const Diagnosis& diagnosis = judgement.diagnosis;
        const Look& look = look_of(judgement.verdict);
        stream_ << "\n"
                << look.colour << rang::style::bold << (style_.has_utf8 ? look.symbol : look.ascii) << " "
                << diagnosis.title << rang::style::reset << "\n  diagnosis " << diagnosis.id << ", remedy "
                << to_words(diagnosis.remedy) << "\n";
        std::string_view link = "because ";
        for (const std::string& reason : diagnosis.because) {
            constexpr int column = 10;
            stream_ << "  " << link << wrapped(reason, column, column, style_.width) << "\n";
            link = "    and ";
        }
        if (!diagnosis.advice.empty())
            stream_ << "  " << wrapped(diagnosis.advice, 2, 2, style_.width) << "\n";
        const std::string next = next_command(snapshot, diagnosis);
        if (!next.empty()) stream_ << rang::style::bold << "next: " << rang::style::reset << next << "\n";
    }

    std::ostream& stream_;
    const Style& style_;
};

}  // namespace

void write_text(std::ostream& stream, const Snapshot& snapshot, const Judgement& judgement,
                const Style& style) {
    TextReport(stream, style).write(snapshot, judgement);
}

}  // namespace cfee
