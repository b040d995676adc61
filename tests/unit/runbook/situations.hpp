// The situations that the tests of causes know, for whoever asks something of all of them.
#pragma once

#include <string_view>
#include <vector>

#include "lib/runbook/diagnosis.hpp"
#include "tests/unit/runbook/builder.hpp"

namespace cfee {

struct Situation {
    std::string_view name;
    Scene scene;
    std::string_view id;
    Remedy remedy;
    int exit_status;
};

/// In hung_one_test.cpp.
std::vector<Situation> hung_one_situations();

/// In hung_for_auctioneer_test.cpp.
std::vector<Situation> auctioneer_situations();

/// In causes_test.cpp, where the tables of them are.
std::vector<Situation> every_situation();

}  // namespace cfee
