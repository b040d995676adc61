#include "lib/cluster/names.hpp"
#include "lib/cluster/parse.hpp"
#include "tests/fuzzing/fuzzing.hpp"

using namespace cfee;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    for (const std::string& node : parse_unready_nodes(text)) demand(is_subdomain(node), "a node's name");
    if (const auto context = parse_context(text); context.is_known())
        demand_harmless(context.value().name + context.value().server, "what is told of a context");
    if (const auto version = parse_client_version(text); version.is_known())
        demand_harmless(version.value(), "what is told of a version");
    const auto objects = parse_objects(text);
    if (!objects.is_known()) return 0;
    for (const Service& service : objects.value().services)
        demand(is_label(service.name), "a service's name can be one");
    for (const Controller& controller : objects.value().controllers) {
        demand(is_subdomain(controller.name), "a controller's name can be one");
        demand(controller.wanted >= 0, "nobody wants less than nothing");
    }
    for (const Endpoints& endpoints : objects.value().endpoints) {
        demand(is_subdomain(endpoints.service), "a service's name can be one");
        for (const std::string& name : endpoints.ready)
            demand(is_subdomain(name) || is_ip(name), "an endpoint's name can be one");
    }
    return 0;
}
