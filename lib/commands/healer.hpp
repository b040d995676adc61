// One heal: does what decide() says, and tells it what came of it. Only for lib/commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/cluster/deletion.hpp"
#include "lib/commands/heal.hpp"
#include "lib/commands/journal.hpp"
#include "lib/report/healing_text.hpp"
#include "lib/runbook/decision.hpp"

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
    void pin();
    void take_look(LookAgain::Depth depth);

    void carry_out(const LookAgain& again);
    void carry_out(const MakePlan&);
    void carry_out(const Ask& ask);
    void carry_out(const SaveEvidence&);
    void carry_out(const TryDeletions&);
    void carry_out(const Delete& due);
    void carry_out(const LeaveAlone& left);
    void carry_out(const GoOn&);
    void carry_out(const End& end);

    void note(const std::vector<std::string>& notes);
    void show_plan();
    [[nodiscard]] Place place() const;
    [[nodiscard]] std::string evidence_folder() const;

    const HealOptions& options_;
    LookOptions look_options_;
    const HealWorld world_;
    Console& console_;
    Healing& healing_;
    Journal journal_;
    Limits limits_;
    History history_;
    std::optional<Judged> latest_;  ///< the latest look or glance
    bool has_ended_ = false;
};

}  // namespace cfee
