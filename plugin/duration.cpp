#include "plugin/duration.hpp"

#include <array>

namespace cfee {

namespace {

struct Unit {
    std::string_view suffix;
    std::chrono::milliseconds length;
};
// "ms" before "m" and "s": the longest suffix that fits is meant.
constexpr std::array units{
    Unit{"ms", std::chrono::milliseconds{1}},
    Unit{"h", std::chrono::hours{1}},
    Unit{"m", std::chrono::minutes{1}},
    Unit{"s", std::chrono::seconds{1}},
};
constexpr std::chrono::milliseconds longest = std::chrono::hours{24};

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    if (text == "0") return std::chrono::milliseconds{0};
    if (text.empty()) return std::nullopt;
    std::chrono::milliseconds sum{0};
    while (!text.empty()) {
        std::size_t size = 0;
        long number = 0;
        while (size < text.size() && size < 9 && text[size] >= '0' && text[size] <= '9')
            number = number * 10 + (text[size++] - '0');
        if (size == 0) return std::nullopt;
        text.remove_prefix(size);
        bool is_known = false;
        for (const Unit& unit : units) {
            if (is_known || !text.starts_with(unit.suffix)) continue;
            is_known = true;
            text.remove_prefix(unit.suffix.size());
            sum += number * unit.length;
        }
        if (!is_known || sum > longest) return std::nullopt;
    }
    return sum;
}

}  // namespace cfee
