#include "lib/cluster/read_stacks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "lib/cluster/sentinel.hpp"

namespace cfee {

namespace {

using Kind = Trouble::Kind;

struct Ending {
    std::string_view status;  ///< of the program that asked
    Kind kind;
    std::string_view text;
};
constexpr std::array endings{
    Ending{"", Kind::no_program, "the container has no awk"},
    Ending{"126", Kind::no_program, "the container has neither curl nor bash"},
    Ending{"127", Kind::no_program, "the container has neither curl nor bash"},
    Ending{"124", Kind::time_limit, "the debug server does not answer within the limit"},
    Ending{"137", Kind::time_limit, "the debug server does not answer within the limit"},
    Ending{"28", Kind::time_limit, "the debug server does not answer within the limit"},
    Ending{"22", Kind::garbled, "the debug server answers with an error"},
    Ending{"cut", Kind::garbled, "the profile of goroutines is cut short"},
    Ending{"18", Kind::garbled, "the profile of goroutines is cut short"},
    Ending{"garbled", Kind::garbled, "the debug server's answer is no profile of goroutines"},
};

Stacks without(Kind kind, std::string text) {
    return Stacks{.trouble = {kind, std::move(text)}};
}

Stacks garbled() {
    return without(Kind::garbled, "what the script said of the profile makes no sense");
}

template <class Number>
std::optional<Number> number_in(std::string_view digits) {
    Number number = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stop != end || digits.front() == '-') return std::nullopt;
    return number;
}

/// The items of ",A,B,C"; nothing where the text is another.
std::optional<std::vector<std::string_view>> items_in(std::string_view list) {
    std::vector<std::string_view> items;
    while (!list.empty()) {
        if (list.front() != ',') return std::nullopt;
        list.remove_prefix(1);
        items.push_back(list.substr(0, list.find(',')));
        if (items.back().empty()) return std::nullopt;
        list.remove_prefix(items.back().size());
    }
    return items;
}

std::optional<Stacks::Goroutines> goroutines_in(std::string_view list) {
    const auto items = items_in(list);
    if (!items) return std::nullopt;
    Stacks::Goroutines goroutines;
    for (const std::string_view item : *items) {
        const auto goroutine = number_in<std::uint64_t>(item);
        if (!goroutine) return std::nullopt;
        goroutines.push_back(*goroutine);
    }
    std::sort(goroutines.begin(), goroutines.end());
    if (std::adjacent_find(goroutines.begin(), goroutines.end()) != goroutines.end()) return std::nullopt;
    return goroutines;
}

std::optional<std::vector<std::string>> processes_in(std::string_view list) {
    const auto items = items_in(list);
    if (!items) return std::nullopt;
    std::vector<std::string> processes;
    for (const std::string_view item : *items) {
        const std::size_t colon = item.find(':');
        if (colon == std::string_view::npos || !number_in<std::uint64_t>(item.substr(0, colon)))
            return std::nullopt;
        // Its stat could not be read: then nobody knows when it started.
        if (colon + 1 == item.size()) return std::vector<std::string>{};
        if (!number_in<std::uint64_t>(item.substr(colon + 1))) return std::nullopt;
        processes.emplace_back(item);
    }
    std::sort(processes.begin(), processes.end());
    return processes;
}

/// The text of "NAME=VALUE ", which stands at the front and is taken away.
std::optional<std::string_view> take(std::string_view& text, std::string_view name) {
    const std::size_t space = text.find(' ');
    if (!text.starts_with(name) || space == std::string_view::npos) return std::nullopt;
    const std::string_view value = text.substr(name.size(), space - name.size());
    text.remove_prefix(space + 1);
    return value;
}

Stacks read_numbers(std::string_view text) {
    const auto total = take(text, "total=");
    const auto migrates = take(text, "migrates=");
    const auto processes = take(text, "processes=");
    const auto lock = take(text, "lock=");
    const auto wait = take(text, "wait=");
    const auto outside = take(text, "outside=");
    // The last word is there so that a list that was cut is noticed.
    if (!total || !migrates || !processes || !lock || !wait || !outside || text != "end") return garbled();
    const auto total_number = number_in<int>(*total);
    const auto outside_number = number_in<int>(*outside);
    auto process_list = processes_in(*processes);
    auto lock_list = goroutines_in(*lock);
    auto wait_list = goroutines_in(*wait);
    if (!total_number || !outside_number || !process_list || !lock_list || !wait_list) return garbled();
    if (*migrates != "0" && *migrates != "1") return garbled();
    const std::size_t named =
        lock_list->size() + wait_list->size() + static_cast<std::size_t>(*outside_number);
    if (named > static_cast<std::size_t>(*total_number)) return garbled();
    return {.state = Stacks::State::known,
            .total = *total_number,
            .is_at_migrations = *migrates == "1",
            .processes = std::move(*process_list),
            .waiting_for_locket = std::move(*lock_list),
            .waiting_for_database = std::move(*wait_list),
            .outside = *outside_number};
}

}  // namespace

Stacks read_stacks(std::string_view status, std::string_view text) {
    if (status == "absent") return {.state = Stacks::State::absent};
    const std::size_t space = status.find(' ');
    const std::string_view ending = status.substr(0, space);
    const std::string_view tool = space == std::string_view::npos ? "" : status.substr(space + 1);
    if (ending == "0" && (tool == "curl" || tool == "bash")) return read_numbers(text);
    // Curl says 7 where nothing listens; bash says it of all that kept it from connecting.
    const bool is_refused = text.find("refused") != std::string_view::npos;
    if (ending == "7" && (tool == "curl" || (tool == "bash" && is_refused)))
        return {.state = Stacks::State::closed};
    if (ending == "7" && tool == "bash")
        return without(Kind::other, "bash cannot connect: " + last_line(text));
    for (const Ending& known : endings) {
        if (ending == known.status) return without(known.kind, std::string(known.text));
    }
    if (!number_in<int>(ending)) return garbled();
    return without(Kind::other, "the question for the profile ended with status " + std::string(ending));
}

}  // namespace cfee
