// Longer than others because how JSON is taken apart stands in one place.
#include "lib/cluster/parse.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "lib/cluster/names.hpp"
#include "lib/facts/edition.hpp"
#include "lib/text/harmless.hpp"
#include "lib/text/timestamp.hpp"

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

// Everything here may reach a terminal.
std::string text_at(const json& value, std::initializer_list<std::string_view> path) {
    const json& found = at(value, path);
    return found.is_string() ? harmless(found.get_ref<const std::string&>()) : std::string{};
}

int number_at(const json& value, std::initializer_list<std::string_view> path, int otherwise = 0) {
    const json& found = at(value, path);
    if (!found.is_number_integer()) return otherwise;
    constexpr auto largest = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp<std::int64_t>(found.get<std::int64_t>(), 0, largest));
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

/// Reads what is a name, and keeps account: one that cannot be a name was made up by whoever wrote the
/// answer.
class Names {
public:
    /// Empty where there is none, which is no offence.
    std::string may_have(const json& value, std::initializer_list<std::string_view> path,
                         bool (*may_be)(std::string_view)) {
        const json& found = at(value, path);
        if (found.is_null() || (found.is_string() && found.get_ref<const std::string&>().empty())) return "";
        if (found.is_string() && may_be(found.get_ref<const std::string&>())) return found.get<std::string>();
        are_good_ = false;
        return "";
    }
    /// A thing without this name is none.
    std::string must_have(const json& value, std::initializer_list<std::string_view> path,
                          bool (*may_be)(std::string_view)) {
        std::string name = may_have(value, path, may_be);
        are_good_ = are_good_ && !name.empty();
        return name;
    }
    [[nodiscard]] bool are_good() const { return are_good_; }

private:
    bool are_good_ = true;
};

Trouble garbled(std::string_view what, std::string_view text) {
    return {Trouble::Kind::garbled, "kubectl's answer is " + std::string(text.empty() ? "empty" : what)};
}

// The more believable labels of all editions first, then its names.
void name_role(const json& item, Pod& pod) {
    bool is_labelled = false;
    for (std::size_t place = 0; place < unknown_edition.role_labels.size(); ++place) {
        for (const Edition& edition : editions) {
            const std::string_view label = edition.role_labels.at(place);
            pod.role_name = text_at(item, {"metadata", "labels", label});
            pod.role = role_of(pod.role_name);
            pod.role_label = label;
            if (pod.role != Role::other) return;
            is_labelled = is_labelled || (place == 0 && !pod.role_name.empty());
        }
    }
    pod.role_label = {};
    // One that is labelled says that it is something else.
    pod.role_name = is_labelled ? "" : role_name_by_name(pod.name, pod.owner ? pod.owner->name : "");
    pod.role = role_of(pod.role_name);
}

// Under this path: what one of the labels says by which editions tell who is active.
std::string active_label_at(const json& item, std::string_view where, std::string_view labels) {
    for (const Edition& edition : editions) {
        if (std::string text = text_at(item, {where, labels, edition.active_label}); !text.empty())
            return text;
    }
    return "";
}

std::optional<Owner> owner_of(const json& pod, Names& names) {
    for (const json& reference : list_at(pod, {"metadata", "ownerReferences"})) {
        if (flag_at(reference, {"controller"}))
            return Owner{names.may_have(reference, {"kind"}, is_kind),
                         names.may_have(reference, {"name"}, is_subdomain),
                         names.may_have(reference, {"uid"}, is_uid)};
    }
    return std::nullopt;
}

Pod parse_pod(const json& item, Names& names) {
    Pod pod;
    pod.name = names.must_have(item, {"metadata", "name"}, is_subdomain);
    pod.uid = names.may_have(item, {"metadata", "uid"}, is_uid);
    pod.owner = owner_of(item, names);
    name_role(item, pod);
    const bool is_bbs = role_of(text_at(item, {"metadata", "labels", instance_group_label})) == Role::bbs;
    if (pod.role == Role::other && is_bbs) pod.role = Role::unjudged_bbs;
    pod.phase = text_at(item, {"status", "phase"});
    // Not known: then it is as young as can be, and forbids a restart.
    pod.created =
        parse_timestamp(text_at(item, {"metadata", "creationTimestamp"})).value_or(TimePoint::max());
    if (const json& deletion = at(item, {"metadata", "deletionTimestamp"}); !deletion.is_null()) {
        pod.deleting =
            parse_timestamp(deletion.is_string() ? deletion.get<std::string>() : "").value_or(TimePoint{});
    }
    const std::string label = active_label_at(item, "metadata", "labels");
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
            .name = names.may_have(status, {"name"}, is_label),
            .is_ready = flag_at(status, {"ready"}),
            .restarts = number_at(status, {"restartCount"}),
            .waiting = text_at(status, {"state", "waiting", "reason"}),
        });
    }
    pod.wanted_containers = static_cast<int>(list_at(item, {"spec", "containers"}).size());
    for (const json& container : list_at(item, {"spec", "containers"})) {
        pod.pulls_always = pod.pulls_always || text_at(container, {"imagePullPolicy"}) == "Always";
    }
    for (const char* const kind : {"containers", "initContainers"}) {
        for (const json& container : list_at(item, {"spec", kind})) {
            const std::string name = text_at(container, {"name"});
            pod.is_in_mesh = pod.is_in_mesh || std::find(mesh_containers.begin(), mesh_containers.end(),
                                                         name) != mesh_containers.end();
        }
    }
    pod.node = names.may_have(item, {"spec", "nodeName"}, is_subdomain);
    pod.address = names.may_have(item, {"status", "podIP"}, is_ip);
    return pod;
}

