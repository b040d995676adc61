// A heal without a world: looks are shown to a history, decisions come out as words, and what a decision asks
// for is answered as told.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/runbook/decide.hpp"
#include "lib/runbook/diagnosis.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

inline std::string names_of(const std::vector<Deletion>& deletions) {
    std::string names;
    for (const Deletion& one : deletions) names += " " + one.pod;
    return names;
}

/// "look in 5000 ms", "plan", "delete 0: diego-api-0 diego-api-1", "refused: REASON", ...
struct Words {
    std::string operator()(const LookAgain& again) const {
        const char* depth = again.depth == LookAgain::Depth::look     ? "look"
                            : again.depth == LookAgain::Depth::glance ? "glance"
                                                                      : "look on";
        const auto after = std::chrono::duration_cast<std::chrono::milliseconds>(again.after).count();
        return depth + (after == 0 ? std::string{} : " in " + std::to_string(after) + " ms");
    }
    std::string operator()(const MakePlan&) const { return "plan"; }
    std::string operator()(const Ask& ask) const { return ask.question.empty() ? "agreed" : "ask"; }
    std::string operator()(const SaveEvidence&) const { return "evidence"; }
    std::string operator()(const TryDeletions&) const { return "try"; }
    std::string operator()(const Delete& due) const {
        std::vector<Deletion> deletions;
        for (const ClearedDeletion& one : due.deletions) deletions.push_back(one.planned());
        return "delete " + std::to_string(due.stage) + ":" + names_of(deletions);
    }
    std::string operator()(const LeaveAlone& left) const { return "leave" + names_of(left.deletions); }
    std::string operator()(const GoOn&) const { return "go on"; }
    std::string operator()(const End& end) const {
        constexpr const char* outcomes[] = {"healthy",  "healed by itself", "healed",     "planned",
                                            "refused",  "declined",         "not healed", "unverified",
                                            "deadline", "interrupted"};
        return outcomes[static_cast<int>(end.outcome)] +
               (end.reasons.empty() ? std::string{} : ": " + end.reasons.front());
    }
};

struct Play {
    using Kind = DeletionResult::Kind;

    History history;
    Limits limits{.consent = {.is_given = true}};
    TimePoint now = look_time;
    Judged look;
    std::vector<Kind> dry_run{8, Kind::accepted};    ///< how the dry run is answered
    std::vector<Kind> deletions{8, Kind::accepted};  ///< and the deletions, of each stage
    std::optional<TimePoint> asked;                  ///< when they were asked for, as the API server says
    std::string evidence_problem;
    std::chrono::seconds evidence_takes{0};
    std::vector<std::string> done;  ///< what was carried out, in words
    std::vector<std::string> notes;

    Play() { history.begun = history.phase_since = look_time; }

    /// A look that begins so long after the first one, and what comes of it.
    std::string see(const Scene& scene, double at) {
        show(scene, at);
        add(history.saw(look, limits));
        return go();
    }
    std::string glance(const Scene& scene, double at) {
        show(scene, at);
        add(history.glanced(look, limits));
        return go();
    }
    /// Goes on until a look is needed, or it has ended.
    std::string go() {
        while (true) {
            const Decision decision = decide(history, look, now, limits);
            add(decision.notes);
            std::string words = std::visit(Words{}, decision.what);
            if (decision.next) history.enter(*decision.next, look, now);
            if (std::holds_alternative<LookAgain>(decision.what) ||
                std::holds_alternative<End>(decision.what))
                return words;
            done.push_back(std::move(words));
            std::visit([this](const auto& what) { carry_out(what); }, decision.what);
        }
    }
    /// The runbook's case for the whole grace period, up to the look that the gate wants.
    std::string through_the_grace_period(const Scene& scene) {
        for (int at = 0; at < 60; at += 5) see(scene, at);
        return see(scene, 60);
    }
    [[nodiscard]] bool has_deleted() const {
        return std::any_of(done.begin(), done.end(),
                           [](const std::string& one) { return one.starts_with("delete"); });
    }
    [[nodiscard]] bool has_told(const std::string& text) const {
        return std::any_of(notes.begin(), notes.end(),
                           [&text](const std::string& one) { return one.find(text) != std::string::npos; });
    }

private:
    static std::chrono::milliseconds after(double seconds) {
        return std::chrono::milliseconds{static_cast<long>(seconds * 1000)};
    }
    void show(const Scene& scene, double at) {
        look.snapshot = scene.snapshot;
        look.snapshot.started = look_time + after(at);
        look.snapshot.ended = now = look.snapshot.started + std::chrono::milliseconds{100};
        look.judgement = judge(look.snapshot);
    }
    void add(const std::vector<std::string>& more) { notes.insert(notes.end(), more.begin(), more.end()); }

    void carry_out(const LookAgain&) {}
    void carry_out(const MakePlan&) {
        history.planned(make_plan(look, limits.force, {}), look.judgement.diagnosis);
    }
    void carry_out(const Ask&) { history.agreed = now; }
    void carry_out(const SaveEvidence&) {
        now += evidence_takes;
        history.evidence_problem = evidence_problem;
        if (evidence_problem.empty()) history.kept_evidence(now);
    }
    void carry_out(const TryDeletions&) {
        std::vector<DeletionResult> results;
        for (std::size_t index = 0; index < history.plan->deletions().size(); ++index)
            results.push_back({.kind = dry_run[index], .text = "as told"});
        history.dry_run = results;
    }
    void carry_out(const Delete& due) {
        history.sent(due.deletions, due.stage, now);
        std::vector<DeletionResult> results;
        for (std::size_t index = 0; index < due.deletions.size(); ++index)
            results.push_back({.kind = deletions[index], .text = "as told", .asked = asked});
        add(history.answered(due.deletions, results, look));
    }
    void carry_out(const LeaveAlone& left) { history.left_alone(left.deletions); }
    void carry_out(const GoOn&) { history.goes_on_with(look, limits); }
    void carry_out(const End&) {}
};

/// New pods in the place of the old ones.
inline Scene renewed(Scene scene, Role role = Role::bbs) {
    for (Pod& pod : scene.snapshot.pods.value()) {
        if (pod.role == role) pod.uid = "new-" + pod.uid;
    }
    return scene;
}

}  // namespace cfee
