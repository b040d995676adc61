#include "lib/cluster/names.hpp"
#include "lib/cluster/parse.hpp"
#include "tests/fuzzing/fuzzing.hpp"

using namespace cfee;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto pods = parse_pods(text_of(data, size));
    if (!pods.is_known()) {
        demand_harmless(pods.trouble().text, "why it is no list");
        return 0;
    }
    for (const Pod& pod : pods.value()) {
        demand(is_subdomain(pod.name), "a pod's name can be one");
        demand(pod.uid.empty() || is_uid(pod.uid), "a UID can be one");
        demand(pod.node.empty() || is_subdomain(pod.node), "a node's name can be one");
        const std::string container = pod.main_container();
        demand(container.empty() || is_label(container), "a container's name can be one");
        demand(!pod.is_ready() || !pod.is_terminating(), "a pod on its way out is not ready");
        demand_harmless(pod.summary() + pod.hopeless() + pod.role_name + pod.phase, "what is told of a pod");
    }
    return 0;
}