std::vector<std::string> addresses_in(const json& subset, const char* key, Names& names) {
    std::vector<std::string> found;
    for (const json& address : list_at(subset, {key})) {
        std::string pod = names.may_have(address, {"targetRef", "name"}, is_subdomain);
        found.push_back(pod.empty() ? names.must_have(address, {"ip"}, is_ip) : std::move(pod));
    }
    return found;
}

Endpoints parse_endpoints(const json& item, std::string service, Names& names) {
    Endpoints endpoints{.service = std::move(service)};
    for (const json& subset : list_at(item, {"subsets"})) {
        for (std::string& name : addresses_in(subset, "addresses", names))
            endpoints.ready.push_back(std::move(name));
        for (std::string& name : addresses_in(subset, "notReadyAddresses", names))
            endpoints.not_ready.push_back(std::move(name));
    }
    return endpoints;
}

/// The list's items, or null where the text is no list at all.
json parse_list(std::string_view text) {
    json document = json::parse(text, nullptr, false);
    if (document.is_object() && at(document, {"items"}).is_array()) return std::move(document["items"]);
    return nullptr;
}

}  // namespace

namespace {

Answer<std::vector<Pod>> parse_pods_that(bool (*concern)(Pod&, const json&), std::string_view text) {
    const json items = parse_list(text);
    if (!items.is_array()) return garbled("not a list of pods", text);
    std::vector<Pod> pods;
    Names names;
    for (const json& item : items) {
        if (text_at(item, {"kind"}) != "Pod") return garbled("a list of things that are no pods", text);
        Pod pod = parse_pod(item, names);
        if (concern(pod, item)) pods.push_back(std::move(pod));
    }
    if (!names.are_good()) return garbled("a list of pods with names that cannot be", text);
    return pods;
}

}  // namespace

Answer<std::vector<Pod>> parse_pods(std::string_view text) {
    return parse_pods_that([](Pod& pod, const json&) { return pod.role != Role::other; }, text);
}

Answer<std::vector<Pod>> parse_auctioneer_pods(std::string_view text) {
    const auto concerns = [](Pod& pod, const json& item) {
        pod.role_name = text_at(item, {"metadata", "labels", selected_label});
        pod.role = Role::auctioneer;
        return runs_auctioneer(pod.role_name);
    };
    return parse_pods_that(concerns, text);
}

Answer<Objects> parse_objects(std::string_view text) {
    const json items = parse_list(text);
    if (!items.is_array()) return garbled("not a list of services", text);
    Objects objects;
    Names names;
    for (const json& item : items) {
        const std::string kind = text_at(item, {"kind"});
        std::string name =
            names.must_have(item, {"metadata", "name"}, kind == "Service" ? is_label : is_subdomain);
        if (kind == "Service") {
            objects.services.push_back({
                .name = std::move(name),
                .selects_active = !active_label_at(item, "spec", "selector").empty(),
            });
        } else if (kind == "Endpoints") {
            objects.endpoints.push_back(parse_endpoints(item, std::move(name), names));
        } else if (kind == "StatefulSet" || kind == "ReplicaSet") {
            objects.controllers.push_back({
                .name = std::move(name),
                .uid = names.may_have(item, {"metadata", "uid"}, is_uid),
                .wanted = number_at(item, {"spec", "replicas"}, 1),
                .is_deleting = !at(item, {"metadata", "deletionTimestamp"}).is_null(),
            });
        } else {
            return garbled("a list of things that nobody asked for", text);
        }
    }
    if (!names.are_good()) return garbled("a list of things with names that cannot be", text);
    return objects;
}

std::vector<std::string> parse_unready_nodes(std::string_view text) {
    std::vector<std::string> unready;
    Names names;
    json document = json::parse(text, nullptr, false);
    // One name gives one object, several give a list.
    const json items = at(document, {"items"}).is_array() ? document["items"] : json::array({document});
    for (const json& item : items) {
        for (const json& condition : list_at(item, {"status", "conditions"})) {
            const bool is_ready = text_at(condition, {"status"}) == "True";
            if (text_at(condition, {"type"}) == "Ready" && !is_ready)
                unready.push_back(names.must_have(item, {"metadata", "name"}, is_subdomain));
        }
    }
    return names.are_good() ? unready : std::vector<std::string>{};
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

Answer<std::string> parse_client_version(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    const json& version = at(document, {"clientVersion"});
    if (!version.is_object()) return garbled("not a version", text);
    return text_at(version, {"gitVersion"});
}

}  // namespace cfee
