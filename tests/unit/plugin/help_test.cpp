#include "plugin/help.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "plugin/option_entries.hpp"

namespace cfee {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string help(const CommandEntry* topic, const std::string& program = "kubectl cfee-stager") {
    std::ostringstream stream;
    write_help(stream, topic, program);
    return stream.str();
}

TEST(ProgramName, IsWhatOneTypes) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"/usr/local/bin/kubectl-cfee_stager", "kubectl cfee-stager"},
        {"kubectl-cfee-stager", "kubectl cfee-stager"},
        {"./kubectl-cfee_stager", "kubectl cfee-stager"},
        {"/opt/cfee-stager", "cfee-stager"},
        {"cfee-stager", "cfee-stager"},
        {"kubectl", "kubectl"},
        {"", "kubectl cfee-stager"},
        {"/usr/bin/", "kubectl cfee-stager"},
        {"/kubectl-x/other", "other"},
    };
    for (const auto& [argv0, program] : table) EXPECT_EQ(program_name(argv0), program) << argv0;
}

TEST(Help, NamesEveryOption) {
    std::string text;
    for (const CommandEntry& command : command_entries()) text += help(&command);
    for (const OptionEntry& option : option_entries()) {
        const std::string letter = option.letter == 0 ? "      " : std::string("  -") + option.letter + ", ";
        const std::string argument = option.argument.empty() ? "" : " " + std::string(option.argument);
        EXPECT_THAT(text, HasSubstr("\n" + letter + "--" + std::string(option.name) + argument + "\n"));
    }
    EXPECT_THAT(text, HasSubstr("Exit status:\n"));
}

TEST(Help, OfTheWholeNamesEveryCommand) {
    const std::string text = help(nullptr);
    for (const CommandEntry& command : command_entries()) {
        EXPECT_THAT(text, HasSubstr("\n  " + std::string(command.word) + " "));
        EXPECT_THAT(text, HasSubstr(std::string(command.summary)));
    }
    EXPECT_THAT(text, HasSubstr("--help\n"));
    EXPECT_THAT(text, Not(HasSubstr("--namespace")));
    EXPECT_THAT(text, HasSubstr("Exit status:\n"));
}

TEST(Help, OfEachCommandBeginsWithItsExamples) {
    for (const CommandEntry& command : command_entries()) {
        const std::string text = help(&command, "prog");
        EXPECT_TRUE(text.starts_with("Examples:\n  # ")) << command.word;
        EXPECT_FALSE(command.examples.empty()) << command.word;
        for (const auto& [line, purpose] : command.examples)
            EXPECT_THAT(text,
                        HasSubstr("  # " + std::string(purpose) + "\n  prog " + std::string(line) + "\n"));
        EXPECT_THAT(text, HasSubstr("Usage:\n  prog " + std::string(command.synopsis) + "\n"));
    }
}

// What help shows can be typed.
TEST(Help, GivesExamplesThatParse) {
    for (const CommandEntry& command : command_entries()) {
        for (const auto& [line, purpose] : command.examples) {
            std::istringstream words{std::string(line)};
            std::vector<std::string> arguments;
            for (std::string word; words >> word;) arguments.push_back(word);
            EXPECT_NO_THROW(EXPECT_EQ(&entry_of(parse_options(arguments, {}).command), &command)) << line;
        }
    }
}

TEST(Help, NamesDefaultsAndChoicesOfTheSameRows) {
    const std::string text = help(command_by_word("heal"));
    EXPECT_THAT(text, HasSubstr("(default cf).\n"));
    EXPECT_THAT(text, HasSubstr("(default 15m).\n"));
    EXPECT_THAT(text, HasSubstr("text (default) or json.\n"));
    EXPECT_THAT(text, HasSubstr("always, never or auto (default): see ENVIRONMENT"));
    EXPECT_THAT(text, Not(HasSubstr("{")));
}

TEST(Help, FitsATerminal) {
    std::vector<const CommandEntry*> topics{nullptr};
    for (const CommandEntry& command : command_entries()) topics.push_back(&command);
    for (const CommandEntry* topic : topics) {
        std::istringstream lines(help(topic));
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(line.size(), 80U) << line;
            EXPECT_FALSE(line.ends_with(' ')) << line;
        }
    }
}

}  // namespace

}  // namespace cfee
