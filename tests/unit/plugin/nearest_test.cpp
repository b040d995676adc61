#include "plugin/nearest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

constexpr std::array<std::string_view, 7> candidates{"namespace", "context", "color",   "no-color",
                                                     "as",        "as-uid",  "diagnose"};

TEST(Nearest, SuggestsWhatWasProbablyMeant) {
    const std::vector<std::pair<std::string_view, std::string_view>> table{
        {"namespace", "namespace"},
        {"namespce", "namespace"},
        {"namesapce", "namespace"},
        {"naemspaec", ""},
        {"name", "namespace"},
        {"nam", "namespace"},
        {"na", ""},
        {"colour", "color"},
        {"colors", "color"},
        {"no-colour", "no-color"},
        {"contxt", "context"},
        {"diag", "diagnose"},
        {"diagnosis", "diagnose"},
        {"Diagnose", "diagnose"},
        {"DIAGNOSE", ""},
        {"a", "as"},
        {"sa", ""},
        {"heal", ""},
        {"", ""},
        {"xyz", ""},
        {"\xff\xff", ""},
    };
    for (const auto& [word, expected] : table) EXPECT_EQ(nearest(word, candidates), expected) << word;
    EXPECT_EQ(nearest("anything", {}), "");
}

TEST(Nearest, PrefersTheFirstOfEquals) {
    constexpr std::array<std::string_view, 2> twins{"cat", "car"};
    EXPECT_EQ(nearest("caX", twins), "cat");
}

TEST(Nearest, PrefersTheWordItself) {
    constexpr std::array<std::string_view, 2> twins{"cat", "car"};
    EXPECT_EQ(nearest("car", twins), "car");
}

}  // namespace

}  // namespace cfee
