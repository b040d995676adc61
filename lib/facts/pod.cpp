#include "lib/facts/pod.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "lib/facts/edition.hpp"

namespace cfee {

namespace {

// Reasons after which waiting alone has never helped anybody.
constexpr std::array<std::string_view, 9> hopeless_reasons{
    "CrashLoopBackOff",           "ImagePullBackOff",     "ErrImagePull",
    "ErrImageNeverPull",          "InvalidImageName",     "RunContainerError",
    "CreateContainerConfigError", "CreateContainerError", "ImageInspectError",
};

}  // namespace

bool Pod::is_ready() const {
    return says_ready && !is_terminating() && phase == "Running" && wanted_containers > 0 &&
           ready_containers() == wanted_containers;
}

int Pod::ready_containers() const {
    return static_cast<int>(std::count_if(containers.begin(), containers.end(),
                                          [](const Container& container) { return container.is_ready; }));
}

int Pod::restarts() const {
    int sum = 0;
    for (const Container& container : containers) sum += container.restarts;
    return sum;
}

std::string Pod::main_container() const {
    for (const Container& container : containers) {
        if (is_main_container(role_name, container.name)) return container.name;
    }
    return containers.empty() ? role_name : containers.front().name;
}

std::string Pod::hopeless() const {
    if (phase == "Failed") return "Failed";
    for (const Container& container : containers) {
        if (std::find(hopeless_reasons.begin(), hopeless_reasons.end(), container.waiting) !=
            hopeless_reasons.end())
            return container.waiting;
    }
    return unscheduled.empty() ? "" : "Unschedulable: " + unscheduled;
}

std::string Pod::summary() const {
    std::string state = is_terminating() ? "Terminating" : phase;
    if (!is_terminating()) {
        for (const Container& container : containers) {
            if (!container.waiting.empty()) state = container.waiting;
        }
    }
    return std::to_string(ready_containers()) + "/" + std::to_string(wanted_containers) + " " + state;
}

}  // namespace cfee
