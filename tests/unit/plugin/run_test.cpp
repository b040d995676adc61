#include "plugin/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "lib/world/folder.hpp"
#include "lib/world/prompt.hpp"

namespace cfee {

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

struct Nobody final : Prompt {
    [[nodiscard]] bool can_ask() const override { return false; }
    [[nodiscard]] bool ask(const std::string& /*question*/) override { return false; }
};

struct Paths final : Folder {
    void create(const std::string& path) override { created = path; }
    void write(const std::string& /*name*/, std::string_view /*content*/) override {}
    std::string created;
};

// A kubectl that cannot be started, so that every command comes to its end at once.
struct NoKubectl final : Host {
    std::vector<Outcome> run(std::span<const Command> batch) override {
        for (const Command& command : batch) programs.push_back(command.argv.front());
        return std::vector<Outcome>(batch.size());
    }
    [[nodiscard]] Clock::time_point now() const override { return Clock::from_time_t(1795355135); }
    void sleep(Clock::duration /*duration*/) override {}
    std::vector<std::string> programs;
};

struct Broken final : Host {
    std::vector<Outcome> run(std::span<const Command> /*batch*/) override { throw std::bad_alloc(); }
    [[nodiscard]] Clock::time_point now() const override { throw std::bad_alloc(); }
    void sleep(Clock::duration /*duration*/) override {}
};

struct Surrounded {
    int run(Host& host, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "kubectl-cfee_stager");
        return run_plugin(arguments, {.host = host,
                                      .prompt = prompt,
                                      .folder = folder,
                                      .out = out,
                                      .err = err,
                                      .out_kind = out_kind,
                                      .err_kind = err_kind,
                                      .environment = [this](const char* name) -> const char* {
                                          const auto found = variables.find(name);
                                          return found == variables.end() ? nullptr : found->second.c_str();
                                      },
                                      .is_program = [](const std::string& name) { return name == "/good"; }});
    }
    Nobody prompt;
    Paths folder;
    std::ostringstream out;
    std::ostringstream err;
    StreamKind out_kind;
    StreamKind err_kind;
    std::map<std::string, std::string> variables;
};

TEST(RunPlugin, WithoutAnyArgumentSaysHowToGetHelp) {
    NoKubectl host;
    Surrounded world;
    EXPECT_EQ(world.run(host, {}), 2);
    EXPECT_EQ(world.out.str(), "");
    EXPECT_THAT(world.err.str(), HasSubstr("(see kubectl cfee-stager help)"));
}

TEST(RunPlugin, RunsTheKubectlOfTheEnvironmentWhereItIsOne) {
    for (const auto& [path, expected] :
         std::map<std::string, std::string>{{"/good", "/good"}, {"/bad", "kubectl"}, {"", "kubectl"}}) {
        NoKubectl host;
        Surrounded world;
        world.variables = {{"KUBECTL_PATH", path}};
        EXPECT_EQ(world.run(host, {"diagnose"}), 3);
        EXPECT_THAT(host.programs, Contains(expected)) << path;
    }
}

TEST(RunPlugin, KeepsEvidenceUnderTheStateHomeUnlessThatIsRelative) {
    for (const auto& [state, expected] :
         std::map<std::string, std::string>{{"/state", "/state/cfee-stager/"},
                                            {"state", "/home/u/.local/state/cfee-stager/"},
                                            {"", "/home/u/.local/state/cfee-stager/"}}) {
        NoKubectl host;
        Surrounded world;
        world.variables = {{"XDG_STATE_HOME", state}, {"HOME", "/home/u"}};
        EXPECT_EQ(world.run(host, {"evidence"}), 0);
        EXPECT_THAT(world.folder.created, StartsWith(expected)) << state;
    }
}

TEST(RunPlugin, ShowsProgressOnATerminalThatCanErase) {
    struct Row {
        StreamKind kind;
        std::map<std::string, std::string> variables;
        bool is_shown;
    };
    for (const Row& row : {Row{{.is_terminal = true}, {{"TERM", "xterm"}}, true},
                           Row{{.is_terminal = true}, {{"TERM", "dumb"}}, false},
                           Row{{.is_terminal = true}, {}, false}, Row{{}, {{"TERM", "xterm"}}, false}}) {
        NoKubectl host;
        Surrounded world;
        world.err_kind = row.kind;
        world.variables = row.variables;
        EXPECT_EQ(world.run(host, {"diagnose"}), 3);
        EXPECT_EQ(world.err.str().find("asking the cluster") != std::string::npos, row.is_shown);
    }
}

TEST(RunPlugin, BelievesAWidthOfATerminalThatMakesSense) {
    for (const auto& [columns, shown] : std::map<int, std::string>{
             {30, "asking the cluster for po ..."}, {19, "asking the cluster for pods and services ..."}}) {
        NoKubectl host;
        Surrounded world;
        world.err_kind = {.is_terminal = true, .columns = columns};
        world.variables = {{"TERM", "xterm"}};
        EXPECT_EQ(world.run(host, {"diagnose"}), 3);
        EXPECT_THAT(world.err.str(), StartsWith(shown)) << columns;
    }
}

TEST(RunPlugin, SaysThatAResultCouldNotBeWrittenAndHealKeepsItsStatus) {
    for (const auto& [command, status] :
         std::map<std::string, int>{{"help", 3}, {"diagnose", 3}, {"heal", 4}}) {
        NoKubectl host;
        Surrounded world;
        world.out.setstate(std::ios::badbit);
        EXPECT_EQ(world.run(host, {command}), status) << command;
        EXPECT_THAT(world.err.str(),
                    testing::EndsWith("kubectl cfee-stager: the result could not be written\n"));
    }
}

TEST(RunPlugin, ShowsNobodyAnException) {
    Broken host;
    Surrounded world;
    EXPECT_EQ(world.run(host, {"diagnose"}), 3);
    EXPECT_EQ(world.out.str(), "");
    EXPECT_EQ(world.err.str(),
              "kubectl cfee-stager: something went wrong inside; please report it with what you typed\n");
}

TEST(RunPlugin, CallsItselfByItsFilesNameWhereThatIsNoPlugins) {
    std::ostringstream out;
    std::ostringstream err;
    NoKubectl host;
    Nobody prompt;
    Paths folder;
    const World world{.host = host,
                      .prompt = prompt,
                      .folder = folder,
                      .out = out,
                      .err = err,
                      .environment = [](const char* /*name*/) { return nullptr; },
                      .is_program = [](const std::string& /*name*/) { return false; }};
    EXPECT_EQ(run_plugin({"/usr/bin/stager", "help", "diagnose"}, world), 0);
    EXPECT_THAT(out.str(), HasSubstr("\n  stager diagnose"));
    EXPECT_EQ(run_plugin({}, world), 2);
}

}  // namespace

}  // namespace cfee
