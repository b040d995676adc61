// One heal, from the first look to the proof. Only for lib/commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/cluster/deletion.hpp"
#include "lib/commands/heal.hpp"
#include "lib/commands/journal.hpp"
#include "lib/report/healing.hpp"
#include "lib/runbook/restart.hpp"

namespace cfee {

/// The world as a heal meets it.
struct HealWorld {
    Host& host;                     ///< recorded
    Host& unrecorded;               ///< for what becomes a file of its own
    const std::string& transcript;  ///< of `host`, so far
    Prompt& prompt;
    Folder& folder;
};

/// How a step of the flow ended.
enum class Step {
    done,   ///< on to the next one
    again,  ///< the world has moved, or did not answer: look again before anything else
    ended,  ///< the heal is finished
};

class Healer {
public:
    Healer(const HealOptions& options, HealWorld world, Console& console, Healing& healing);

    /// Fills in the healing. Throws Interrupted.
    void run();
    /// After an interrupt: one last bounded look settles what became of deletions that were under way.
    void settle_interrupted();

private:
    /// Says how it ends, whatever is still on the stack.
    Step finish(HealOutcome outcome, std::vector<std::string> reasons);

    // Until something may be deleted (healer.cpp).
    void pin();
    Judged take_look();
    Step reach_a_decision();
    bool keeps_failing();
    Plan plan_for(const Judged& judged);
    void plan_only(const Judged& judged, const Consideration& consideration);
    Step prepare(const Judged& judged);
    Step obtain_consent(const Judged& judged);
    Step save_evidence(const Judged& judged);
    Step nothing_has_changed();
    std::vector<std::string> unready_nodes(const Snapshot& snapshot);

    // What is sent to be deleted (healer_act.cpp).
    Step dry_run_all();
    Step act();
    Step act_on(PlanStage& stage);
    Step send_again(PlanStage& stage, std::size_t first_action);
    Step after_locket();
    std::vector<DeletionResult> send(const std::vector<Deletion>& deletions, DeletionMode mode);
    void send_and_note(const std::vector<Deletion>& deletions);
    [[nodiscard]] std::vector<Condition> conditions_but_for_age() const;

    // Whether it helped (healer_verify.cpp).
    Step await_return(const PlanStage& stage);
    Step verify();
    Step conclude_at_deadline();
    [[nodiscard]] bool is_proven(const Judged& judged) const;
    [[nodiscard]] bool time_is_up() const;

    const HealOptions& options_;
    LookOptions look_options_;
    const HealWorld world_;
    Console& console_;
    Healing& healing_;
    Journal journal_;
    TimePoint deadline_;
    std::optional<Judged> latest_;
    std::optional<Snapshot> glanced_;  ///< just now: the next look goes on from it
    bool was_answered_ = false;        ///< things move: what is seen after that may be passing
};

inline constexpr std::chrono::seconds between_looks{5};  ///< full looks, while waiting for something
/// A problem that a person must solve, or the same fault again in pods that are old enough for it: seen so
/// long without a break, it stays. A name that is unknown may be so for 30 s after it is there.
inline constexpr std::chrono::seconds ill_for{30};

}  // namespace cfee
