// What a diagnosis gives as its reasons, word for word: a sentence too many, or too few, misleads as a wrong diagnosis does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/runbook/diagnosis.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

struct Row {
    std::string_view name;
    Scene (*scene)();
    std::string_view id;
    std::vector<std::string> because;
};

Scene moved(Scene scene) {
    return scene.lock_moved(seconds{5});
}

Scene with_certificate(const std::string& said) {
    Scene scene = Scene::stuck();
    scene.inside("diego-api-0").ping = Ping::certificate;
    scene.inside("diego-api-0").ping_text = said;
    return scene;
}

void expect(const std::vector<Row>& table) {
    for (const Row& row : table) {
        const Diagnosis diagnosis = judge(row.scene().snapshot).diagnosis;
        EXPECT_EQ(diagnosis.id, row.id) << row.name;
        EXPECT_THAT(diagnosis.because, testing::ElementsAreArray(row.because)) << row.name;
    }
}

TEST(Because, OfOneThatServes) {
    expect({
        {"it is reached",
         Scene::healthy,
         "healthy",
         {"diego-api-0 serves and is reached from every Cloud Controller pod"}},
        {"the lock moved, and all is well",
         [] { return moved(Scene::healthy()); },
         "healthy",
         {"diego-api-0 serves and is reached from every Cloud Controller pod"}},
        {"not all was answered",
         [] {
             Scene scene = Scene::healthy();
             scene.inside("diego-api-1").is_complete = false;
             return scene;
         },
         "inconclusive",
         {"bbs-serving could not be found out: diego-api-0 serves"}},
        {"not from everywhere",
         [] { return Scene::healthy().nc("api-1", Reach::refused); },
         "partial-reachability",
         {"diego-api-0 serves", "api-0 on node-1: connected", "api-1 on node-1: refused: nc: as told"}},
        {"not from a pod whose node is not known",
         [] {
             Scene scene = Scene::healthy().nc("api-1", Reach::refused);
             scene.pod("api-1").node.clear();
             return scene;
         },
         "partial-reachability",
         {"diego-api-0 serves", "api-0 on node-1: connected", "api-1: refused: nc: as told"}},
        {"one Cloud Controller pod is not ready",
         [] { return Scene::healthy().unready("api-1"); },
         "cloud-controller-down",
         {"1 of 2 pods ready", "api-1: 1/2 Running"}},
    });
}

TEST(Because, OfAFailover) {
    expect({
        {"another one is labelled",
         [] { return moved(Scene::healthy().label_only("diego-api-1")); },
         "failover",
         {"diego-api-0 serves, and is not labelled active yet",
          "diego-api-1 is labelled active, and does not serve"}},
        {"two are labelled",
         [] {
             Scene scene = moved(Scene::healthy());
             scene.pod("diego-api-1").label = ActiveLabel::active;
             return scene;
         },
         "failover",
         {"diego-api-0 and diego-api-1 are labelled active at the same time",
          "diego-api-1 is labelled active, and does not serve"}},
        {"it is not reached yet",
         [] { return moved(Scene::healthy().nc(Reach::refused)); },
         "failover",
         {"the lock moved less than 30 s ago"}},
        {"none serves yet",
         [] { return moved(Scene::stuck()); },
         "failover",
         {"the lock moved less than 30 s ago"}},
        {"who is labelled does not serve yet",
         [] { return moved(Scene::stuck().label_only("diego-api-0")); },
         "failover",
         {"diego-api-0 is labelled active, and does not serve"}},
        {"who is labelled answers with an error",
         [] {
             Scene scene = moved(Scene::stuck().label_only("diego-api-0"));
             scene.inside("diego-api-0").ping = Ping::error;
             return scene;
         },
         "failover",
         {"diego-api-0 is labelled active, and does not serve"}},
        {"where nobody is ever labelled",
         [] { return moved(Scene::healthy().unlabelled()); },
         "healthy",
         {"diego-api-0 serves and is reached from every Cloud Controller pod"}},
    });
}

// Only some versions say which of the two it is; clocks are spoken of where it is the second.
TEST(Because, OfACertificate) {
    const std::string said = "diego-api-0 does not accept its own certificate: ";
    const std::string clocks =
        " (not yet valid: compare the clocks of the nodes with the certificate's dates)";
    static const std::string either = "x509: certificate has expired or is not yet valid";
    static const std::string early = "certificate is not yet valid";
    expect({
        {"either", [] { return with_certificate(either); }, "certificate", {said + either}},
        {"not yet", [] { return with_certificate(early); }, "certificate", {said + early + clocks}},
        {"not yet, by the times",
         [] { return with_certificate(either + ": A is before B"); },
         "certificate",
         {said + either + ": A is before B" + clocks}},
        {"no more, by the times",
         [] { return with_certificate(either + ": A is after B"); },
         "certificate",
         {said + either + ": A is after B"}},
    });
}

TEST(Because, OfALocketThatIsNotThere) {
    expect({
        {"nobody wants one",
         [] {
             Scene scene = Scene::stuck().with_locket_apart();
             scene.snapshot.controllers.value().pop_back();
             return scene;
         },
         "locket-down",
         {"there is no Locket pod, and no StatefulSet that wants one"}},
        {"scaled to 0",
         [] {
             Scene scene = Scene::stuck().with_locket_apart();
             scene.snapshot.controllers.value().back().wanted = 0;
             return scene;
         },
         "locket-down",
         {"Locket is scaled down to no pods"}},
        {"missing",
         [] { return Scene::stuck().with_locket_apart(); },
         "locket-down",
         {"2 of 2 Locket pods are not there"}},
        {"not listening",
         [] {
             Scene scene = Scene::stuck().with_own_lockets();
             return scene.locket_port(Reach::refused).way_to_locket(Reach::refused);
         },
         "locket-down",
         {"Locket in locket-0 does not listen: port 8891 refused",
          "Locket in locket-1 does not listen: port 8891 refused"}},
        {"not listening yet",
         [] {
             Scene scene = Scene::stuck().with_own_lockets();
             scene.locket_port(Reach::refused).way_to_locket(Reach::refused);
             return scene.created("locket-0", seconds{5}).created("locket-1", seconds{5});
         },
         "bbs-starting",
         {"locket-0 is younger than 60 s", "locket-1 is younger than 60 s"}},
        {"young, and hopeless",
         [] {
             Scene scene = Scene::stuck().with_own_lockets();
             scene.crash("locket-0").crash("locket-1").way_to_locket(Reach::refused);
             return scene.created("locket-0", seconds{5}).created("locket-1", seconds{5});
         },
         "locket-down",
         {"Locket in locket-0: CrashLoopBackOff", "Locket in locket-1: CrashLoopBackOff"}},
        {"not reached",
         [] {
             Scene scene = Scene::stuck().with_own_lockets();
             return scene.way_to_locket(Reach::timed_out);
         },
         "locket-unreachable",
         {"Locket listens in locket-0", "Locket listens in locket-1",
          "diego-api-0 does not get there: locket-locket.cf:8891 timed out",
          "diego-api-1 does not get there: locket-locket.cf:8891 timed out"}},
        {"not reached from one alone",
         [] {
             Scene scene = Scene::stuck().with_own_lockets().way_to_locket(Reach::timed_out);
             scene.inside("diego-api-1").locket = Scene::open();
             return scene;
         },
         "inconclusive",
         {"against a restart speaks that this is not so: Locket hangs, or names one of our own BBS pods"}},
    });
}

}  // namespace

}  // namespace cfee
