// What the user allows, and how long heal waits for what. Each time has its reason here, and stands nowhere
// else.
#pragma once

#include <chrono>
#include <string>

#include "lib/runbook/plan.hpp"

namespace cfee {

enum class DryRun { none, client, server };

/// How a plan may be agreed to.
struct Consent {
    bool is_given = false;  ///< --yes
    std::string digest;     ///< --confirm; empty: not given
    bool can_ask = false;   ///< somebody is there to be asked
};

struct Limits {
    using Span = std::chrono::milliseconds;

    // As the user says.
    Span grace = std::chrono::seconds{60};    ///< how long it must fail without a break: 44 s were seen
    Span timeout = std::chrono::minutes{15};  ///< for waiting, before and after acting
    Span settle = std::chrono::seconds{10};   ///< between the two looks that prove the cure
    DryRun dry_run = DryRun::none;
    Force force = Force::no;
    bool wants_evidence = true;
    Consent consent;

    // As was learned.
    Span at_once{0};
    /// A problem that a person must solve, or the same fault again in pods that are old enough for it: seen
    /// so long without a break, it stays. A name that is unknown may be so for 30 s after it is there.
    Span ill_for = std::chrono::seconds{30};
    /// Where only a proof allows a restart: 60 s until a request counts as one that does not heal, twice a look.
    Span proof_needs = std::chrono::seconds{90};
    Span hopeless_for = std::chrono::seconds{20};    ///< a reason may pass by itself within a few seconds
    Span unlabelled_for = std::chrono::seconds{45};  ///< ready, and nobody becomes active: worth asking why
    Span locket_needs = std::chrono::seconds{30};    ///< a lock's 15 s, twice, until a new Locket gave it
    Span between_looks = std::chrono::seconds{5};    ///< an exec in each pod: no more often than helps
    Span between_proofs = std::chrono::seconds{1};   ///< the pods are back: health is a matter of seconds
    Span between_glances{500};                       ///< from beginning to beginning; two gets each
    /// A look that is older than this when a deletion is sent tells nothing of the present. From its end: a
    /// probe that hangs takes 11 s, and a look that never counts would heal nobody.
    Span look_counts_for = std::chrono::seconds{10};
    Span between_answers = std::chrono::seconds{1};  ///< the API server was away: half a restart is worst
};

}  // namespace cfee
