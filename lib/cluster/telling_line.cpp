#include "lib/cluster/telling_line.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "lib/cluster/sentinel.hpp"
#include "lib/text/lines.hpp"

namespace cfee {

namespace {

// How kubectl begins the line that says why.
constexpr std::array<std::string_view, 5> starts{
    "Error from server",      "error: ", "Unable to connect", "The connection to the server",
    "Error in configuration",
};
constexpr std::string_view trailer = "command terminated with ";
constexpr std::string_view credentials = "getting credentials";

// kubectl's own log: "E1122 10:00:00.1 1 memcache.go:265] ...".
bool is_log(std::string_view line) {
    return line.size() > 5 && std::string_view("IWEF").find(line.front()) != std::string_view::npos &&
           std::all_of(line.begin() + 1, line.begin() + 5,
                       [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos && !line.starts_with(trailer))
            lines.push_back(line);
    }
    return lines;
}

bool says_why(std::string_view line) {
    return std::any_of(starts.begin(), starts.end(),
                       [line](std::string_view start) { return line.starts_with(start); });
}

// A page is told by its title, or by its first line without tags.
std::string without_tags(std::string_view text) {
    constexpr std::string_view opening = "<title>";
    const std::size_t title = text.find(opening);
    if (title != std::string_view::npos) {
        const std::string_view rest = text.substr(title + opening.size());
        return first_line(std::string(text.substr(0, text.find('<'))) +
                          std::string(rest.substr(0, rest.find('<'))));
    }
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.find("</") == std::string_view::npos) return first_line(line);
    std::string words;
    bool is_inside = false;
    for (const char letter : line) {
        if (letter == '<') is_inside = true;
        if (!is_inside) words += letter;
        if (letter == '>') is_inside = false;
    }
    return first_line(words);
}

}  // namespace

std::string telling_line(const Outcome& outcome) {
    const std::string_view err = outcome.err;
    const std::vector<std::string_view> lines = lines_of(err);
    const auto why = std::find_if(lines.begin(), lines.end(), says_why);
    const bool is_script = outcome.out.find("<cfee:") != std::string::npos;
    const std::string printed = is_script ? "" : last_line(outcome.out);
    if (why == lines.end()) {
        if (!lines.empty()) return first_line(lines.back());
        const std::vector<std::string_view> others = lines_of(is_script ? std::string_view{} : outcome.out);
        return others.empty() ? "" : first_line(others.back());
    }
    // A question that ends without an answer has no newline behind it.
    if (first_line(*why) == "error: EOF" && !printed.empty())
        return "kubectl asked \"" + printed + "\", and nobody answered";
    if (why->find(credentials) != std::string_view::npos) {
        const auto said = std::find_if(std::make_reverse_iterator(why), lines.rend(),
                                       [](std::string_view line) { return !is_log(line); });
        if (said != lines.rend())
            return first_line(std::string(*said) + " (so says kubectl's credential plugin)");
    }
    return without_tags(err.substr(static_cast<std::size_t>(why->data() - err.data())));
}

}  // namespace cfee
