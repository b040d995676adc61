#include "lib/world/prompt.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace cfee {

namespace {

/// Standard input and standard error, lent to two pipes.
class Streams {
public:
    Streams() {
        EXPECT_EQ(::pipe(input.data()) | ::pipe(error.data()), 0);
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(error[1], STDERR_FILENO);
    }
    ~Streams() {
        ::dup2(old_input, STDIN_FILENO);
        ::dup2(old_error, STDERR_FILENO);
        for (const int number : {input[0], input[1], error[0], error[1], old_input, old_error})
            ::close(number);
    }
    Streams(const Streams&) = delete;
    Streams& operator=(const Streams&) = delete;

    std::array<int, 2> input{};
    std::array<int, 2> error{};

private:
    int old_input = ::dup(STDIN_FILENO);
    int old_error = ::dup(STDERR_FILENO);
};

/// What ask() says to somebody who types this when the question is there, and that had been typed before.
bool answer_to(const std::string& typed, const std::string& before = "") {
    Streams streams;
    EXPECT_EQ(::write(streams.input[1], before.data(), before.size()), static_cast<ssize_t>(before.size()));
    const pid_t person = ::fork();
    if (person == 0) {
        char letter = 0;
        while (letter != '?' && ::read(streams.error[0], &letter, 1) == 1) {
        }
        const bool is_typed = ::write(streams.input[1], typed.data(), typed.size()) >= 0;
        ::_exit(letter == '?' && is_typed ? 0 : 1);
    }
    ::close(std::exchange(streams.input[1], ::dup(STDIN_FILENO)));  // so that the input ends with the person
    const bool answer = TerminalPrompt().ask("Delete?");
    int status = 1;
    ::waitpid(person, &status, 0);
    EXPECT_EQ(status, 0);
    return answer;
}

TEST(Prompt, OnlyAClearYesIsConsent) {
    for (const char* typed : {"y\n", "Y\n", "yes\n", "y \r\n"}) EXPECT_TRUE(answer_to(typed)) << typed;
    for (const char* typed : {"\n", "n\n", "no\n", "yy\n", "YES please\n", " y\n", "y", "", "\ny\n"})
        EXPECT_FALSE(answer_to(typed)) << typed;
}

TEST(Prompt, WhatWasTypedBeforeIsNoAnswer) {
    EXPECT_FALSE(answer_to("n\n", "y\n"));
    EXPECT_TRUE(answer_to("y\n", "n\n"));
}

TEST(Prompt, APipeIsNobodyToAsk) {
    const Streams streams;
    EXPECT_FALSE(TerminalPrompt().can_ask());
}

}  // namespace

}  // namespace cfee
