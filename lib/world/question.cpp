#include "lib/world/question.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cfee {

namespace {

using Words = std::vector<std::string>;

/// Arguments of a script that say how it shall ask, not what. One left empty asks nothing either.
constexpr std::array<std::string_view, 7> manners{
    "limit=", "fallback=", "locks=", "jobs=", "lockets=", "V=", "ping="};

/// Scripts that only add, and that versions before them did not send.
constexpr std::array<std::string_view, 5> additions{"cfee-stacks", "cfee-database", "cfee-supervision",
                                                    "cfee-auctioneer", "cfee-lockets"};
/// Likewise a list of pods: lib/facts/edition.hpp names their roles.
constexpr std::string_view added_list = "skiff-role-name in (diego-brain,auctioneer)";

bool changes_the_question(const std::string& argument) {
    return !argument.ends_with('=') &&
           std::none_of(manners.begin(), manners.end(),
                        [&argument](std::string_view manner) { return argument.starts_with(manner); });
}

/// Where a script's name stands: behind `exec ... -- sh -c TEXT`; the end where there is none.
Words::const_iterator script_name_in(const Words& argv) {
    constexpr std::array<std::string_view, 3> before{"--", "sh", "-c"};
    constexpr std::ptrdiff_t text = 1;
    const auto found = std::search(argv.begin(), argv.end(), before.begin(), before.end());
    if (argv.end() - found <= static_cast<std::ptrdiff_t>(before.size()) + text) return argv.end();
    const auto name = found + static_cast<std::ptrdiff_t>(before.size()) + text;
    return name->starts_with("cfee-") ? name : argv.end();
}

// No argument contains a NUL.
void add(std::string& question, std::string_view word) {
    question.append(word).push_back('\0');
}

}  // namespace

std::string question_of(const std::vector<std::string>& argv, const std::string& input) {
    std::string question;
    const auto name = script_name_in(argv);
    if (name == argv.end()) {
        for (const std::string& word : argv) add(question, word);
        return question.append(1, '\0').append(input);
    }
    // How the cluster is reached, and how kubectl shall treat the streams, are flags.
    for (auto word = std::find(argv.begin(), name, "exec"); word != name && *word != "--"; ++word) {
        if (!word->starts_with("--")) add(question, *word);
    }
    add(question, *name);
    for (auto word = name + 1; word != argv.end(); ++word) {
        const bool is_version = word == name + 1;
        if (!is_version && changes_the_question(*word)) add(question, *word);
    }
    return question;
}

bool only_adds(const Words& argv) {
    if (std::find(argv.begin(), argv.end(), added_list) != argv.end()) return true;
    const auto name = script_name_in(argv);
    return name != argv.end() && std::find(additions.begin(), additions.end(), *name) != additions.end();
}

std::string script_version_of(const std::vector<std::string>& argv) {
    const auto name = script_name_in(argv);
    return argv.end() - name < 2 ? "" : *(name + 1);
}

}  // namespace cfee
