// What holds of every judgement, tried on some thousands of clusters.
#include "lib/runbook/diagnosis.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/restart.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

/// Makes clusters out of a well or a stuck one by changing some facts; the same seed makes the same ones.
class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}

    int below(int end) { return static_cast<int>(engine_() % static_cast<unsigned>(end)); }
    template <class Value, std::size_t size>
    Value one_of(const Value (&values)[size]) {
        return values[below(static_cast<int>(size))];
    }

    Snapshot cluster() {
        Scene scene = below(2) == 0 ? Scene::healthy() : Scene::stuck();
        if (below(4) == 0) scene.with_own_lockets();
        if (below(6) == 0) scene.unlabelled();
        if (below(8) == 0) scene.without("diego-api-1").snapshot.controllers.value().front().wanted = 1;
        if (below(8) == 0) scene.without("api-1");
        for (int left = below(5); left > 0; --left) change(scene);
        return scene.snapshot;
    }

private:
    Pod& any_pod(Scene& scene) {
        auto& pods = scene.snapshot.pods.value();
        return pods[static_cast<std::size_t>(below(static_cast<int>(pods.size())))];
    }
    Inside& any_inside(Scene& scene) {
        return scene.snapshot
            .insides[static_cast<std::size_t>(below(static_cast<int>(scene.snapshot.insides.size())))];
    }
    Reach any_reach() {
        return one_of({Reach::connected, Reach::refused, Reach::timed_out, Reach::name_unknown,
                       Reach::lookup_failed, Reach::unreachable, Reach::could_not_ask});
    }

    void change(Scene& scene) {
        Inside& inside = any_inside(scene);
        Pod& pod = any_pod(scene);
        switch (below(20)) {
            case 0:
                inside.ping = one_of({Ping::serving, Ping::not_serving, Ping::error, Ping::certificate,
                                      Ping::absent, Ping::unknown});
                break;
            case 1:
                inside.locks = one_of({Locks::owner, Locks::nobody, Locks::hangs, Locks::no_locket,
                                       Locks::database_error, Locks::database_refuses, Locks::error,
                                       Locks::absent, Locks::unknown});
                inside.lock_owner = one_of({"diego-api-0", "diego-api-1", "somebody"});
                break;
            case 2:
                scene.locks(one_of({Locks::owner, Locks::nobody, Locks::hangs, Locks::no_locket}),
                            one_of({"diego-api-0", "diego-api-1", "somebody"}));
                break;
            case 3:
                if (!inside.databases.empty()) inside.databases.front().connection.reach = any_reach();
                break;
            case 4:
                inside.databases.clear();
                inside.unreadable_databases = {"bbs"};
                break;
            case 5:
                inside.bbs_log.is_migrating = below(2) == 0;
                inside.bbs_log.says_active = below(2) == 0;
                break;
            case 6:
                scene.lock_moved(seconds{below(60)});
                break;
            case 7:
                inside.bbs_log.certificate_error = "x509: certificate has expired";
                break;
            case 8:
                inside.bbs_log.was_hung_up_on = true;
                break;
            case 9:
                scene.nc(pod.name, any_reach());
                break;
            case 10:
                scene.nc(any_reach());
                break;
            case 11:
                pod.created = look_time - seconds{below(120)};
                break;
            case 12:
                scene.terminate(pod.name);
                break;
            case 13:
                scene.unready(pod.name);
                break;
            case 14:
                scene.crash(pod.name);
                break;
            case 15:
                if (pod.role == Role::bbs) pod.label = one_of({ActiveLabel::active, ActiveLabel::passive});
                break;
            case 16:
                if (scene.snapshot.endpoints.is_known()) scene.endpoint(one_of({"", "diego-api-0"}));
                break;
            case 17:
                if (inside.locket_port) inside.locket_port->reach = any_reach();
                break;
            case 18:
                inside.clock = look_time + seconds{below(120) - 60};
                break;
            default:
                pod.phase = one_of({"Pending", "Running", "Failed", "Unknown", "Succeeded"});
                break;
        }
    }

    std::mt19937 engine_;
};

