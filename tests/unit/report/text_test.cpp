#include "lib/report/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/diagnosis.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

std::string report(const Snapshot& snapshot, const Style& style = {}) {
    std::ostringstream stream;
    write_text(stream, Found{{snapshot, judge(snapshot)}}, style);
    return stream.str();
}

/// Every situation that a report may have to show.
std::vector<Scene> scenes() {
    std::vector<Scene> all{Scene::healthy(), Scene::stuck(), Scene::stuck(), Scene::healthy(), {},
                           Scene::healthy(), Scene::stuck()};
    all[2].with_own_lockets().crash("locket-0").nc("api-1", Reach::could_not_ask);
    all[3].mute("diego-api-0").mute("diego-api-1").nc(Reach::could_not_ask);
    all[4].snapshot.flags = "-n cf";
    all[4].snapshot.pods = Trouble{Trouble::Kind::unreachable, "The connection to the server was refused"};
    all[5].unlabelled().locks(Locks::absent);
    all[6].database(Reach::refused);
    return all;
}

// Commands are not broken: they are there to be copied.
bool is_command(const std::string& line) {
    return line.find("next: ") != std::string::npos;
}

TEST(WriteText, ShowsAHealthyCluster) {
    EXPECT_EQ(report(Scene::healthy().snapshot),
              R"(context  prod, namespace cf
edition  CFEE 2 or SCF 2.12-2.14, Locket in the diego-api pods
address  diego-api-bbs.cf.svc.cluster.local:8889 (from Cloud Controller's
         configuration)

Cloud Controller
  + ok      Cloud Controller pods are ready: 2 of 2 pods ready (step 1-2)
  + ok      Cloud Controller reaches the BBS: 2 of 2 pods connect to
            diego-api-bbs.cf.svc.cluster.local:8889 (step 3-4, 7)

Diego BBS
  + ok      BBS pods are ready: 2 of 2 pods ready (step 6)
  + ok      exactly one BBS pod is labelled active: diego-api-0 is labelled
            active (step 6)
  + ok      the BBS service has an endpoint: service diego-api-bbs leads to
            diego-api-0
  + ok      exactly one BBS answers its ping: diego-api-0 serves

Locket
  + ok      one of our BBS pods owns the lock: the owner is diego-api-0
  + ok      Locket is ready and listens: 2 of 2 listen, inside the BBS pods
            (step 5)

Database
  + ok      BBS and Locket reach their databases: 4 of 4 connections accepted

+ Cloud Controller reaches the BBS, and the BBS works
  diagnosis healthy, remedy none
  because diego-api-0 serves and is reached from every Cloud Controller pod
)");
}

TEST(WriteText, SaysWhyAndWhatNext) {
    const std::string text = report(Scene::stuck().snapshot);
    EXPECT_THAT(
        text,
        AllOf(HasSubstr("  x FAIL    Cloud Controller reaches the BBS: 0 of 2 pods connect"),
              HasSubstr("            api-0: refused: nc: as told\n"),
              HasSubstr("x No BBS gets its lock from Locket\n"),
              HasSubstr("  diagnosis bbs-lock-stuck, remedy restart\n"),
              HasSubstr("  because no BBS pod answers /v1/ping with 200\n"),
              HasSubstr("\n      and Locket does not answer when asked from diego-api-0 and diego-api-1\n"),
              HasSubstr("next: kubectl cfee-stager heal -n cf\n")));
    EXPECT_TRUE(text.ends_with("next: kubectl cfee-stager heal -n cf\n"));
}

TEST(WriteText, KeepsTo80ColumnsExceptForCommands) {
    for (const Scene& scene : scenes()) {
        std::istringstream lines(report(scene.snapshot));
        for (std::string line; std::getline(lines, line);) {
            if (!is_command(line)) {
                EXPECT_LE(line.size(), 80U) << line;
            }
            EXPECT_FALSE(line.ends_with(' ')) << line;
        }
    }
}

TEST(WriteText, IsAsciiUnlessTheLocaleHasMore) {
    for (const Scene& scene : scenes()) {
        EXPECT_THAT(report(scene.snapshot), Each(::testing::Gt('\0')));
        EXPECT_THAT(report(scene.snapshot), Not(HasSubstr("\033")));
    }
    const std::string text = report(Scene::stuck().snapshot, {.has_utf8 = true});
    EXPECT_THAT(text,
                AllOf(HasSubstr("\u2713 ok      "), HasSubstr("\u2717 FAIL    "), Not(HasSubstr("+ ok"))));
}

