#include "plugin/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cfee {

namespace {

// Levenshtein's distance.
std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t line = 1; line <= one.size(); ++line) {
        std::size_t diagonal = row[0];
        row[0] = line;
        for (std::size_t column = 1; column <= other.size(); ++column) {
            const std::size_t changed = diagonal + (one[line - 1] == other[column - 1] ? 0 : 1);
            diagonal = row[column];
            row[column] = std::min({row[column] + 1, row[column - 1] + 1, changed});
        }
    }
    return row.back();
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string_view> candidates) {
    std::string_view best;
    // A third of the letters may be wrong, and one always.
    std::size_t least = std::max<std::size_t>(word.size() / 3, 1) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t changes = candidate != word && candidate.starts_with(word) && word.size() > 2
                                        ? 1
                                        : distance(word, candidate);
        if (changes >= least) continue;
        least = changes;
        best = candidate;
    }
    return std::string(best);
}

}  // namespace cfee