constexpr unsigned clusters = 3'000;

bool is_known_to_serve_and_be_reached(const Snapshot& snapshot) {
    const auto pods = snapshot.pods_of(Role::bbs);
    const bool serves = std::any_of(pods.begin(), pods.end(), [&](const Pod& pod) {
        const Inside* inside = snapshot.inside_of(pod.name);
        return inside != nullptr && !inside->trouble && inside->ping == Ping::serving;
    });
    return serves && !snapshot.probes.empty() &&
           std::all_of(snapshot.probes.begin(), snapshot.probes.end(),
                       [](const Probe& probe) { return probe.connection.is_open(); });
}

TEST(Judge, CallsNobodyHealthyWhoIsNot) {
    unsigned healthy = 0;
    for (unsigned seed = 0; seed < clusters; ++seed) {
        const Snapshot snapshot = Dice(seed).cluster();
        const Judgement judgement = judge(snapshot);
        const bool works = judgement.diagnosis.id == "healthy" || judgement.diagnosis.id == "no-spare";
        ASSERT_EQ(works, judgement.exit_status() == 0) << seed;
        ASSERT_EQ(works, judgement.diagnosis.remedy == Remedy::none) << seed;
        if (!works) continue;
        ++healthy;
        ASSERT_TRUE(is_known_to_serve_and_be_reached(snapshot)) << seed;
    }
    EXPECT_GT(healthy, clusters / 50) << "else nothing was tried";
}

TEST(Judge, RestartsOnlyWhereEverythingSpeaksForIt) {
    unsigned restarts = 0;
    for (unsigned seed = 0; seed < clusters; ++seed) {
        const Snapshot snapshot = Dice(seed).cluster();
        if (judge(snapshot).diagnosis.remedy != Remedy::restart) continue;
        ++restarts;
        for (const Condition& condition : restart_conditions(Facts(snapshot)))
            ASSERT_EQ(condition.state, Condition::State::holds) << seed << condition.letter();
        // The same once more, in other words than the room's own.
        for (const Pod& pod : snapshot.pods.value()) {
            if (pod.role == Role::cloud_controller || pod.phase == "Succeeded") continue;
            ASSERT_FALSE(pod.deleting) << seed;
            ASSERT_LE(pod.created, look_time - seconds{60}) << seed;
            const Inside* inside = snapshot.inside_of(pod.name);
            ASSERT_TRUE(inside != nullptr && !inside->trouble && inside->is_complete) << seed;
            ASSERT_FALSE(inside->bbs_log.is_migrating) << seed;
            for (const Database& database : inside->databases)
                ASSERT_TRUE(database.connection.is_open()) << seed;
            if (pod.role != Role::bbs) continue;
            ASSERT_TRUE(inside->ping == Ping::not_serving || inside->ping == Ping::error) << seed;
            ASSERT_TRUE(inside->locks == Locks::hangs || inside->lock_owner != "somebody") << seed;
        }
    }
    EXPECT_GT(restarts, clusters / 50) << "else nothing was tried";
}

