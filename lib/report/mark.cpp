#include "lib/report/mark.hpp"

#include <array>
#include <rang.hpp>
#include <sstream>

namespace cfee {

namespace {

struct Mark {
    Verdict verdict;
    std::string_view word;
    std::string_view symbol;
    std::string_view ascii;
    rang::fg colour;
};
constexpr std::array marks{
    Mark{Verdict::ok, "ok", "\u2713", "+", rang::fg::green},
    Mark{Verdict::warn, "warn", "!", "!", rang::fg::yellow},
    Mark{Verdict::fail, "FAIL", "\u2717", "x", rang::fg::red},
    Mark{Verdict::unknown, "unknown", "?", "?", rang::fg::magenta},
    Mark{Verdict::skipped, "skipped", "-", "-", rang::fg::gray},
};

const Mark& mark_of(Verdict verdict) {
    for (const Mark& mark : marks) {
        if (mark.verdict == verdict) return mark;
    }
    return marks.back();
}

// rang decides by stream; here it is told.
std::ostringstream painter(const Style& style) {
    rang::setControlMode(style.has_colour ? rang::control::Force : rang::control::Off);
    return {};
}

std::string_view symbol_of(Verdict verdict, const Style& style) {
    return style.has_utf8 ? mark_of(verdict).symbol : mark_of(verdict).ascii;
}

}  // namespace

std::string_view word_of(Verdict verdict) {
    return mark_of(verdict).word;
}

std::string marked(Verdict verdict, std::string_view text, const Style& style) {
    std::ostringstream painted = painter(style);
    painted << mark_of(verdict).colour << symbol_of(verdict, style) << " " << text << rang::style::reset;
    return painted.str();
}

std::string marked_boldly(Verdict verdict, std::string_view text, const Style& style) {
    std::ostringstream painted = painter(style);
    painted << mark_of(verdict).colour << rang::style::bold << symbol_of(verdict, style) << " " << text
            << rang::style::reset;
    return painted.str();
}

std::string bold(std::string_view text, const Style& style) {
    std::ostringstream painted = painter(style);
    painted << rang::style::bold << text << rang::style::reset;
    return painted.str();
}

}  // namespace cfee
