// Services and their endpoints: plain values.
#pragma once

#include <string>
#include <vector>

namespace cfee {

struct Service {
    std::string name;
    bool selects_active = false;  ///< only pods labelled active are behind it
};

/// One service's endpoints.
struct Endpoints {
    std::string service;
    std::vector<std::string> ready;      ///< names of pods, or addresses where no pod is named
    std::vector<std::string> not_ready;  ///< likewise
};

}  // namespace cfee