TEST(Judge, AlwaysSaysOneThingAndWhy) {
    for (unsigned seed = 0; seed < clusters; ++seed) {
        const Snapshot snapshot = Dice(seed).cluster();
        const Judgement judgement = judge(snapshot);
        ASSERT_EQ(judgement.findings.size(), 9U) << seed;
        for (const Finding& finding : judgement.findings) {
            ASSERT_FALSE(finding.evidence.empty()) << seed << finding.id;
            for (const Subject& subject : finding.subjects) {
                ASSERT_FALSE(subject.name.empty()) << seed << finding.id;
                ASSERT_FALSE(subject.evidence.empty()) << seed << finding.id;
            }
        }
        ASSERT_FALSE(judgement.diagnosis.id.empty()) << seed;
        ASSERT_FALSE(judgement.diagnosis.because.empty()) << seed << judgement.diagnosis.id;
        for (const std::string& reason : judgement.diagnosis.because) ASSERT_FALSE(reason.empty()) << seed;

        const Judgement again = judge(Dice(seed).cluster());
        ASSERT_EQ(again.diagnosis.id, judgement.diagnosis.id) << seed;
        ASSERT_EQ(again.diagnosis.because, judgement.diagnosis.because) << seed;
        ASSERT_EQ(again.verdict, judgement.verdict) << seed;
        for (std::size_t index = 0; index < again.findings.size(); ++index)
            ASSERT_EQ(again.findings[index].evidence, judgement.findings[index].evidence) << seed;
    }
}

/// A fact that might not have been had.
struct Gap {
    std::string_view name;
    void (*open)(Snapshot&);
    bool is_forgiven = false;  ///< the one gap that leaves a working service healthy: who holds the lock,
                               ///< where the database is
};

const Trouble no_answer{Trouble::Kind::time_limit, "no answer within our own limit"};

const std::vector<Gap>& gaps() {
    static const std::vector<Gap> table{
        {"pods", [](Snapshot& snapshot) { snapshot.pods = no_answer; }},
        {"services", [](Snapshot& snapshot) { snapshot.services = no_answer; }},
        {"endpoints", [](Snapshot& snapshot) { snapshot.endpoints = no_answer; }},
        {"first probe",
         [](Snapshot& snapshot) {
             if (!snapshot.probes.empty()) snapshot.probes.front().connection = {};
         }},
        {"last probe",
         [](Snapshot& snapshot) {
             if (!snapshot.probes.empty()) snapshot.probes.back().connection = {};
         }},
        {"first pod",
         [](Snapshot& snapshot) {
             snapshot.insides.front() = {.pod = snapshot.insides.front().pod, .trouble = no_answer};
         }},
        {"last pod",
         [](Snapshot& snapshot) {
             snapshot.insides.back() = {.pod = snapshot.insides.back().pod, .trouble = no_answer};
         }},
        {"nothing of the first pod",
         [](Snapshot& snapshot) { snapshot.insides.erase(snapshot.insides.begin()); }},
        {"end of the first pod's answer",
         [](Snapshot& snapshot) { snapshot.insides.front().is_complete = false; }},
        {"first ping", [](Snapshot& snapshot) { snapshot.insides.front().ping = Ping::unknown; }},
        {"all pings",
         [](Snapshot& snapshot) {
             for (Inside& one : snapshot.insides) one.ping = Ping::unknown;
         }},
        {"first Locket's port",
         [](Snapshot& snapshot) {
             for (Inside& one : snapshot.insides) {
                 if (one.locket_port) one.locket_port = Connection{};
             }
         }},
        {"first log", [](Snapshot& snapshot) { snapshot.insides.front().bbs_log = {}; }},
        {"first lock owner", [](Snapshot& snapshot) { snapshot.insides.front().locks = Locks::unknown; },
         true},
        {"all lock owners",
         [](Snapshot& snapshot) {
             for (Inside& one : snapshot.insides) one.locks = Locks::unknown;
         },
         true},
        {"databases",
         [](Snapshot& snapshot) {
             for (Inside& one : snapshot.insides) {
                 for (Database& database : one.databases) database.connection = {};
             }
         },
         true},
    };
    return table;
}

/// A cluster with nothing taken away, and what is said of it.
struct Whole {
    unsigned seed = 0;
    Snapshot snapshot;
    Diagnosis diagnosis;
};
// Judged once for all gaps.
const std::vector<Whole>& wholes() {
    static const std::vector<Whole> all = [] {
        std::vector<Whole> made;
        for (unsigned seed = 0; seed < clusters / 2; ++seed) {
            Snapshot snapshot = Dice(seed).cluster();
            const Diagnosis diagnosis = judge(snapshot).diagnosis;
            made.push_back({seed, std::move(snapshot), diagnosis});
        }
        return made;
    }();
    return all;
}

