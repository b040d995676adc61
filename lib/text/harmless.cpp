#include "lib/text/harmless.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace cfee {

namespace {

struct Span {
    char32_t first;
    char32_t last;
};
// Characters that do something, or cannot be seen where they stand. In order.
constexpr std::array harmful{
    Span{0x00, 0x1F},        // control characters: a terminal obeys them
    Span{0x7F, 0x9F},        // DEL, and the control characters that stand in two bytes
    Span{0xAD, 0xAD},        // soft hyphen
    Span{0x34F, 0x34F},      // grapheme joiner
    Span{0x61C, 0x61C},      // Arabic letter mark
    Span{0x115F, 0x1160},    // Hangul fillers
    Span{0x17B4, 0x17B5},    // Khmer vowels that are not shown
    Span{0x180B, 0x180F},    // Mongolian selectors and separator
    Span{0x200B, 0x200F},    // zero width, and marks of direction
    Span{0x2028, 0x202E},    // separators of lines; embeddings and overrides of direction
    Span{0x2060, 0x206F},    // invisible operators, isolates
    Span{0x3164, 0x3164},    // Hangul filler
    Span{0xD800, 0xDFFF},    // surrogates
    Span{0xE000, 0xF8FF},    // private use: nobody knows what they look like
    Span{0xFDD0, 0xFDEF},    // no characters
    Span{0xFE00, 0xFE0F},    // variation selectors
    Span{0xFEFF, 0xFEFF},    // byte order mark
    Span{0xFFA0, 0xFFA0},    // Hangul filler
    Span{0xFFF0, 0xFFFB},    // annotations
    Span{0xFFFE, 0xFFFF},    // no characters
    Span{0x1BCA0, 0x1BCA3},  // shorthand format
    Span{0x1D173, 0x1D17A},  // musical format
    Span{0xE0000, 0x10FFFF}  // tags, selectors, private use
};

bool is_harmful(char32_t character) {
    return std::any_of(harmful.begin(), harmful.end(), [character](const Span& span) {
        return character >= span.first && character <= span.last;
    });
}

/// A character at the beginning of a text; of a byte that begins none, only its size.
struct Character {
    std::optional<char32_t> code;
    std::size_t size = 1;
};

Character first_of(std::string_view text) {
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    // No character needs a longer form than the shortest, and none lies beyond U+10FFFF.
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    constexpr char32_t largest = 0x10FFFF;
    if (lead < 0xC2 || lead > 0xF4 || size > text.size()) return {};
    char32_t code = lead & (0x7FU >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) return {};
        code = code << 6U | (byte(at) & 0x3FU);
    }
    if (code < smallest.at(size) || code > largest || (code >= 0xD800 && code <= 0xDFFF)) return {};
    return {code, size};
}

std::string shown_as(const char* format, std::uint32_t number) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), format, number);
    return text.data();
}

std::string harmless_in(std::string_view text, bool has_utf8) {
    std::string result;
    while (!text.empty()) {
        const Character character = first_of(text);
        constexpr char32_t last_of_ascii = 0x7E;
        if (!character.code) {
            result += shown_as("<%02X>", static_cast<unsigned char>(text.front()));
        } else if (is_harmful(*character.code) || (!has_utf8 && *character.code > last_of_ascii)) {
            result += shown_as("<U+%04X>", static_cast<std::uint32_t>(*character.code));
        } else {
            result += text.substr(0, character.size);
        }
        text.remove_prefix(character.size);
    }
    return result;
}

// What our own marks are painted with (mark.cpp), and how a progress line is erased (progress.cpp).
constexpr std::array<std::string_view, 8> own_sequences{
    "\033[0m", "\033[1m", "\033[31m", "\033[32m", "\033[33m", "\033[35m", "\033[90m", "\r\033[K",
};

std::size_t size_of_own(std::string_view text) {
    const auto found = std::find_if(own_sequences.begin(), own_sequences.end(),
                                    [text](std::string_view own) { return text.starts_with(own); });
    return found == own_sequences.end() ? 0 : found->size();
}

}  // namespace

std::string harmless(std::string_view text) {
    return harmless_in(text, true);
}

HarmlessStream::HarmlessStream(std::ostream& target) : std::ostream(nullptr), buffer_(target) {
    rdbuf(&buffer_);
    if ((target.flags() & std::ios_base::unitbuf) != 0) setf(std::ios_base::unitbuf);
}

HarmlessStream::~HarmlessStream() {
    flush();
}

HarmlessStream::Buffer::int_type HarmlessStream::Buffer::overflow(int_type letter) {
    if (traits_type::eq_int_type(letter, traits_type::eof())) return traits_type::not_eof(letter);
    const char one = traits_type::to_char_type(letter);
    return xsputn(&one, 1) == 1 ? letter : traits_type::eof();
}

std::streamsize HarmlessStream::Buffer::xsputn(const char* text, std::streamsize size) {
    waiting_.append(text, static_cast<std::size_t>(size));
    const std::size_t end = waiting_.rfind('\n');
    return end == std::string::npos || pass_on(end + 1) ? size : 0;
}

int HarmlessStream::Buffer::sync() {
    if (!pass_on(waiting_.size())) return -1;
    target_.flush();
    return target_.good() ? 0 : -1;
}

bool HarmlessStream::Buffer::pass_on(std::size_t size) {
    std::string_view text = std::string_view{waiting_}.substr(0, size);
    while (!text.empty()) {
        const std::size_t own = shown.colours ? size_of_own(text) : 0;
        // A line's end, or a sequence of ours, as it is; whatever stands before the next of them, harmlessly.
        std::size_t length = own > 0 ? own : text.front() == '\n' ? 1 : 0;
        if (length > 0) {
            target_ << text.substr(0, length);
        } else {
            length = std::min(text.find_first_of("\n\r\033", 1), text.size());
            target_ << harmless_in(text.substr(0, length), shown.utf8);
        }
        text.remove_prefix(length);
    }
    waiting_.erase(0, size);
    return target_.good();
}

}  // namespace cfee
