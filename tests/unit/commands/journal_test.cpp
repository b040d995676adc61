#include "lib/commands/journal.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/unit/world/fake_host.hpp"

namespace cfee {

namespace {

using std::chrono::seconds;

struct Told {
    explicit Told(bool is_terminal) : console{.out = out, .err = err, .err_is_terminal = is_terminal} {
        healing.started = clock.now();
    }
    FakeHost clock;
    std::ostringstream out;
    std::ostringstream err;
    Console console;
    Healing healing;
};

TEST(Journal, BreaksItsSilenceEach15SecondsWhereNobodySeesALineInPlace) {
    Told told(false);
    Journal journal(told.clock, told.console, told.healing);
    journal.wait_for("waiting");
    told.clock.sleep(seconds{14});
    journal.wait_for("waiting");
    EXPECT_EQ(told.err.str(), "");
    told.clock.sleep(seconds{1});
    journal.wait_for("waiting");
    EXPECT_EQ(told.err.str(), "   15.0s  waiting\n");
    told.clock.sleep(seconds{5});
    journal.note("something happened");
    told.clock.sleep(seconds{14});
    journal.wait_for("waiting");
    EXPECT_EQ(told.err.str(), "   15.0s  waiting\n   20.0s  something happened\n");
    ASSERT_EQ(told.healing.timeline.size(), 1U) << "waiting is no event";
    EXPECT_EQ(told.healing.timeline.front().text, "something happened");
}

TEST(Journal, ShowsOneLineInPlaceOnATerminal) {
    Told told(true);
    Journal journal(told.clock, told.console, told.healing);
    told.clock.sleep(seconds{60});
    journal.wait_for("waiting");
    EXPECT_EQ(told.err.str(), "waiting ...");
}

}  // namespace

}  // namespace cfee
