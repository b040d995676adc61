// One heal, from the first look to the proof. Only for lib/commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/cluster/deletion.hpp"
#include "lib/commands/heal.hpp"
#include "lib/commands/journal.hpp"
#include "lib/report/healing.hpp"

namespace cfee {

/// The world as a heal meets it.
struct HealWorld {
    Host& host;                     ///< recorded
    Host& unrecorded;               ///< for what becomes a file of its own
    const std::string& transcript;  ///< of `host`, so far
    Prompt& prompt;
    Folder& folder;
};

class Healer {
public:
    Healer(const HealOptions& options, HealWorld world, Console& console, Healing& healing);

    /// Fills in the healing. Throws Interrupted.
    void run();
    /// After an interrupt: one last bounded look settles what became of deletions that were under way.
    void settle_interrupted();

private:
    // Where the flow may end.
    void finish(HealOutcome outcome, int exit_status, std::vector<std::string> reasons);

    void pin();
    Judged take_look();
    /// Looks until the remedy is neither wait nor an unproven restart. False: it ended.
    bool reach_a_decision();
    bool keeps_failing();
    Plan plan_for(const Judged& judged);
    void plan_only(const Judged& judged, const Consideration& consideration);
    bool obtain_consent(const Judged& judged);
    bool save_evidence(const Judged& judged);
    /// The last look before acting: same diagnosis, same UIDs.
    bool nothing_has_changed();
    bool dry_run_all();
    void act();
    bool act_on(const PlanStage& stage);
    bool await_return(const PlanStage& stage);
    bool locket_alone_cured();
    void verify();
    std::vector<DeletionResult> send(const std::vector<Deletion>& deletions, DeletionMode mode);
    [[nodiscard]] bool is_proven(const Judged& judged) const;
    [[nodiscard]] bool time_is_up() const;
    void conclude_at_deadline();
    std::vector<std::string> unready_nodes(const Snapshot& snapshot);

    const HealOptions& options_;
    LookOptions look_options_;
    const HealWorld world_;
    Console& console_;
    Healing& healing_;
    Journal journal_;
    TimePoint deadline_;
    std::optional<Judged> latest_;
};

}  // namespace cfee