TEST(WriteText, NeverMeansAnythingByColourAlone) {
    for (const Scene& scene : scenes()) {
        const std::string plain = report(scene.snapshot);
        std::string coloured = report(scene.snapshot, {.has_colour = true});
        EXPECT_NE(coloured, plain);
        for (std::size_t at = 0; (at = coloured.find("\033[")) != std::string::npos;)
            coloured.erase(at, coloured.find('m', at) - at + 1);
        EXPECT_EQ(coloured, plain);
    }
    EXPECT_THAT(report(Scene::stuck().snapshot), Not(HasSubstr("\033"))) << "the next one is plain again";
}

TEST(WriteText, HasAColourAWordAndASymbolForEachVerdict) {
    struct Row {
        Verdict verdict;
        std::string ascii;
        std::string symbol;
        std::string colour;
    };
    const std::vector<Row> table{
        {Verdict::ok, "+ ok      ", "\u2713 ok      ", "\033[32m"},
        {Verdict::warn, "! warn    ", "! warn    ", "\033[33m"},
        {Verdict::fail, "x FAIL    ", "\u2717 FAIL    ", "\033[31m"},
        {Verdict::unknown, "? unknown ", "? unknown ", "\033[35m"},
        {Verdict::skipped, "- skipped ", "- skipped ", "\033["},
    };
    for (const Row& row : table) {
        Judgement judgement = judge(Scene::healthy().snapshot);
        for (Finding& finding : judgement.findings) finding.verdict = row.verdict;
        for (const bool has_utf8 : {false, true}) {
            std::ostringstream stream;
            write_text(stream, Found{{Scene::healthy().snapshot, judgement}}, {.has_utf8 = has_utf8});
            EXPECT_THAT(stream.str(), HasSubstr("\n  " + (has_utf8 ? row.symbol : row.ascii)));
        }
        std::ostringstream stream;
        write_text(stream, Found{{Scene::healthy().snapshot, judgement}}, {.has_colour = true});
        EXPECT_THAT(stream.str(), HasSubstr("\n  " + row.colour));
    }
}

TEST(WriteText, ShowsSubjectsOnlyWhereSomethingIsWrong) {
    EXPECT_THAT(report(Scene::healthy().snapshot), Not(HasSubstr("api-1: ")));
    Scene scene = Scene::healthy();
    scene.nc("api-1", Reach::timed_out);
    EXPECT_THAT(report(scene.snapshot), AllOf(HasSubstr("            api-0: connected\n"),
                                              HasSubstr("            api-1: timed out: nc: as told\n")));
}

TEST(WriteText, SaysWhereTheAddressCameFrom) {
    const std::vector<std::pair<AddressSource, std::string>> table{
        {AddressSource::given, "address  h:8889 (as given)\n"},
        {AddressSource::configuration, "address  h:8889 (from Cloud Controller's configuration)\n"},
        {AddressSource::service, "address  h:8889 (the first BBS service that exists:"},
    };
    for (const auto& [source, line] : table) {
        Scene scene = Scene::healthy();
        for (Probe& probe : scene.snapshot.probes) {
            probe.address = {"h", 8889};
            probe.source = source;
        }
        EXPECT_THAT(report(scene.snapshot), HasSubstr(line));
    }
    Scene scene = Scene::healthy();
    for (Probe& probe : scene.snapshot.probes) probe.address = {};
    EXPECT_THAT(report(scene.snapshot), Not(HasSubstr("address ")));
}

TEST(WriteText, StandsLongNamesAndNone) {
    Scene scene = Scene::stuck();
    scene.snapshot.context = std::string(200, 'c');
    const std::string long_name = "diego-api-" + std::string(240, 'x');
    scene.add_bbs(long_name).crash(long_name);
    EXPECT_THAT(report(scene.snapshot), AllOf(HasSubstr("\n         namespace cf\n"), HasSubstr(long_name)));
    scene.snapshot.context = "";
    EXPECT_THAT(report(scene.snapshot), HasSubstr("context  none, namespace cf\n"));
}

}  // namespace

}  // namespace cfee
