// The plugin without a process for each run: a request a line on standard input, its result as a line on
// standard output. What a request may say is in the function `answer`. Each gets a world of its own, and
// nothing is kept from one to the next.
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "lib/world/folder.hpp"
#include "lib/world/host.hpp"
#include "lib/world/program.hpp"
#include "lib/world/prompt.hpp"
#include "lib/world/replay.hpp"
#include "plugin/run.hpp"

namespace {

using nlohmann::json;

// There is no cluster here, and whoever wants one is told: a replay brings its own world along, and a request may.
struct NoHost final : cfee::Host {
    std::vector<cfee::Outcome> run(std::span<const cfee::Command> batch) override {
        for (const cfee::Command& command : batch) asked.push_back(command.argv);
        return std::vector<cfee::Outcome>(batch.size());
    }
    [[nodiscard]] cfee::Clock::time_point now() const override {
        return cfee::Clock::from_time_t(1795355135);
    }
    void sleep(cfee::Clock::duration /*duration*/) override { asked.push_back({"sleep"}); }

    std::vector<std::vector<std::string>> asked;
};

// Somebody who has thought about all answers beforehand; or nobody.
struct Person final : cfee::Prompt {
    Person(const json& request, std::ostream& screen)
        : screen_(screen), is_there_(request.contains("answers")) {
        if (is_there_) answers_ = request.at("answers").get<std::vector<std::string>>();
    }
    [[nodiscard]] bool can_ask() const override { return is_there_; }
    [[nodiscard]] bool ask(const std::string& question) override {
        screen_ << question;
        const std::string answer = answers_.at(next_++);
        screen_ << answer << "\n";
        return answer == "y" || answer == "yes";
    }

private:
    std::ostream& screen_;
    bool is_there_;
    std::vector<std::string> answers_;
    std::size_t next_ = 0;
};

// "out": {} is a terminal of unknown width; none, if there is no such word.
cfee::StreamKind kind(const json& request, const char* name) {
    if (!request.contains(name)) return {};
    return {.is_terminal = true, .columns = request.at(name).value("columns", 0)};
}

// {"arguments": [...], "environment": {NAME: VALUE}, and where wanted "out", "err": {"columns": N} for
// terminals, "answers": [...] for a person who answers questions, "cluster": FILE for a transcript that answers
// in a cluster's place, with a clock of its own}
json answer(const json& request) {
    const auto variables = request.at("environment").get<std::map<std::string, std::string>>();
    std::ostringstream out;
    std::ostringstream err;
    NoHost host;
    std::optional<cfee::Replay> cluster;
    if (request.contains("cluster"))
        cluster.emplace(cfee::read_transcript(request.at("cluster").get<std::string>()),
                        cfee::Part::everything());
    Person prompt(request, err);
    cfee::DiskFolder folder;
    const int status = cfee::run_plugin(
        request.at("arguments").get<std::vector<std::string>>(),
        {.host = cluster ? static_cast<cfee::Host&>(*cluster) : host,
         .prompt = prompt,
         .folder = folder,
         .out = out,
         .err = err,
         .out_kind = kind(request, "out"),
         .err_kind = kind(request, "err"),
         .environment =
             [&variables](const char* name) {
                 const auto found = variables.find(name);
                 return found == variables.end() ? nullptr : found->second.c_str();
             },
         .is_program = [](const std::string& name) { return cfee::find_program(name).problem.empty(); }});
    return {{"status", status}, {"stdout", out.str()}, {"stderr", err.str()}, {"asked", host.asked}};
}

}  // namespace

int main() {
    // Whatever is thrown here is a mistake of a test, or bytes in a result that are no text: both end it.
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(json::parse(line)).dump() << std::endl;
}
