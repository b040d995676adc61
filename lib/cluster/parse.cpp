#include "lib/cluster/parse.hpp"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>

#include "lib/cluster/edition.hpp"
#include "lib/cluster/timestamp.hpp"

namespace cfee {

namespace {

using nlohmann::json;

const json& nothing() {
    static const json null;
    return null;
}

/// The value under a path of keys; null where any of them is missing or is no object.
const json& at(const json& value, std::initializer_list<std::string_view> path) {
    const json* here = &value;
    for (const std::string_view key : path) {
        if (!here->is_object()) return nothing();
        const auto found = here->find(key);
        if (found == here->end()) return nothing();
        here = &*found;
    }
    return *here;
}

std::string text_at(const json& value, std::initializer_list<std::string_view> path) {
    const json& found = at(value, path);
    return found.is_string() ? found.get<std::string>() : std::string{};
}

int number_at(const json& value, std::initializer_list<std::string_view> path, int otherwise = 0) {
    const json& found = at(value, path);
    return found.is_number_integer() ? found.get<int>() : otherwise;
}

bool flag_at(const json& value, std::initializer_list<std::string_view> path) {
    const json& found = at(value, path);
    return found.is_boolean() && found.get<bool>();
}

/// The elements of an array; nothing where it is none.
const json& list_at(const json& value, std::initializer_list<std::string_view> path) {
    static const json empty = json::array();
    const json& found = at(value, path);
    return found.is_array() ? found : empty;
}

Trouble garbled(std::string_view what, std::string_view text) {
    return {Trouble::Kind::garbled, "kubectl's answer is " + std::string(text.empty() ? "empty" : what)};
}

std::string role_name_of(const json& pod, const std::optional<Owner>& owner) {
    bool is_labelled = false;
    for (const std::string_view label : role_labels) {
        const std::string name = text_at(pod, {"metadata", "labels", label});
        if (role_of(name) != Role::other) return name;
        is_labelled = is_labelled || (label == role_labels.front() && !name.empty());
    }
    if (is_labelled) return "";  // it says that it is something else
    return role_name_by_name(text_at(pod, {"metadata", "name"}), owner ? owner->name : "");
}

std::optional<Owner> owner_of(const json& pod) {
    for (const json& reference : list_at(pod, {"metadata", "ownerReferences"})) {
        if (flag_at(reference, {"controller"}))
            return Owner{text_at(reference, {"kind"}), text_at(reference, {"name"}),
                         text_at(reference, {"uid"})};
    }
    return std::nullopt;
}

Pod parse_pod(const json& item) {
    Pod pod;
    pod.name = text_at(item, {"metadata", "name"});
    pod.uid = text_at(item, {"metadata", "uid"});
    pod.owner = owner_of(item);
    pod.role_name = role_name_of(item, pod.owner);
    pod.role = role_of(pod.role_name);
    pod.phase = text_at(item, {"status", "phase"});
    pod.created = parse_timestamp(text_at(item, {"metadata", "creationTimestamp"})).value_or(TimePoint{});
    if (const json& deletion = at(item, {"metadata", "deletionTimestamp"}); !deletion.is_null()) {
        pod.deleting =
            parse_timestamp(deletion.is_string() ? deletion.get<std::string>() : "").value_or(TimePoint{});
    }
    const std::string label = text_at(item, {"metadata", "labels", active_label});
    if (!label.empty()) pod.label = label == "true" ? ActiveLabel::active : ActiveLabel::passive;
    for (const json& condition : list_at(item, {"status", "conditions"})) {
        const std::string type = text_at(condition, {"type"});
        const std::string status = text_at(condition, {"status"});
        if (type == "Ready") pod.says_ready = status == "True";
        if (type == "PodScheduled" && status == "False") {
            pod.unscheduled = text_at(condition, {"message"});
            if (pod.unscheduled.empty()) pod.unscheduled = text_at(condition, {"reason"});
        }
    }
    for (const json& status : list_at(item, {"status", "containerStatuses"})) {
        pod.containers.push_back({
            .name = text_at(status, {"name"}),
            .is_ready = flag_at(status, {"ready"}),
            .is_running = at(status, {"state", "running"}).is_object(),
            .restarts = number_at(status, {"restartCount"}),
            .waiting = text_at(status, {"state", "waiting", "reason"}),
        });
    }
    pod.wanted_containers = static_cast<int>(list_at(item, {"spec", "containers"}).size());
    pod.node = text_at(item, {"spec", "nodeName"});
    pod.address = text_at(item, {"status", "podIP"});
    return pod;
}

void collect_addresses(const json& addresses, std::vector<std::string>& names) {
    for (const json& address : addresses) {
        const std::string pod = text_at(address, {"targetRef", "name"});
        names.push_back(pod.empty() ? text_at(address, {"ip"}) : pod);
    }
}

Endpoints parse_endpoints(const json& item) {
    Endpoints endpoints;
    endpoints.service = text_at(item, {"metadata", "name"});
    for (const json& subset : list_at(item, {"subsets"})) {
        collect_addresses(list_at(subset, {"addresses"}), endpoints.ready);
        collect_addresses(list_at(subset, {"notReadyAddresses"}), endpoints.not_ready);
    }
    return endpoints;
}

/// The list's items, or null where the text is no list at all.
json parse_list(std::string_view text) {
    json document = json::parse(text, nullptr, false);
    if (document.is_object() && at(document, {"items"}).is_array()) return std::move(document["items"]);
    return nullptr;
}

// Leading digits: "27+" is 27 to us.
int leading_number(std::string_view text) {
    int number = 0;
    for (const char digit : text.substr(0, 4)) {
        if (digit < '0' || digit > '9') break;
        number = number * 10 + (digit - '0');
    }
    return number;
}

}  // namespace

Answer<std::vector<Pod>> parse_pods(std::string_view text) {
    const json items = parse_list(text);
    if (!items.is_array()) return garbled("not a list of pods", text);
    std::vector<Pod> pods;
    for (const json& item : items) {
        Pod pod = parse_pod(item);
        if (pod.role != Role::other && !pod.name.empty()) pods.push_back(std::move(pod));
    }
    return pods;
}

Answer<Objects> parse_objects(std::string_view text) {
    const json items = parse_list(text);
    if (!items.is_array()) return garbled("not a list of services", text);
    Objects objects;
    for (const json& item : items) {
        const std::string kind = text_at(item, {"kind"});
        const std::string name = text_at(item, {"metadata", "name"});
        if (kind == "Service") {
            objects.services.push_back({
                .name = name,
                .is_headless = text_at(item, {"spec", "clusterIP"}) == "None",
                .selects_active = !text_at(item, {"spec", "selector", active_label}).empty(),
            });
        } else if (kind == "Endpoints") {
            objects.endpoints.push_back(parse_endpoints(item));
        } else if (kind == "StatefulSet") {
            objects.controllers.push_back({
                .name = name,
                .uid = text_at(item, {"metadata", "uid"}),
                .wanted = number_at(item, {"spec", "replicas"}, 1),
                .is_deleting = !at(item, {"metadata", "deletionTimestamp"}).is_null(),
            });
        }
    }
    return objects;
}

Answer<Context> parse_context(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object()) return garbled("not a configuration", text);
    Context context;
    context.name = text_at(document, {"current-context"});
    for (const json& cluster : list_at(document, {"clusters"}))
        context.server = text_at(cluster, {"cluster", "server"});
    return context;
}

Answer<ClientVersion> parse_client_version(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    const json& version = at(document, {"clientVersion"});
    if (!version.is_object()) return garbled("not a version", text);
    return ClientVersion{
        .major = leading_number(text_at(version, {"major"})),
        .minor = leading_number(text_at(version, {"minor"})),
        .text = text_at(version, {"gitVersion"}),
    };
}

}  // namespace cfee
