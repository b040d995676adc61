#include "lib/world/narrator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/world/fake_host.hpp"

namespace cfee {

namespace {

using ::testing::ElementsAre;

TEST(Narrator, TellsBeforeItRunsAndPassesEverythingOn) {
    FakeHost host;
    host.answers = {{.out = "a"}, {.out = "b"}};
    std::vector<std::string> told;
    Narrator narrator(host, [&](const Command& command) {
        EXPECT_TRUE(host.asked.empty());
        told.push_back(command.argv.front());
    });
    narrator.look_begins();
    const auto outcomes = narrator.run(std::vector<Command>{{.argv = {"one"}}, {.argv = {"two"}}});
    EXPECT_EQ(outcomes.at(1).out, "b");
    EXPECT_THAT(told, ElementsAre("one", "two"));
    const auto before = narrator.now();
    narrator.sleep(std::chrono::seconds(1));
    EXPECT_EQ(narrator.now(), before + std::chrono::seconds(1));
    narrator.look_ends();
    EXPECT_EQ(host.begun + host.ended, 2);
}

}  // namespace

}  // namespace cfee
