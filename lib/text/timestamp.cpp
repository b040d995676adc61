#include "lib/text/timestamp.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace cfee {

namespace {

using namespace std::chrono;

// A number of `size` digits at `from`: they are known to be digits.
int digits(std::string_view text, std::size_t from, std::size_t size) {
    int number = 0;
    for (const char digit : text.substr(from, size)) number = number * 10 + (digit - '0');
    return number;
}

// d: a digit; else that character.
bool has_shape(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) return false;
    for (std::size_t index = 0; index < shape.size(); ++index) {
        const bool is_digit = text[index] >= '0' && text[index] <= '9';
        if (shape[index] == 'd' ? !is_digit : text[index] != shape[index]) return false;
    }
    return true;
}

// How far ahead of UTC a time is, by its last words; these are taken off.
std::optional<minutes> take_offset(std::string_view& text) {
    if (text.ends_with('Z')) {
        text.remove_suffix(1);
        return minutes{0};
    }
    constexpr std::string_view shape = "dd:dd";
    if (text.size() <= shape.size()) return std::nullopt;
    const std::string_view offset = text.substr(text.size() - shape.size());
    const char sign = text[text.size() - shape.size() - 1];
    if (!has_shape(offset, shape) || (sign != '+' && sign != '-')) return std::nullopt;
    const int hour = digits(offset, 0, 2);
    const int minute = digits(offset, 3, 2);
    if (hour > 23 || minute > 59) return std::nullopt;
    text.remove_suffix(shape.size() + 1);
    const minutes ahead = hours{hour} + minutes{minute};
    return sign == '+' ? ahead : -ahead;
}

}  // namespace

std::optional<system_clock::time_point> parse_timestamp(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
    const std::optional<minutes> offset = take_offset(text);
    if (!offset || !has_shape(text.substr(0, shape.size()), shape)) return std::nullopt;
    const year_month_day date{year{digits(text, 0, 4)}, month{static_cast<unsigned>(digits(text, 5, 2))},
                              day{static_cast<unsigned>(digits(text, 8, 2))}};
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    // Sixty: a leap second.
    if (!date.ok() || date.year() < year{1900} || date.year() > year{2200}) return std::nullopt;
    if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
    nanoseconds fraction{0};
    const std::string_view rest = text.substr(shape.size());
    if (!rest.empty()) {
        if (rest.front() != '.' || rest.size() < 2) return std::nullopt;
        auto unit = nanoseconds{100'000'000};
        for (const char digit : rest.substr(1)) {
            if (digit < '0' || digit > '9') return std::nullopt;
            fraction += unit * (digit - '0');
            unit /= 10;
        }
    }
    return sys_days{date} + hours{hour} + minutes{minute} + seconds{second} - *offset +
           duration_cast<system_clock::duration>(fraction);
}

std::optional<system_clock::time_point> parse_epoch(std::string_view text) {
    constexpr std::size_t most_digits = 10;
    const std::string_view whole = text.substr(0, text.find('.'));
    long long number = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), number);
    const bool is_number = error == std::errc{} && end == whole.data() + whole.size() && number >= 0;
    if (!is_number || whole.size() > most_digits) return std::nullopt;
    constexpr long long last = 7'000'000'000;  // nanoseconds since 1970 do not reach much further
    return number > last ? std::nullopt : std::optional(system_clock::time_point{seconds{number}});
}

namespace {

std::string formatted(system_clock::time_point time, const std::string& fraction) {
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(time - day)};
    std::array<char, 80> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d%sZ",
                                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                   static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                                   static_cast<int>(clock.minutes().count()),
                                   static_cast<int>(clock.seconds().count()), fraction.c_str());
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::string format_timestamp(system_clock::time_point time) {
    return formatted(time, "");
}

std::string format_timestamp_ms(system_clock::time_point time) {
    const auto fraction = floor<milliseconds>(time) - floor<seconds>(time);
    const std::string digits = std::to_string(1000 + fraction.count());  // keeps its zeros
    return formatted(time, "." + digits.substr(1));
}

std::string ago(system_clock::duration age) {
    struct Unit {
        seconds size;
        seconds from;  ///< at least so long ago
        const char* word;
    };
    constexpr std::array units{
        Unit{days{1}, days{2}, " d ago"},
        Unit{hours{1}, hours{2}, " h ago"},
        Unit{minutes{1}, minutes{2}, " min ago"},
    };
    for (const Unit& unit : units) {
        if (age >= unit.from) return std::to_string(age / unit.size) + unit.word;
    }
    return std::to_string(std::max<long>(floor<seconds>(age).count(), 0)) + " s ago";
}

}  // namespace cfee
