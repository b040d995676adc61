// What the targets share. A target does what the product does with bytes from outside, and demands what must
// hold for any bytes; libFuzzer and the sanitizers see to the rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "lib/text/harmless.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace cfee {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Ends the process where it does not hold, so that libFuzzer keeps the input.
inline void demand(bool holds, std::string_view what) {
    if (holds) return;
    std::cerr << "not so: " << what << "\n";
    std::abort();
}

/// Nothing in it acts on a terminal, but for the ends of lines.
inline void demand_harmless(std::string_view text, std::string_view what) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        demand(harmless(line) == line, std::string(what) + " is harmless: " + harmless(line));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
}

}  // namespace cfee
