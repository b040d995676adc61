#include "lib/runbook/restart.hpp"

#include <algorithm>

#include "lib/runbook/databases.hpp"
#include "lib/runbook/lock_is_ours.hpp"

namespace cfee {

namespace {

using State = Condition::State;

// What speaks against beats what is not known, and that beats what holds.
Condition nobody_serves(const Facts& facts) {
    State state = State::holds;
    for (const AskedPod& asked : facts.bbs) {
        switch (asked.ping()) {
            case Ping::not_serving:
            case Ping::error:
                break;
            case Ping::serving:
            case Ping::certificate:
                state = both(state, State::speaks_against);
                break;
            case Ping::absent:
            case Ping::unknown:
                state = both(state, State::unknown);
                break;
        }
    }
    return {ConditionName::nobody_serves, facts.bbs.empty() ? State::unknown : state,
            "no BBS pod answers /v1/ping with 200"};
}

std::string accept_in_words(const std::vector<std::string>& addresses, bool is_heard) {
    if (addresses.empty()) return "every database that the pods name accepts connections";
    if (addresses.size() == 1)
        return "the database " + addresses.front() +
               (is_heard ? " accepts connections and answers" : " accepts connections");
    return "the databases " + enumerated(addresses) +
           (is_heard ? " accept connections and answer" : " accept connections");
}

Condition databases_accept(const Facts& facts) {
    State state = State::holds;
    std::vector<std::string> addresses;
    bool is_heard = false;
    for (const AskedPod* asked : facts.diego()) {
        if (asked->inside == nullptr || !asked->inside->is_complete ||
            !asked->inside->unreadable_databases.empty() || asked->inside->databases.empty()) {
            state = both(state, State::unknown);
        }
        if (asked->inside == nullptr) continue;
        for (const Database& database : asked->inside->databases) {
            const Verdict verdict = state_of(facts, *asked, database).verdict;
            state = both(state, verdict == Verdict::ok     ? State::holds
                                : verdict == Verdict::fail ? State::speaks_against
                                                           : State::unknown);
            is_heard = is_heard || was_heard(database);
            const std::string address = database.address.text();
            if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
                addresses.push_back(address);
        }
    }
    return {ConditionName::databases_accept, addresses.empty() ? State::unknown : state,
            accept_in_words(addresses, is_heard)};
}

// A BBS migrates once it has the lock: one that waits for it, and stands in no migration, does not.
bool stacks_show_no_migration(const AskedPod& asked) {
    if (asked.inside == nullptr) return false;
    const Stacks& stacks = asked.inside->bbs_stacks;
    return stacks.is_known() && !stacks.waiting_for_locket.empty() && !stacks.is_at_migrations;
}

Condition nothing_migrates(const Facts& facts) {
    State state = State::holds;
    for (const AskedPod& asked : facts.bbs) {
        // A log that is empty, or was rotated away, does not tell; and no waiting makes up for that, but the
        // stacks do.
        if (asked.inside == nullptr || !asked.inside->bbs_log.is_known ||
            (asked.inside->bbs_log.last_line.empty() && !asked.inside->bbs_log.last_event)) {
            state = both(state, stacks_show_no_migration(asked) ? State::holds : State::unknown);
        } else if (asked.inside->bbs_log.is_migrating) {
            state = both(state, State::speaks_against);
        }
    }
    return {ConditionName::nothing_migrates, facts.bbs.empty() ? State::unknown : state,
            "no migration of the BBS's database is running"};
}

Condition all_are_settled(const Facts& facts, const OwnDoing& own) {
    State state = State::holds;
    for (const AskedPod* asked : facts.diego()) {
        if (own.covers(asked->pod)) continue;
        if (asked->pod.is_terminating() || facts.is_young(asked->pod)) state = State::speaks_against;
    }
    for (const AskedPod& asked : facts.bbs) {
        // A log that is not there, or was rotated away, has no event with a time: (d) says so, or the stacks say
        // enough for (d), and heal's grace period stands in here.
        if (asked.inside == nullptr || !asked.inside->bbs_log.last_event) continue;
        if (!asked.inside->clock) state = both(state, State::unknown);
    }
    // A pod that is wanted and not there would not be missed.
    if (!facts.snapshot.controllers.is_known()) state = both(state, State::unknown);
    // After what heal did itself, neither is a reason to give up yet.
    const State moving = own.is_any() ? State::unknown : State::speaks_against;
    if (!facts.missing_pods().empty() || facts.lock_moved_within(unrest)) state = both(state, moving);
    return {ConditionName::all_are_settled, state,
            "all BBS and Locket pods are there, older than 60 s and not being deleted, and the lock has not "
            "moved for 30 s"};
}

}  // namespace

State both(State one, State other) {
    if (one == State::speaks_against || other == State::speaks_against) return State::speaks_against;
    return one == State::holds ? other : one;
}

std::vector<std::string> proof_if_all_hold(const std::vector<Condition>& conditions) {
    std::vector<std::string> proof;
    for (const Condition& condition : conditions) {
        if (condition.state != State::holds) return {};
        proof.push_back(condition.text);
    }
    return proof;
}

std::vector<std::string> why_no_restart(const std::vector<Condition>& conditions) {
    std::vector<std::string> reasons;
    for (const Condition& condition : conditions) {
        if (condition.state == State::unknown)
            reasons.push_back("for a restart it is not known that " + condition.text);
        if (condition.state == State::speaks_against)
            reasons.push_back("against a restart speaks that this is not so: " + condition.text);
    }
    return reasons;
}

std::vector<Condition> restart_conditions(const Facts& facts, const OwnDoing& own) {
    return {nobody_serves(facts), lock_is_ours(facts), databases_accept(facts), nothing_migrates(facts),
            all_are_settled(facts, own)};
}

bool OwnDoing::covers(const Pod& pod) const {
    const auto has = [](const std::vector<std::string>& uids, const std::string& uid) {
        return std::find(uids.begin(), uids.end(), uid) != uids.end();
    };
    if (has(deleted, pod.uid)) return true;
    return !has(planned, pod.uid) && pod.owner && has(owners, pod.owner->uid);
}

namespace {

bool is_of_diego(const Facts&, const Pod& pod) {
    return pod.role == Role::bbs || pod.role == Role::locket;
}

}  // namespace

const Restart restart_of_all{restart_conditions, is_of_diego};
const Restart restart_of_the_broken_one{restart_conditions, is_of_diego, true};

}  // namespace cfee
