// No BBS runs in any pod, although nothing keeps it from its lock: nobody starts it again.
#include "lib/runbook/not_running.hpp"

#include <algorithm>

#include "lib/runbook/restart.hpp"

namespace cfee {

namespace {

using State = Condition::State;
using Monit = Supervision::Monit;

State closed(const std::optional<Connection>& port) {
    if (!port || !port->was_asked()) return State::unknown;
    return port->is_open() ? State::speaks_against : State::holds;
}

// 17017, too: a BBS that is frozen in its first ping of the database serves neither, but is there.
State is_gone(const AskedPod& asked) {
    if (asked.inside == nullptr) return State::unknown;
    const Inside& inside = *asked.inside;
    State state = closed(inside.bbs_port);
    state = both(state, closed(inside.supervision.health_port));
    if (inside.bbs_stacks.is_known()) state = both(state, State::speaks_against);
    if (inside.bbs_stacks.state != Stacks::State::closed) state = both(state, State::unknown);
    if (!inside.supervision.bbs_runs) state = both(state, State::unknown);
    if (inside.supervision.bbs_runs.value_or(false)) state = both(state, State::speaks_against);
    return state;
}

State every_bbs_is_gone(const Facts& facts) {
    State state = facts.bbs.empty() ? State::unknown : State::holds;
    for (const AskedPod& asked : facts.bbs) state = both(state, is_gone(asked));
    return state;
}

// Its ports are closed, and nothing says that it is there: what a sentence may rest on, but no restart.
bool none_seems_to_run(const Facts& facts) {
    return every_bbs_is_gone(facts) != State::speaks_against && facts.every_bbs([](const AskedPod& asked) {
        return asked.inside != nullptr && closed(asked.inside->bbs_port) == State::holds &&
               closed(asked.inside->supervision.health_port) == State::holds;
    });
}

Condition none_runs(const Facts& facts) {
    return {ConditionName::no_bbs_runs, every_bbs_is_gone(facts),
            "no BBS pod has a process of the BBS, nor an open port of it (8889, 8890, 17017)"};
}

std::string of_monit(const AskedPod& asked) {
    return asked.pod.name + ": " +
           (asked.inside == nullptr ? "it could not be asked" : asked.inside->supervision.monit_text);
}

// A BBS that somebody stopped is not started against their will.
Condition monit_watches(const Facts& facts) {
    Condition condition{ConditionName::monit_watches, facts.bbs.empty() ? State::unknown : State::holds,
                        "monit looks after the BBS in every BBS pod: nobody told it to leave it alone"};
    std::string others;
    for (const AskedPod& asked : facts.bbs) {
        const Monit monit = asked.inside == nullptr ? Monit::unknown : asked.inside->supervision.monit;
        if (monit == Monit::watches) continue;
        condition.state =
            both(condition.state, monit == Monit::unknown ? State::unknown : State::speaks_against);
        others += (others.empty() ? " (" : "; ") + of_monit(asked);
    }
    if (!others.empty()) condition.text += others + ")";
    return condition;
}

// A Locket that still names one of ours, long after that one has gone, hangs: that is another cause's.
Condition locket_answers(const Facts& facts) {
    State state = facts.bbs.empty() ? State::unknown : State::holds;
    for (const AskedPod& asked : facts.bbs) {
        switch (asked.locks()) {
            case Locks::nobody:
                break;
            case Locks::owner:
            case Locks::hangs:
            case Locks::no_locket:
            case Locks::database_error:
            case Locks::database_refuses:
                state = both(state, State::speaks_against);
                break;
            case Locks::error:
            case Locks::unasked:
            case Locks::absent:
            case Locks::unknown:
                state = both(state, State::unknown);
                break;
        }
    }
    if (!facts.refusals().empty()) state = both(state, State::speaks_against);
    return {ConditionName::locket_answers, state, "Locket answers, and nobody has the BBS's lock"};
}

// Who died of something dies of it again.
Condition log_explains_nothing(const Facts& facts) {
    Condition condition{ConditionName::log_explains_nothing,
                        facts.bbs.empty() ? State::unknown : State::holds,
                        "no BBS's log says, since its last start, why it ended"};
    for (const AskedPod& asked : facts.bbs) {
        if (asked.inside == nullptr || !asked.inside->bbs_log.is_known) {
            condition.state = both(condition.state, State::unknown);
            continue;
        }
        const LockLog& log = asked.inside->bbs_log;
        const std::string& said = log.failure.empty() ? log.certificate_error : log.failure;
        if (said.empty()) continue;
        condition.state = both(condition.state, State::speaks_against);
        condition.text += " (" + asked.pod.name + ": " + said + ")";
    }
    return condition;
}

std::vector<Condition> conditions_where_none_runs(const Facts& facts, const OwnDoing& own) {
    std::vector<Condition> conditions = restart_conditions(facts, own);
    std::replace_if(
        conditions.begin(), conditions.end(),
        [](const Condition& one) { return one.name == ConditionName::lock_is_ours; }, locket_answers(facts));
    conditions.push_back(none_runs(facts));
    conditions.push_back(monit_watches(facts));
    conditions.push_back(log_explains_nothing(facts));
    return conditions;
}

bool is_of_the_bbs(const Facts&, const Pod& pod) {
    return pod.role == Role::bbs;
}

}  // namespace

const Restart restart_of_bbs_that_are_gone{.conditions = conditions_where_none_runs,
                                           .concerns = is_of_the_bbs,
                                           .why_bbs = "no BBS runs in it, and nobody starts it"};

Proof prove_bbs_stopped(const Facts& facts, const Findings&) {
    // Also where a port could not be asked: what somebody did is known all the same.
    if (every_bbs_is_gone(facts) == State::speaks_against) return {};
    Proof proof;
    for (const AskedPod& asked : facts.bbs) {
        if (asked.inside != nullptr && asked.inside->supervision.monit == Monit::leaves_alone)
            proof.push_back(of_monit(asked));
    }
    if (!proof.empty()) proof.insert(proof.begin(), "of no BBS pod it is known that a BBS runs there");
    return proof;
}

Proof prove_bbs_not_running(const Facts& facts, const Findings&) {
    return proof_if_all_hold(conditions_where_none_runs(facts, {}));
}

Proof prove_unclear_why_none_runs(const Facts& facts, const Findings&) {
    return none_seems_to_run(facts) ? why_no_restart(conditions_where_none_runs(facts, {})) : Proof{};
}

}  // namespace cfee
