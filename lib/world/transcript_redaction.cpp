// The half of redact.hpp that reads JSON. It belongs to the transcript's room within the room: nlohmann/json
// only here.
#include <nlohmann/json.hpp>

#include "lib/world/redact.hpp"

namespace cfee {

namespace {

using Json = nlohmann::ordered_json;

/// Deeper than anything Kubernetes knows; and dump() calls itself for each level.
constexpr int deepest = 200;

std::string kind_of(const Json& value) {
    const auto kind = value.find("kind");
    return kind != value.end() && kind->is_string() ? kind->get<std::string>() : std::string();
}

/// Every text and number below, whatever its key.
void blank_out(Json& value, int depth) {
    if (value.is_structured() && depth <= deepest) {
        for (Json& child : value) blank_out(child, depth + 1);
    } else if (!value.is_null() && !value.is_boolean()) {
        value = redaction;
    }
}

void blank_out_values_of_environment(Json& variables) {
    for (Json& variable : variables) {
        if (!variable.is_object() || !variable.contains("name")) continue;
        if (const auto value = variable.find("value"); value != variable.end()) blank_out(*value, 0);
    }
}

void redact(Json& value, const std::string& kind_of_parent, int depth);

void redact_object(Json& object, const std::string& kind_of_parent, int depth) {
    std::string kind = kind_of(object);
    if (kind.empty() && kind_of_parent == "SecretList") kind = "Secret";  // items of a raw list have no kind
    object.erase("managedFields");
    for (auto& [key, value] : object.items()) {
        const bool is_data = key == "data" || key == "stringData" || key == "binaryData";
        if (kind == "Secret" && is_data) {
            blank_out(value, depth);
        } else if (key == "users" && value.is_array() && (kind == "Config" || object.contains("clusters"))) {
            for (Json& user : value) {
                if (user.is_object() && user.contains("user")) blank_out(user["user"], depth);
            }
        } else if (key == "env" && value.is_array()) {
            blank_out_values_of_environment(value);
            redact(value, kind, depth + 1);
        } else if (key == "kubectl.kubernetes.io/last-applied-configuration") {
            value = redaction;
        } else if (names_a_secret(key) && (value.is_string() || value.is_number())) {
            if (!value.is_string() || !value.get_ref<const std::string&>().empty()) value = redaction;
        } else {
            // The items of a list are told the list's kind; anything else knows its own.
            redact(value, key == "items" ? kind : std::string(), depth + 1);
        }
    }
}

void redact(Json& value, const std::string& kind_of_parent, int depth) {
    if (depth > deepest) {
        value = redaction;
    } else if (value.is_object()) {
        redact_object(value, kind_of_parent, depth);
    } else if (value.is_array()) {
        for (Json& child : value) redact(child, kind_of_parent, depth + 1);
    } else if (value.is_string()) {
        value = redacted(value.get_ref<const std::string&>());
    }
}

}  // namespace

std::string redacted_json(std::string_view document) {
    Json json = Json::parse(document, nullptr, false);
    if (json.is_discarded()) {
        return "(" + std::to_string(document.size()) + " bytes that are not JSON were left out)";
    }
    redact(json, {}, 0);
    return json.dump();
}

}  // namespace cfee
