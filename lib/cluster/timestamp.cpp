#include "lib/cluster/timestamp.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace cfee {

namespace {

using namespace std::chrono;

// A number of exactly `size` digits at `from`.
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t size) {
    if (text.size() < from + size) return std::nullopt;
    int number = 0;
    const char* first = text.data() + from;
    const auto [end, error] = std::from_chars(first, first + size, number);
    if (error != std::errc{} || end != first + size || number < 0) return std::nullopt;
    return number;
}

}  // namespace

std::optional<system_clock::time_point> parse_timestamp(std::string_view text) {
    constexpr std::size_t seconds_end = 19;
    if (text.size() < seconds_end + 1 || text.back() != 'Z' || text[10] != 'T') return std::nullopt;
    const auto year_number = digits(text, 0, 4);
    const auto month_number = digits(text, 5, 2);
    const auto day_number = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2);
    const auto minute = digits(text, 14, 2);
    const auto second = digits(text, 17, 2);
    if (!year_number || !month_number || !day_number || !hour || !minute || !second) return std::nullopt;
    const year_month_day date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                              day{static_cast<unsigned>(*day_number)}};
    if (!date.ok()) return std::nullopt;
    nanoseconds fraction{0};
    if (text[seconds_end] == '.') {
        auto unit = nanoseconds{100'000'000};
        for (const char digit : text.substr(seconds_end + 1, text.size() - seconds_end - 2)) {
            if (digit < '0' || digit > '9') return std::nullopt;
            fraction += unit * (digit - '0');
            unit /= 10;
        }
    } else if (text.size() != seconds_end + 1) {
        return std::nullopt;
    }
    return sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second} +
           duration_cast<system_clock::duration>(fraction);
}

std::string format_timestamp(system_clock::time_point time) {
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(time - day)};
    std::array<char, 40> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace cfee
