#include "lib/cluster/look.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/cluster/scripts.hpp"

namespace cfee {

namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

bool has(const Command& command, std::string_view word) {
    return std::find(command.argv.begin(), command.argv.end(), word) != command.argv.end();
}

Outcome printed(const std::string& out) {
    return {.end = Outcome::End::exited, .code = 0, .out = out};
}

constexpr auto empty_list = R"({"kind":"List","items":[]})";

/// As kubectl does it: the status says no, and the list is there nonetheless.
Outcome refused(const std::string& err) {
    return {.end = Outcome::End::exited, .code = 1, .out = empty_list, .err = err};
}

const std::string forbidden = "Error from server (Forbidden): x is forbidden: User \"u\" cannot list";

std::string pod(const std::string& name, const std::string& role, const std::string& more = "",
                const std::string& phase = "Running", const std::string& node = "node-1") {
    const std::string label = role.empty() ? "" : R"(,"labels":{"skiff-role-name":")" + role + "\"}";
    return R"({"kind":"Pod","metadata":{"name":")" + name + "\"" + label + more +
           R"(},"spec":{"nodeName":")" + node + R"(","containers":[{"name":"main"}]},"status":{"phase":")" +
           phase +
           R"(","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"main","ready":true}]}})";
}

/// The BBS pod that is labelled active.
std::string active_pod() {
    std::string text = pod("diego-api-0", "diego-api");
    const std::string role = R"("skiff-role-name":"diego-api")";
    return text.replace(text.find(role), role.size(), role + R"(,"skiff-role-active":"true")");
}

std::string list_of(const Words& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ",") + item;
    return R"({"kind":"List","items":[)" + text + "]}";
}

const std::string objects = list_of({
    R"({"kind":"Service","metadata":{"name":"diego-api-set"}})",
    R"({"kind":"Service","metadata":{"name":"diego-api-bbs"}})",
    R"({"kind":"Endpoints","metadata":{"name":"diego-api-bbs"},"subsets":[{"addresses":[{"ip":"10.0.0.1"}]}]})",
    R"({"kind":"StatefulSet","metadata":{"name":"diego-api"},"spec":{"replicas":2}})",
});

/// A cluster of canned answers, which remembers in which rounds it was asked.
struct FakeHost final : Host {
    std::vector<Outcome> run(std::span<const Command> batch) override {
        rounds.emplace_back(batch.begin(), batch.end());
        std::vector<Outcome> outcomes;
        for (const Command& command : batch) outcomes.push_back(answer(command));
        time += 1s;
        return outcomes;
    }
    [[nodiscard]] Clock::time_point now() const override { return time; }
    void sleep(Clock::duration) override { FAIL() << "a look does not sleep"; }
    void look_begins() override { ++begun; }
    void look_ends() override { ++ended; }

    [[nodiscard]] Outcome answer(const Command& command) const {
        if (has(command, "config")) return context;
        if (has(command, "exec")) return exec(command);
        if (has(command, auctioneer_selector())) return brains;
        if (has(command, "-l")) return labelled;
        if (has(command, "pods")) return all;
        if (has(command, "namespace")) return name_space;
        if (has(command, "services")) return services;
        if (has(command, "endpoints")) return endpoints;
        if (has(command, "statefulsets")) return controllers;
        return together;
    }