void expect_no_good_news(const Gap& gap) {
    SCOPED_TRACE(gap.name);
    unsigned tried = 0;
    for (const auto& [seed, whole, before] : wholes()) {
        Snapshot snapshot = whole;
        gap.open(snapshot);
        const Diagnosis after = judge(snapshot).diagnosis;
        if (before.remedy != Remedy::restart) {
            ++tried;
            ASSERT_NE(to_words(after.remedy), "restart") << seed << " was " << before.id;
        }
        if (before.id != "healthy" && !gap.is_forgiven) {
            ASSERT_NE(after.id, "healthy") << seed << " was " << before.id;
        }
    }
    EXPECT_GT(tried, clusters / 4);
}

TEST(Judge, NeverTakesAGapForGoodNews) {
    for (const Gap& gap : gaps()) expect_no_good_news(gap);
}

TEST(Judge, NeverTakesControllersThatAreNotKnownForGoodNews) {
    expect_no_good_news({"controllers", [](Snapshot& snapshot) { snapshot.controllers = no_answer; }});
}

TEST(Judge, NeverTakesATimeThatIsNotKnownForALongTime) {
    for (const auto open :
         {+[](Inside& one) { one.bbs_log.last_event.reset(); }, +[](Inside& one) { one.clock.reset(); }}) {
        Scene scene = Scene::stuck();
        scene.lock_moved(seconds{5});
        ASSERT_EQ(judge(scene.snapshot).diagnosis.id, "failover");
        for (Inside& one : scene.snapshot.insides) open(one);
        EXPECT_NE(to_words(judge(scene.snapshot).diagnosis.remedy), "restart");
    }
}

TEST(Judgement, HasAnExitStatus) {
    const std::vector<std::pair<Verdict, int>> table{{Verdict::ok, 0},
                                                     {Verdict::warn, 0},
                                                     {Verdict::fail, 1},
                                                     {Verdict::unknown, 3},
                                                     {Verdict::skipped, 3}};
    for (const auto& [verdict, exit_status] : table)
        EXPECT_EQ((Judgement{.verdict = verdict}.exit_status()), exit_status) << cfee::to_words(verdict);
}

TEST(Judgement, WarnsOfAGapThatIsForgiven) {
    Scene scene = Scene::healthy();
    EXPECT_EQ(judge(scene.snapshot).verdict, Verdict::ok);
    EXPECT_EQ(judge(scene.locks(Locks::error).snapshot).verdict, Verdict::warn);
}

TEST(NextCommand, FollowsTheRemedy) {
    struct Row {
        Remedy remedy;
        std::string command;
    };
    Scene scene = Scene::stuck();
    scene.with_own_lockets().snapshot.flags = "-n scf --context=prod";
    const std::vector<Row> table{
        {Remedy::none, ""},
        {Remedy::wait, "kubectl cfee-stager diagnose -n scf --context=prod"},
        {Remedy::fix_first, "kubectl cfee-stager diagnose -n scf --context=prod   (when that is done)"},
        {Remedy::restart, "kubectl cfee-stager heal -n scf --context=prod"},
    };
    for (const Row& row : table)
        EXPECT_EQ(next_command(scene.snapshot, {.id = "x", .remedy = row.remedy}), row.command);
}

TEST(Remedy, HasAWordForEach) {
    EXPECT_EQ(to_words(Remedy::none), "none");
    EXPECT_EQ(to_words(Remedy::restart), "restart");
    EXPECT_EQ(to_words(Remedy::wait), "wait");
    EXPECT_EQ(to_words(Remedy::fix_first), "fix-first");
}

}  // namespace

}  // namespace cfee
