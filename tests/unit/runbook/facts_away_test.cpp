// Taking a fact away never makes a restart out of another diagnosis, and never makes anything healthy.
#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/runbook/situations.hpp"

namespace cfee {

namespace {

Trouble forbidden() {
    return {Trouble::Kind::forbidden, "taken away"};
}
void forget(std::optional<Connection>& connection) {
    if (connection) connection = Connection{};
}

/// A list that kubectl gets.
struct List {
    std::string_view name;
    void (*forget)(Snapshot&);
};
const std::vector<List> lists{
    {"pods", [](Snapshot& of) { of.pods = forbidden(); }},
    {"services", [](Snapshot& of) { of.services = forbidden(); }},
    {"endpoints", [](Snapshot& of) { of.endpoints = forbidden(); }},
    {"controllers", [](Snapshot& of) { of.controllers = forbidden(); }},
};

/// What a pod says of itself. A pod whose answer is not complete is never well and never restarted; a complete
/// one may lack a fact all the same (no program to ask with, an error), and then it may be missed only where
/// a reason stands.
struct Part {
    std::string_view name;
    void (*forget)(Inside&);
    std::string_view well_without;
    std::string_view restart_without;
};
constexpr std::string_view serving_says_more = "a BBS that answers its own ping says more of it";
constexpr std::string_view nobody_asked = "nobody asks where it is not needed, and older versions did not";
const std::vector<Part> parts{
    {"everything", [](Inside& of) { of = Inside{.pod = of.pod, .trouble = forbidden()}; }, "", ""},
    {"clock", [](Inside& of) { of.clock.reset(); }, "", ""},
    {"ping",
     [](Inside& of) {
         of.ping = Ping::unknown;
         of.ping_text.clear();
     },
     "", ""},
    {"locks",
     [](Inside& of) {
         of.locks = Locks::unknown;
         of.lock_owner.clear();
         of.held_locks.reset();
     },
     serving_says_more, ""},
    {"all of the locks", [](Inside& of) { of.held_locks.reset(); }, "", ""},
    {"when the locks were asked for", [](Inside& of) { of.locks_asked.reset(); }, "", ""},
    {"jobs", [](Inside& of) { of.runs_locket.reset(); }, "", "a complete answer names them"},
    {"Locket's address", [](Inside& of) { of.locket_address = {}; }, "", ""},
    {"the way to Locket", [](Inside& of) { forget(of.locket); }, "", ""},
    {"the BBS's port", [](Inside& of) { forget(of.bbs_port); }, "", ""},
    {"Locket's port", [](Inside& of) { forget(of.locket_port); }, "", ""},
    {"the ways to the databases",
     [](Inside& of) {
         for (Database& database : of.databases) database.connection = {};
     },
     serving_says_more, ""},
    {"what the databases say",
     [](Inside& of) {
         for (Database& database : of.databases) database.answer.reset();
     },
     "", nobody_asked},
    {"the BBS's log", [](Inside& of) { of.bbs_log = {}; }, "", ""},
    {"Locket's log", [](Inside& of) { of.locket_log = {}; }, "", "the BBS's log tells the same"},
    {"the BBS's stacks", [](Inside& of) { of.bbs_stacks = {}; }, "", nobody_asked},
    {"Locket's stacks", [](Inside& of) { of.locket_stacks = {}; }, "", nobody_asked},
    {"Locket's peer", [](Inside& of) { of.locket_peer.clear(); }, "", ""},
};

void expect_no_more(const Judgement& whole, const Snapshot& less, std::string_view well_without = "",
                    std::string_view restart_without = "") {
    const Judgement judgement = judge(less);
    const bool is_restart = judgement.diagnosis.remedy == Remedy::restart;
    if (restart_without.empty() && whole.diagnosis.remedy != Remedy::restart) {
        EXPECT_FALSE(is_restart) << whole.diagnosis.id << " became " << judgement.diagnosis.id;
    }
    if (well_without.empty() && whole.exit_status() != 0) {
        EXPECT_NE(judgement.exit_status(), 0) << whole.diagnosis.id << " became " << judgement.diagnosis.id;
    }
}

/// Where it was complete, it stays so, or not.
void forget(const Part& part, Inside& inside, bool stays_complete) {
    inside.is_complete = inside.is_complete && stays_complete;
    part.forget(inside);
}
void expect_no_more_without(const Part& part, const Judgement& whole, const Snapshot& snapshot) {
    SCOPED_TRACE(part.name);
    for (const bool stays_complete : {false, true}) {
        SCOPED_TRACE(stays_complete ? "from a complete answer" : "from an answer that is not complete");
        const std::string_view well_without = stays_complete ? part.well_without : "";
        const std::string_view restart_without = stays_complete ? part.restart_without : "";
        for (std::size_t i = 0; i != snapshot.insides.size(); ++i) {
            SCOPED_TRACE(snapshot.insides[i].pod);
            Snapshot less = snapshot;
            forget(part, less.insides[i], stays_complete);
            expect_no_more(whole, less, well_without, restart_without);
        }
        Snapshot less = snapshot;
        for (Inside& inside : less.insides) forget(part, inside, stays_complete);
        expect_no_more(whole, less, well_without, restart_without);
    }
}

TEST(FactsAway, OfAPodMakeNoRestartAndNothingWell) {
    for (const Situation& situation : every_situation()) {
        SCOPED_TRACE(situation.name);
        const Judgement whole = judge(situation.scene.snapshot);
        for (const Part& part : parts) expect_no_more_without(part, whole, situation.scene.snapshot);
    }
}

TEST(FactsAway, OfKubectlsListsMakeNoRestartAndNothingWell) {
    for (const Situation& situation : every_situation()) {
        SCOPED_TRACE(situation.name);
        const Judgement whole = judge(situation.scene.snapshot);
        for (const List& list : lists) {
            SCOPED_TRACE(list.name);
            Snapshot less = situation.scene.snapshot;
            list.forget(less);
            expect_no_more(whole, less);
        }
    }
}

TEST(FactsAway, OfTheWayToTheBbsMakeNoRestartAndNothingWell) {
    for (const Situation& situation : every_situation()) {
        SCOPED_TRACE(situation.name);
        const Snapshot& snapshot = situation.scene.snapshot;
        const Judgement whole = judge(snapshot);
        Snapshot without_all = snapshot;
        for (std::size_t i = 0; i != snapshot.probes.size(); ++i) {
            SCOPED_TRACE(snapshot.probes[i].pod);
            Snapshot less = snapshot;
            for (Snapshot* const one : {&less, &without_all}) {
                one->probes[i].connection = {};
                one->probes[i].trouble = forbidden();
            }
            expect_no_more(whole, less);
        }
        expect_no_more(whole, without_all);
    }
}

}  // namespace

}  // namespace cfee