    Outcome labelled = printed(
        list_of({pod("api-0", "api"), pod("api-1", "api"), active_pod(), pod("diego-api-1", "diego-api")}));
    Outcome brains = printed(list_of({pod("diego-brain-0", "diego-brain"), pod("other-0", "other")}));
    Outcome all = printed(empty_list);
    Outcome together = printed(objects);
    Outcome services = refused(forbidden);
    Outcome endpoints = refused(forbidden);
    Outcome controllers = refused(forbidden);
    Outcome name_space = printed(R"({"kind":"Namespace"})");
    Outcome context =
        printed(R"({"current-context":"prod","clusters":[{"cluster":{"server":"https://h"}}]})");
    std::function<Outcome(const Command&)> exec = [](const Command&) { return printed(""); };

    std::vector<std::vector<Command>> rounds;
    int begun = 0;
    int ended = 0;
    Clock::time_point time = Clock::from_time_t(1795341600);
};

/// The names of pods that a round asks from inside.
Words asked_pods(const std::vector<Command>& round) {
    Words names;
    for (const Command& command : round) {
        const auto verb = std::find(command.argv.begin(), command.argv.end(), "exec");
        if (verb != command.argv.end()) names.push_back(*(verb + 3));
    }
    return names;
}

TEST(Look, TakesTwoRounds) {
    FakeHost host;
    const Snapshot snapshot = look(host, {});
    ASSERT_EQ(host.rounds.size(), 2U);
    EXPECT_LE(host.rounds[0].size(), 3U);
    EXPECT_TRUE(asked_pods(host.rounds[0]).empty());
    EXPECT_EQ(asked_pods(host.rounds[1]), (Words{"api-0", "api-1", "diego-api-0", "diego-api-1"}));
    EXPECT_EQ(host.rounds[1].size(), 4U);
    EXPECT_EQ(host.begun, 1);
    EXPECT_EQ(host.ended, 1);
    EXPECT_EQ(snapshot.ended - snapshot.started, 2s);
    EXPECT_EQ(snapshot.name_space, "cf");
    EXPECT_EQ(snapshot.context, "prod");
    EXPECT_EQ(snapshot.server, "https://h");
    EXPECT_EQ(snapshot.edition().id, "cfee-2");
    EXPECT_FALSE(snapshot.namespace_is_missing);
    ASSERT_TRUE(snapshot.pods.is_known() && snapshot.services.is_known() && snapshot.endpoints.is_known() &&
                snapshot.controllers.is_known());
    EXPECT_EQ(snapshot.services.value().size(), 2U);
    EXPECT_EQ(snapshot.controllers.value().front().wanted, 2);
    EXPECT_EQ(snapshot.probes.size(), 2U);
    EXPECT_EQ(snapshot.insides.size(), 2U);
}

TEST(Look, GoesOnFromAGlance) {
    FakeHost host;
    Snapshot glanced = glance(host, {});
    ASSERT_EQ(host.rounds.size(), 1U);
    EXPECT_TRUE(asked_pods(host.rounds[0]).empty());
    EXPECT_EQ(glanced.services.value().size(), 2U);
    EXPECT_EQ(host.ended, 0);
    const Snapshot snapshot = look_on(host, {}, std::move(glanced));
    ASSERT_EQ(host.rounds.size(), 2U);
    EXPECT_EQ(asked_pods(host.rounds[1]).size(), 4U);
    EXPECT_EQ(snapshot.ended - snapshot.started, 2s);
    EXPECT_EQ(host.begun, 1);
    EXPECT_EQ(host.ended, 1);
}

TEST(Look, AsksNobodyWhoCannotAnswer) {
    FakeHost host;
    host.labelled = printed(list_of({
        pod("api-0", "api"),
        pod("api-1", "api", R"(,"deletionTimestamp":"2026-11-22T10:00:00Z")"),
        pod("api-2", "api", "", "Pending"),
        pod("diego-api-0", "diego-api", "", "Pending", ""),
        pod("diego-api-1", "diego-api", "", "Succeeded"),
        pod("diego-api-2", "diego-api", "", "Failed"),
        pod("diego-api-3", "diego-api", R"(,"deletionTimestamp":"2026-11-22T10:00:00Z")"),
        pod("diego-api-4", "diego-api", "", "Pending"),
        pod("locket-0", "locket"),
    }));
    const Snapshot snapshot = look(host, {});
    ASSERT_EQ(host.rounds.size(), 2U);
    EXPECT_EQ(asked_pods(host.rounds[1]), (Words{"api-0", "diego-api-3", "diego-api-3", "diego-api-4",
                                                 "diego-api-4", "locket-0", "locket-0"}));
    EXPECT_EQ(snapshot.pods.value().size(), 9U);
}

struct RoundRow {
    std::string_view name;
    void (*change)(FakeHost&);
    std::size_t rounds;
    std::size_t second;  ///< commands in the second round
};

TEST(Look, AsksAgainOnlyForWhatIsMissing) {
    const std::vector<RoundRow> table{
        {"nothing is missing", [](FakeHost&) {}, 2, 4},
        {"nobody is labelled active",
         [](FakeHost& host) {
             host.labelled = printed(list_of({pod("api-0", "api"), pod("diego-api-0", "diego-api")}));
         },
         2, 4},
        {"the service has no endpoint",
         [](FakeHost& host) {
             host.together = printed(list_of({R"({"kind":"Service","metadata":{"name":"diego-api-bbs"}})"}));
         },
         2, 8},
        {"Locket has pods of its own",
         [](FakeHost& host) {
             host.labelled = printed(
                 list_of({pod("api-0", "api"), pod("diego-api-0", "diego-api"), pod("locket-0", "locket")}));
         },
         2, 5},
        {"no Cloud Controller by label",
         [](FakeHost& host) { host.labelled = printed(list_of({active_pod()})); }, 2, 2},
        {"no BBS by label", [](FakeHost& host) { host.labelled = printed(list_of({pod("api-0", "api")})); },
         2, 2},
        {"no labels at all",
         [](FakeHost& host) {
             host.labelled = printed(empty_list);
             host.all = printed(list_of({pod("api-0", ""), pod("diego-api-0", "")}));
         },
         3, 2},
        {"a kind refused", [](FakeHost& host) { host.together = refused(forbidden); }, 3, 3},
        {"both",
         [](FakeHost& host) {
             host.together = refused(forbidden);
             host.labelled = printed(empty_list);
             host.all = printed(list_of({pod("api-0", ""), pod("diego-api-0", "")}));
         },
         3, 5},
        {"objects fail otherwise",
         [](FakeHost& host) { host.together = refused("Unable to connect to the server: x"); }, 2, 8},
        {"objects garbled", [](FakeHost& host) { host.together = printed("x"); }, 2, 8},
        {"pods refused", [](FakeHost& host) { host.labelled = refused(forbidden); }, 1, 0},
        {"pods garbled", [](FakeHost& host) { host.labelled = printed("null"); }, 1, 0},
        {"no kubectl",
         [](FakeHost& host) {
             host.labelled = host.together = host.context = {.end = Outcome::End::not_started, .err = "none"};
         },
         1, 0},
    };
    for (const RoundRow& row : table) {
        SCOPED_TRACE(row.name);
        FakeHost host;
        row.change(host);
        static_cast<void>(look(host, {}));
        ASSERT_EQ(host.rounds.size(), row.rounds);
        EXPECT_EQ(host.rounds[0].size(), 3U);
        if (row.rounds > 1) {
            EXPECT_EQ(host.rounds[1].size(), row.second);
        }
        EXPECT_EQ(host.ended, 1);
    }
}

// A list that comes with exit status 1 is empty because nobody filled it.
TEST(Look, TakesAnEmptyListOfAFailureForNoAnswer) {
    FakeHost host;
    host.labelled = refused(forbidden);
    host.together = refused("Unable to connect to the server: dial tcp: i/o timeout");
    host.context = refused("error: current-context must exist in order to minify");
    const Snapshot snapshot = look(host, {});
    ASSERT_FALSE(snapshot.pods.is_known());
    EXPECT_EQ(snapshot.pods.trouble().kind, Trouble::Kind::forbidden);
    ASSERT_FALSE(snapshot.services.is_known() || snapshot.endpoints.is_known() ||
                 snapshot.controllers.is_known());
    EXPECT_EQ(snapshot.services.trouble().kind, Trouble::Kind::unreachable);
    EXPECT_EQ(snapshot.context, "");
    EXPECT_EQ(snapshot.edition().id, "unknown");
    EXPECT_TRUE(snapshot.probes.empty());
}

TEST(Look, AFailureOfTheWholeListIsNoAnswerEither) {
    FakeHost host;
    host.labelled = printed(list_of({pod("api-0", "api")}));
    host.all = refused("Error from server (Timeout): x");
    const Snapshot snapshot = look(host, {});
    ASSERT_FALSE(snapshot.pods.is_known());
    EXPECT_EQ(snapshot.pods.trouble().kind, Trouble::Kind::unreachable);
}

TEST(Look, KeepsTheKindsThatMayBeListed) {
    FakeHost host;
    host.together = refused(forbidden);
    host.services = printed(list_of({R"({"kind":"Service","metadata":{"name":"diego-api"}})"}));
    host.endpoints = printed("x");
    const Snapshot snapshot = look(host, {});
    ASSERT_TRUE(snapshot.services.is_known());
    EXPECT_EQ(snapshot.services.value().front().name, "diego-api");
    ASSERT_FALSE(snapshot.endpoints.is_known());
    EXPECT_EQ(snapshot.endpoints.trouble().kind, Trouble::Kind::garbled);
    ASSERT_FALSE(snapshot.controllers.is_known());
    EXPECT_EQ(snapshot.controllers.trouble().kind, Trouble::Kind::forbidden);
}

TEST(Look, KnowsANamespaceThatIsMissing) {
    struct Row {
        std::string_view name;
        Outcome name_space;
        bool is_missing;
    };
    const std::vector<Row> table{
        {"there", printed("{}"), false},
        {"missing", refused("Error from server (NotFound): namespaces \"cf\" not found"), true},
        {"no right to know", refused(forbidden), false},
        {"no answer", {.end = Outcome::End::timed_out}, false},
    };
    for (const Row& row : table) {
        FakeHost host;
        host.labelled = printed(empty_list);
        host.name_space = row.name_space;
        EXPECT_EQ(look(host, {}).namespace_is_missing, row.is_missing) << row.name;
    }
}

/// What a command tells a script; its text, name and version and the folder of BOSH stand before it.
Words arguments_of(const Command& command, const Script& script) {
    const auto text = std::find(command.argv.begin(), command.argv.end(), script.text);
    if (command.argv.end() - text < 4) return {"that is not the script"};
    EXPECT_EQ(*(text + 1), script.name);
    EXPECT_EQ(*(text + 2), script.version);
    EXPECT_EQ(*(text + 3), "V=/var/vcap");
    return {text + 4, command.argv.end()};
}

struct QuestionRow {
    std::string_view name;
    Address given;
    Outcome together;
    Words arguments;  ///< after the script's name and version
};

TEST(Look, TellsCloudControllerWhatToProbe) {
    const std::vector<QuestionRow> table{
        {"ask the configuration",
         {},
         printed(objects),
         {"limit=7", "address=", "fallback=diego-api-bbs.scf.svc:8889"}},
        {"as given",
         {"h", 1234},
         printed(objects),
         {"limit=7", "address=h:1234", "fallback=diego-api-bbs.scf.svc:8889"}},
        {"no service", {}, printed(empty_list), {"limit=7", "address=", "fallback="}},
        {"services not known", {}, printed("x"), {"limit=7", "address=", "fallback="}},
        {"another service",
         {},
         printed(list_of({R"({"kind":"Service","metadata":{"name":"diego-api-set"}})"})),
         {"limit=7", "address=", "fallback=diego-api-set.scf.svc:8889"}},
    };
    for (const QuestionRow& row : table) {
        SCOPED_TRACE(row.name);
        FakeHost host;
        host.together = row.together;
        static_cast<void>(
            look(host, {.kubectl = {.name_space = "scf"}, .address = row.given, .probe_timeout = 7s}));
        ASSERT_EQ(host.rounds.size(), 2U);
        for (const Command& command : host.rounds[1]) {
            const bool is_cloud_controller = has(command, "api-0") || has(command, "api-1");
            if (has(command, "cfee-locket")) {
                EXPECT_EQ(arguments_of(command, locket_script), Words{"limit=7"});
            } else if (has(command, "cfee-stacks")) {
                EXPECT_EQ(arguments_of(command, stacks_script), Words{"limit=7"});
            } else if (is_cloud_controller) {
                EXPECT_EQ(arguments_of(command, cloud_controller_script), row.arguments);
            } else {
                EXPECT_EQ(arguments_of(command, bbs_script),
                          (Words{"limit=7", "fallback=",
                                 "ping=jobs/global-properties/bin/readiness/diego-api", "locks=yes"}));
            }
            EXPECT_TRUE(has(command, "main")) << "the container";
            EXPECT_GT(command.limit, 8s) << "more than the script itself may take";
            EXPECT_LT(command.limit, 30s);
        }
    }
}

TEST(Look, BelievesTheSentinelsWhateverTheExitStatus) {
    FakeHost host;
    host.exec = [](const Command& command) -> Outcome {
        if (has(command, "api-0"))
            return {.end = Outcome::End::timed_out,
                    .out = "\n<cfee:address service>\nh:8889\n</cfee>\n\n<cfee:probe 0 nc>\n\n</cfee>\n"};
        if (has(command, "api-1")) return {.end = Outcome::End::exited, .code = 1, .err = forbidden};
        if (has(command, "diego-api-0"))
            return {.end = Outcome::End::timed_out, .out = "\n<cfee:ping 0>\n\n</cfee>\n"};
        return printed("Connection to h 8889 port [tcp/*] succeeded!");
    };
    const Snapshot snapshot = look(host, {});
    ASSERT_EQ(snapshot.probes.size(), 2U);
    EXPECT_TRUE(snapshot.probes[0].connection.is_open());
    EXPECT_FALSE(snapshot.probes[1].connection.was_asked());
    EXPECT_EQ(snapshot.probes[1].trouble.kind, Trouble::Kind::forbidden);
    ASSERT_EQ(snapshot.insides.size(), 2U);
    EXPECT_EQ(snapshot.insides[0].ping, Ping::serving);
    EXPECT_FALSE(snapshot.insides[0].is_complete);
    EXPECT_FALSE(snapshot.insides[0].trouble);
    ASSERT_TRUE(snapshot.insides[1].trouble) << "exit 0 without a sentinel proves nothing";
    EXPECT_EQ(snapshot.insides[1].trouble->kind, Trouble::Kind::garbled);
}

std::string part(const std::string& head, const std::string& text = "") {
    return "\n<cfee:" + head + ">\n" + text + "\n</cfee>\n";
}

const std::string passive =
    part("jobs 0", "bbs locket ") + part("ping 7") + part("locket 0 nc", "127.0.0.1:8891");

/// "POD: SCRIPT" for each, in the order in which a round puts them.
Words put_in(const std::vector<Command>& round) {
    Words questions;
    const Words pods = asked_pods(round);
    for (const Command& command : round) {
        for (const std::string& word : command.argv) {
            if (word.starts_with("cfee-")) questions.push_back(pods.at(questions.size()) + ": " + word);
        }
    }
    return questions;
}

TEST(Look, AsksForStacksOnlyWhereItShowsNeed) {
    FakeHost host;
    host.exec = [](const Command& command) {
        return printed(has(command, "cfee-stacks")
                           ? part("stacks-bbs 7 curl") + part("stacks-locket absent") + part("done 2")
                           : part("ping 0"));
    };
    const Snapshot well = look(host, {});
    EXPECT_EQ(host.rounds.size(), 2U);
    EXPECT_EQ(put_in(host.rounds[1]), (Words{"api-0: cfee-cloud-controller", "api-1: cfee-cloud-controller",
                                             "diego-api-0: cfee-bbs", "diego-api-1: cfee-bbs"}));
    EXPECT_EQ(well.insides.front().bbs_stacks.trouble.kind, Trouble::Kind::not_asked);
    host.rounds.clear();
    host.labelled =
        printed(list_of({pod("api-0", "api"), pod("diego-api-0", "diego-api"), pod("locket-0", "locket")}));
    const Snapshot ill = look(host, {});
    ASSERT_EQ(host.rounds.size(), 2U);
    EXPECT_EQ(put_in(host.rounds[1]),
              (Words{"api-0: cfee-cloud-controller", "diego-api-0: cfee-bbs", "diego-api-0: cfee-stacks",
                     "locket-0: cfee-locket", "locket-0: cfee-stacks"}));
    ASSERT_EQ(ill.insides.size(), 2U);
    EXPECT_EQ(ill.insides.front().bbs_stacks.state, Stacks::State::closed);
    EXPECT_EQ(ill.insides.front().locket_stacks.state, Stacks::State::absent);
}

// The first round looks well, with a label that is not true any more; Locket's own side is asked behind it.
TEST(Look, AsksLocketsSideOnceNobodyServes) {
    FakeHost host;
    host.exec = [](const Command& command) {
        if (has(command, "cfee-locket"))
            return printed(part("port-locket 0 nc") + part("database-locket absent"));
        return printed(passive);
    };
    const Snapshot snapshot = look(host, {});
    ASSERT_EQ(host.rounds.size(), 3U);
    EXPECT_EQ(host.rounds[1].size(), 4U);
    EXPECT_EQ(put_in(host.rounds[2]),
              (Words{"diego-api-0: cfee-locket", "diego-api-0: cfee-stacks", "diego-api-0: cfee-supervision",
                     "diego-api-0: cfee-database", "diego-api-1: cfee-locket", "diego-api-1: cfee-stacks",
                     "diego-api-1: cfee-supervision", "diego-api-1: cfee-database"}));
    ASSERT_EQ(snapshot.insides.size(), 2U);
    EXPECT_EQ(snapshot.insides[0].ping, Ping::not_serving) << "what was said first still holds";
    EXPECT_TRUE(snapshot.insides[0].locket_port);
    host.rounds.clear();
    host.exec = [](const Command&) { return printed(part("jobs 0", "bbs locket ") + part("ping 0")); };
    static_cast<void>(look(host, {}));
    EXPECT_EQ(host.rounds.size(), 2U) << "somebody serves";
}

// Only where 8889 is closed in every BBS pod, and no stacks show a BBS all the same.
TEST(Look, AsksWhoWouldStartABbsOnceNoneSeemsToRun) {
    const std::string closed = part("stacks-bbs 7 curl") + part("done 3");
    const std::string there =
        part("stacks-bbs 0 curl", "total=41 migrates=0 processes=,7:4711 lock=,58 wait= outside=0 end");
    struct Row {
        std::string_view name;
        std::string first;  ///< what diego-api-0 says; the other one does not serve
        std::string stacks;
        std::size_t asked;
    };
    const std::vector<Row> table{
        {"none runs", passive, closed, 2},
        {"no stacks to be had", passive, "", 2},
        {"it waits for its lock", passive, there, 0},
        {"one serves", part("ping 0"), closed, 0},
        {"one answers with an error", part("ping 22"), closed, 0},
        {"one could not be asked", "", closed, 0},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        FakeHost host;
        host.labelled =
            printed(list_of({pod("api-0", "api"), pod("diego-api-0", "diego-api"),
                             pod("diego-api-1", "diego-api")}));  // nobody active: stacks are asked at once
        host.exec = [&row](const Command& command) {
            if (has(command, "cfee-supervision"))
                return printed(part("monit 0", "Process 'bbs'  not monitored") + part("processes 0"));
            if (has(command, "cfee-stacks")) return printed(row.stacks);
            return printed(has(command, "diego-api-0") ? row.first : passive);
        };
        const Snapshot snapshot = look(host, {});
        std::size_t asked = 0;
        for (const std::vector<Command>& round : host.rounds) {
            for (const Command& command : round) asked += has(command, "cfee-supervision") ? 1 : 0;
        }
        EXPECT_EQ(asked, row.asked);
        EXPECT_LE(host.rounds.size(), 3U);
        const Inside* inside = snapshot.inside_of("diego-api-1");
        ASSERT_NE(inside, nullptr);
        EXPECT_EQ(inside->supervision.monit == Supervision::Monit::leaves_alone, row.asked > 0);
        EXPECT_EQ(inside->ping, Ping::not_serving) << "nothing else is taken from it";
    }
}

TEST(Look, LeavesALocketThatHungInPeaceForAMinute) {
    FakeHost host;
    bool hangs = true;
    Words told;
    host.exec = [&](const Command& command) {
        if (!has(command, "cfee-bbs")) return printed("");
        told.push_back(command.argv.back());
        if (has(command, "locks=no")) return printed(passive + part("locks unasked"));
        return printed(passive + (hangs ? part("locks 137") : part("locks 0")));
    };
    const Snapshot first = look(host, {});
    ASSERT_EQ(first.insides.front().locks, Locks::hangs);
    EXPECT_EQ(first.insides.front().locks_asked, first.started);
    host.time = first.started + 20s;
    hangs = false;
    const Snapshot second = look(host, {}, &first);
    EXPECT_EQ(told, (Words{"locks=yes", "locks=yes", "locks=no", "locks=no"}));
    EXPECT_EQ(second.insides.front().locks, Locks::hangs) << "the earlier answer";
    EXPECT_EQ(second.insides.front().locks_asked, first.started) << "and its age";
    host.time = first.started + 61s;
    const Snapshot third = look(host, {}, &second);
    EXPECT_EQ(third.insides.front().locks, Locks::nobody) << "asked again";
    EXPECT_EQ(third.insides.front().locks_asked, third.started);
    hangs = true;
    static_cast<void>(look(host, {}, &third));
    EXPECT_EQ(told.back(), "locks=yes") << "it did not hang";
    static_cast<void>(look(host, {}));
    EXPECT_EQ(told.back(), "locks=yes") << "who must know asks without the look before";
}

const std::string databases = part("database-bbs 0 nc", "h:5432") + part("database-locket 0 nc", "h:5432");

/// To whom the databases' script was put, and for which jobs.
Words put_to_databases(const std::vector<std::vector<Command>>& rounds) {
    Words put;
    for (const std::vector<Command>& round : rounds) {
        const Words pods = asked_pods(round);
        for (std::size_t index = 0; index < pods.size(); ++index) {
            if (has(round[index], "cfee-database"))
                put.push_back(pods[index] + ": " + arguments_of(round[index], database_script).back());
        }
    }
    return put;
}

TEST(Look, AsksDatabasesThatNothingElseHasProved) {
    struct Row {
        std::string_view name;
        std::string said;  ///< by a BBS pod
        Words asked;
    };
    const Words both{"diego-api-0: jobs=bbs locket", "diego-api-1: jobs=bbs locket"};
    const Words own{"diego-api-0: jobs=bbs", "diego-api-1: jobs=bbs"};
    const std::vector<Row> table{
        {"a BBS serves", part("jobs 0", "bbs locket ") + part("ping 0") + databases, {}},
        {"Locket hangs", passive + part("locks 137") + databases, both},
        {"Locket was not asked", passive + part("locks absent") + databases, both},
        {"Locket knows no owner", passive + part("locks 0") + databases, own},
        {"Locket names one", passive + part("locks 0", R"({"key":"bbs","owner":"diego-api-0"})") + databases,
         own},
        {"Locket runs elsewhere",
         part("jobs 0", "bbs ") + part("ping 7") + part("database-bbs 0 nc", "h:5432"), own},
        {"they refuse",
         passive + part("database-bbs 1 nc", "h:5432\nConnection refused") +
             part("database-locket 1 nc", "h:5432\ntimed out"),
         {}},
        {"the pods leave no answer", "", {}},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        FakeHost host;
        host.exec = [&](const Command& command) { return printed(has(command, "cfee-bbs") ? row.said : ""); };
        static_cast<void>(look(host, {}));
        EXPECT_EQ(put_to_databases(host.rounds), row.asked);
        EXPECT_LE(host.rounds.size(), 3U);
    }
}

TEST(Look, AsksADatabaseOnceAMinute) {
    FakeHost host;
    std::string answer = part("answer-bbs 137 postgres", "open");
    host.exec = [&](const Command& command) {
        if (has(command, "cfee-bbs")) return printed(passive + part("database-bbs 0 nc", "h:5432"));
        return printed(has(command, "cfee-database") ? answer : "");
    };
    const auto heard = [](const Snapshot& snapshot) { return snapshot.insides.front().databases.front(); };
    const Snapshot first = look(host, {});
    ASSERT_TRUE(heard(first).answer);
    EXPECT_EQ(heard(first).answer_asked, first.started);
    host.time = first.started + 20s;
    host.rounds.clear();
    answer.clear();
    const Snapshot second = look(host, {}, &first);
    EXPECT_EQ(put_to_databases(host.rounds), (Words{"diego-api-0: jobs=locket", "diego-api-1: jobs=locket"}));
    ASSERT_TRUE(heard(second).answer) << "the earlier answer";
    EXPECT_EQ(heard(second).answer->kind, DatabaseAnswer::Kind::silent);
    EXPECT_EQ(heard(second).answer_asked, first.started) << "and its age";
    host.time = first.started + 61s;
    const Snapshot third = look(host, {}, &second);
    EXPECT_FALSE(heard(third).answer) << "asked again";
    host.rounds.clear();
    static_cast<void>(look(host, {}));
    EXPECT_EQ(put_to_databases(host.rounds).size(), 2U) << "who must know asks without the look before";
}

std::string lock_of(const std::string& key) {
    return R"({"key":")" + key + R"(","owner":"x"})";
}
std::string locks_of(const Words& keys) {
    std::string text;
    for (const std::string& key : keys) text += lock_of(key) + "\n";
    return part("locks 0", text);
}

/// diego-api-0 serves, and its Locket names these locks.
void serve(FakeHost& host, const Words& keys) {
    host.exec = [said = part("ping 0") + part("locket 0 nc", "l:8891\nok") +
                        locks_of(keys)](const Command& command) {
        if (has(command, "cfee-auctioneer")) return printed(part("stacks-auctioneer 7 curl"));
        if (has(command, "cfee-lockets"))
            return printed(part("way-10.0.0.1 0 nc") + part("locks-10.0.0.1 137") +
                           part("way-10.0.0.2 0 nc") + part("locks-10.0.0.2 0", lock_of("bbs")));
        return printed(has(command, "diego-api-0") ? said : "");
    };
}

TEST(Look, LooksForTheAuctioneerOnlyWhereNobodyHasItsLock) {
    FakeHost well;
    serve(well, {"auctioneer", "bbs"});
    EXPECT_EQ(look(well, {}).auctioneers.trouble().kind, Trouble::Kind::not_asked);
    EXPECT_EQ(well.rounds.size(), 2U);

    FakeHost none;
    serve(none, {"bbs"});
    none.brains = printed(empty_list);
    const Snapshot without = look(none, {});
    ASSERT_TRUE(without.auctioneers.is_known());
    EXPECT_TRUE(without.auctioneers.value().empty());
    EXPECT_EQ(none.rounds.size(), 3U);

    FakeHost host;
    serve(host, {"bbs"});
    const Snapshot snapshot = look(host, {});
    ASSERT_EQ(host.rounds.size(), 4U);
    EXPECT_EQ(host.rounds[2].size(), 1U);
    EXPECT_EQ(put_in(host.rounds[3]), (Words{"diego-brain-0: cfee-auctioneer", "diego-api-0: cfee-stacks",
                                             "diego-api-1: cfee-stacks"}));
    ASSERT_EQ(snapshot.auctioneers.value().size(), 1U) << "none of another role";
    EXPECT_EQ(snapshot.auctioneers.value()[0].pod.name, "diego-brain-0");
    EXPECT_EQ(snapshot.auctioneers.value()[0].stacks.state, Stacks::State::closed);
}

TEST(Look, DoesNotTakeAListOfAuctioneersThatFailedForAnEmptyOne) {
    struct Row {
        Outcome answer;
        Trouble::Kind kind;
    };
    const std::vector<Row> table{
        {refused(forbidden), Trouble::Kind::forbidden},
        {printed("x"), Trouble::Kind::garbled},
        {{.end = Outcome::End::timed_out}, Trouble::Kind::time_limit},
        {{.end = Outcome::End::not_started, .err = "not in the transcript"}, Trouble::Kind::not_asked},
    };
    for (const Row& row : table) {
        FakeHost host;
        serve(host, {"bbs"});
        host.brains = row.answer;
        const Snapshot snapshot = look(host, {});
        ASSERT_FALSE(snapshot.auctioneers.is_known());
        EXPECT_EQ(snapshot.auctioneers.trouble().kind, row.kind);
        EXPECT_EQ(host.rounds.size(), 3U);
    }
}

/// Two Lockets in pods of their own.
void with_two_lockets(FakeHost& host) {
    const auto at = [](const std::string& name, const std::string& address) {
        std::string text = pod(name, "locket");
        return text.replace(text.find(R"("phase")"), 0, R"("podIP":")" + address + R"(",)");
    };
    host.labelled = printed(
        list_of({active_pod(), pod("api-0", "api"), at("locket-0", "10.0.0.1"), at("locket-1", "10.0.0.2")}));
}

TEST(Look, AsksEachLocketByItselfAndOneThatHangsOnceAMinute) {
    FakeHost host;
    serve(host, {"bbs"});
    with_two_lockets(host);
    const auto asked = [](const std::vector<Command>& round) {
        for (const Command& command : round) {
            if (has(command, "cfee-lockets")) return command.argv.back();
        }
        return std::string{"none"};
    };
    const Snapshot first = look(host, {});
    EXPECT_EQ(asked(host.rounds.back()), "lockets=10.0.0.1 10.0.0.2");
    EXPECT_EQ(first.inside_of("locket-0")->locks, Locks::hangs);
    EXPECT_EQ(first.inside_of("locket-1")->locks, Locks::owner);
    host.time += 15s;
    const Snapshot second = look(host, {}, &first);
    EXPECT_EQ(asked(host.rounds.back()), "lockets=10.0.0.2");
    EXPECT_EQ(second.inside_of("locket-0")->locks, Locks::hangs) << "as it did a moment ago";
    EXPECT_EQ(second.inside_of("locket-0")->locks_asked, first.started);
    EXPECT_TRUE(second.lock_was_answered());
    host.time += 45s;
    static_cast<void>(look(host, {}, &second));
    EXPECT_EQ(asked(host.rounds.back()), "lockets=10.0.0.1 10.0.0.2");
}

TEST(Look, AsksEachLocketWhereEveryBbsMetTheOneThatHangs) {
    struct Row {
        std::string stacks_of_locket_1;
        bool asks;
    };
    const auto stacks = [](const std::string& waiting) {
        return part("stacks-locket 0 curl",
                    "total=71 migrates=0 processes=,8:4712 lock= wait=" + waiting + " outside=0 end");
    };
    const std::vector<Row> table{
        {stacks(""), true}, {stacks(",7"), false}, {part("stacks-locket 7 curl"), false}};
    for (const Row& row : table) {
        FakeHost host;
        with_two_lockets(host);
        host.exec = [&](const Command& command) {
            if (has(command, "cfee-stacks"))
                return printed(has(command, "locket-1") ? row.stacks_of_locket_1 : stacks(",1,2"));
            if (has(command, "cfee-bbs"))
                return printed(part("ping 7") + part("locket 0 nc", "l:8891\nok") + part("locks 137"));
            return printed("");
        };
        host.together = printed(empty_list);
        static_cast<void>(look(host, {}));
        const auto& last = host.rounds.back();
        const bool asks = std::any_of(last.begin(), last.end(),
                                      [](const Command& command) { return has(command, "cfee-lockets"); });
        EXPECT_EQ(asks, row.asks) << row.stacks_of_locket_1;
    }
}

TEST(Look, ALocketThatIsNewHasNotHung) {
    FakeHost host;
    host.exec = [](const Command& command) {
        return printed(has(command, "cfee-bbs")
                           ? part("ping 7") + part("locket 0 nc", "l:8891\nok") + part("locks 137")
                           : "");
    };
    const auto pods = [](const std::string& uid) {
        return printed(list_of({pod("api-0", "api"), pod("diego-api-0", "diego-api"),
                                pod("locket-0", "locket", R"(,"uid":")" + uid + "\"")}));
    };
    host.labelled = pods("a");
    const Snapshot first = look(host, {});
    ASSERT_EQ(first.inside_of("diego-api-0")->locks, Locks::hangs);
    const auto is_asked = [&host, &first] {
        host.rounds.clear();
        static_cast<void>(look(host, {}, &first));
        const auto& round = host.rounds[1];
        return std::any_of(round.begin(), round.end(),
                           [](const Command& one) { return has(one, "locks=yes"); });
    };
    EXPECT_FALSE(is_asked());
    host.labelled = pods("b");
    EXPECT_TRUE(is_asked());
}

TEST(Look, AsksEachLocketByItselfWhereOneSaysThatNobodyHasTheLock) {
    FakeHost host;
    with_two_lockets(host);
    host.exec = [](const Command& command) {
        return printed(has(command, "diego-api-0")
                           ? part("ping 7") + part("locket 0 nc", "l:8891\nok") + part("locks 0")
                           : "");
    };
    static_cast<void>(look(host, {}));
    const Words put = put_in(host.rounds.back());
    EXPECT_NE(std::find(put.begin(), put.end(), "diego-api-0: cfee-lockets"), put.end());
}

TEST(Look, AnEarlierAnswerDoesNotCountForALocketThatIsNotReachedAnyMore) {
    FakeHost host;
    std::string answer = passive + part("locks 137");
    host.exec = [&](const Command& command) { return printed(has(command, "cfee-bbs") ? answer : ""); };
    const Snapshot first = look(host, {});
    answer = part("jobs 0", "bbs locket ") + part("ping 7") +
             part("locket 1 nc", "127.0.0.1:8891\nConnection refused") + part("locks unasked");
    host.time = first.started + 20s;
    EXPECT_EQ(look(host, {}, &first).insides.front().locks, Locks::no_locket);
}

TEST(Look, KnowsWhereLocketRunsByTheJobsOfTheBbsPods) {
    FakeHost host;
    host.exec = [](const Command& command) {
        return printed(has(command, "cfee-bbs") ? part("jobs 0", "bbs ") + part("ping 0") : "");
    };
    EXPECT_EQ(look(host, {}).edition().id, "cfee-1")
        << "no locket job here: in pods of its own, though there are none";
    host.exec = [](const Command&) { return printed(""); };
    EXPECT_EQ(look(host, {}).edition().id, "cfee-2") << "nothing else is known";
    host.together =
        printed(list_of({R"({"kind":"StatefulSet","metadata":{"name":"locket"},"spec":{"replicas":2}})"}));
    host.labelled = printed(list_of({pod("api-group-0", "api-group"), active_pod()}));
    EXPECT_EQ(look(host, {}).edition().id, "scf-2.16") << "its StatefulSet wants it";
    ASSERT_FALSE(host.rounds.empty());
    EXPECT_EQ(arguments_of(host.rounds.back()[1], bbs_script)[1], "fallback=locket-locket.cf:8891");
}

TEST(Look, SaysWhatItWaitsFor) {
    FakeHost host;
    Words told;
    static_cast<void>(look(host, {.progress = [&](std::string_view what) { told.emplace_back(what); }}));
    EXPECT_EQ(told, (Words{"asking the cluster for pods and services", "asking 4 pods from inside"}));
}

TEST(Look, TellsAPersonHowToGetThere) {
    FakeHost host;
    const Snapshot snapshot =
        look(host, {.kubectl = {.global_flags = {"--token=hunter2"}, .name_space = "scf"}});
    EXPECT_EQ(snapshot.flags, "-n scf --token=REDACTED");
}

}  // namespace

}  // namespace cfee
