// Redaction of JSON: by key, by what an object says of its values, and in each text. nlohmann/json says
// whether it is JSON; the places are found by walking the text, so that what is no secret (numbers above all)
// stays as it was written. Longer than most files here: the tree and its walk know each other's shape.
#include "lib/text/redact_json.hpp"

#include <nlohmann/json.hpp>

#include "lib/text/redact.hpp"
#include "lib/text/redact_keys.hpp"
#include "lib/text/redact_rows.hpp"
#include "lib/text/redact_wrapped.hpp"

namespace cfee {

namespace redaction_rows {

namespace {

/// Deeper than anything Kubernetes knows; and the walk calls itself for each level.
constexpr int deepest = 200;

struct Node {
    size_t begin = 0;
    size_t end = 0;
    char kind = ' ';  ///< its first character: { [ " or that of a number or literal
    Span key{0, 0};   ///< inside the quotation marks
    std::vector<Node> children;
};

size_t string_end(string_view text, size_t at) {
    for (++at; text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at + 1;
}

size_t structure_end(string_view text, size_t at) {
    for (size_t depth = 0;;) {
        if (text[at] == '"') {
            at = string_end(text, at);
            continue;
        }
        if (is_opening(text[at])) ++depth;
        if (is_closing(text[at++]) && --depth == 0) return at;
    }
}

/// The value at `at` of a text that is known to be JSON. Too deep, it has no children.
Node read(string_view text, size_t at, int depth) {
    Node node{.begin = at, .kind = text[at]};
    const auto next = [&](size_t from) {
        return skip(text, from, [](char c) { return is_space(c) || c == ',' || c == ':'; });
    };
    if (node.kind == '"') {
        node.end = string_end(text, at);
    } else if (!is_opening(node.kind)) {
        node.end = skip(text, at, [](char c) { return is_word(c) || c == '+'; });
    } else if (depth > deepest) {
        node.end = structure_end(text, at);
    } else {
        for (at = next(at + 1); !is_closing(text[at]); at = next(at)) {
            Span key{at, at};
            if (node.kind == '{') {
                key = {at + 1, string_end(text, at) - 1};
                at = next(key.end + 1);
            }
            node.children.push_back(read(text, at, depth + 1));
            node.children.back().key = key;
            at = node.children.back().end;
        }
        node.end = at + 1;
    }
    return node;
}

class Walk {
public:
    Walk(string_view text, int depth, Spans& spans) : text_(text), depth_(depth), spans_(spans) {}

    void any(const Node& node, const std::string& kind_of_parent, int level) {
        if (node.kind == '{' && level <= deepest) {
            object(node, kind_of_parent, level);
        } else if (node.kind == '[' && level <= deepest) {
            list(node, kind_of_parent, level);
        } else if (is_opening(node.kind)) {
            whole(node);
        } else if (node.kind == '"') {
            find_in_json_string(inside(node), node.begin + 1, depth_ + 1, spans_);
        }
    }

private:
    [[nodiscard]] string_view inside(const Node& string) const {
        return text_.substr(string.begin + 1, string.end - string.begin - 2);
    }
    [[nodiscard]] std::string key_of(const Node& node) const {
        return without_escapes(text_.substr(node.key.begin, node.key.end - node.key.begin));
    }
    [[nodiscard]] const Node* member(const Node& object, bool (*is_it)(string_view)) const {
        for (const Node& child : object.children) {
            if (is_it(key_of(child))) return &child;
        }
        return nullptr;
    }

    [[nodiscard]] std::string kind_of(const Node& object) const {
        const Node* kind = member(object, [](string_view key) { return key == "kind"; });
        return kind != nullptr && kind->kind == '"' ? without_escapes(inside(*kind)) : std::string();
    }

    void whole(const Node& node) {
        if (node.kind == '"') {
            if (node.end > node.begin + 2) spans_.push_back({node.begin + 1, node.end - 1});
        } else if (is_opening(node.kind)
                       ? !node.children.empty() || skip(text_, node.begin + 1, is_space) + 1 < node.end
                       : is_digit(node.kind) || node.kind == '-') {
            spans_.push_back({node.begin, node.end, "\"REDACTED\""});
        }
    }

    /// Every text and number below, whatever its key: the names of what a Secret holds may be a clue.
    void leaves(const Node& node) {
        if (!is_opening(node.kind) || node.children.empty()) whole(node);
        for (const Node& child : node.children) leaves(child);
    }

    [[nodiscard]] bool only_references(const Node& node) const {
        return std::all_of(node.children.begin(), node.children.end(), [&](const Node& child) {
            return (node.kind == '[' || is_reference(key_of(child))) &&
                   (node.kind == '{' || is_opening(child.kind)) && only_references(child);
        });
    }

    void secret(const Node& node, const std::string& key, int level) {
        const bool refers = is_opening(node.kind) && may_hold_references(key) && only_references(node);
        const bool is_sentence =
            equals_ignoring_case(key, "auth") && (node.kind != '"' || inside(node).find(' ') != none);
        if (refers || is_sentence) {
            any(node, {}, level);
        } else if (node.kind != '"' || !is_harmless(inside(node))) {
            whole(node);
        }
    }

    void object(const Node& node, const std::string& kind_of_parent, int level) {
        std::string kind = kind_of(node);
        if (kind.empty() && kind_of_parent == "SecretList")
            kind = "Secret";  // items of a raw list have no kind
        const Node* name = member(node, is_name_of_a_variable);
        const bool is_variable =
            name != nullptr && name->kind == '"' && names_a_secret(without_escapes(inside(*name)));
        const bool has_clusters = member(node, [](string_view key) { return key == "clusters"; }) != nullptr;
        for (const Node& child : node.children) {
            const std::string key = key_of(child);
            const bool is_data = key == "data" || key == "stringData" || key == "binaryData";
            if (kind == "Secret" && is_data) {
                leaves(child);
            } else if (key == "users" && child.kind == '[' && (kind == "Config" || has_clusters)) {
                users(child);
            } else if (key == "env" && child.kind == '[') {
                environment(child, level);
            } else if (key == "kubectl.kubernetes.io/last-applied-configuration" ||
                       (is_variable && is_value_of_a_variable(key))) {
                whole(child);
            } else if (names_a_secret(key)) {
                secret(child, key, level + 1);
            } else {
                find_in_json_string(text_.substr(child.key.begin, child.key.end - child.key.begin),
                                    child.key.begin, depth_ + 1, spans_);
                // The items of a list are told the list's kind; anything else knows its own.
                any(child, key == "items" ? kind : std::string(), level + 1);
            }
        }
    }

    void users(const Node& users) {
        for (const Node& user : users.children) {
            for (const Node& child : user.children) {
                if (key_of(child) == "user") leaves(child);
            }
        }
    }

    void environment(const Node& variables, int level) {
        for (const Node& variable : variables.children) {
            const bool has_name = member(variable, [](string_view key) { return key == "name"; }) != nullptr;
            if (variable.kind != '{' || !has_name) {
                any(variable, {}, level + 2);
                continue;
            }
            for (const Node& child : variable.children) {
                if (key_of(child) == "value") {
                    leaves(child);
                } else {
                    any(child, {}, level + 3);
                }
            }
        }
    }

    /// A list may be a command line: ["--token", "x"].
    void list(const Node& node, const std::string& kind_of_parent, int level) {
        bool is_secret = false;
        for (const Node& child : node.children) {
            if (is_secret && child.kind == '"') {
                whole(child);
                is_secret = false;
                continue;
            }
            any(child, kind_of_parent, level + 1);
            const string_view word = child.kind == '"' ? inside(child) : string_view();
            is_secret = word.size() > 2 && word.starts_with("--") && word.find('=') == none &&
                        names_a_secret(word.substr(2));
        }
    }

    string_view text_;
    int depth_;
    Spans& spans_;
};

/// What a document is not to hold at all: managedFields, and the blanks between.
void leave_out(string_view text, const Node& node, Spans& spans) {
    size_t done = node.begin;
    for (const Node& child : node.children) {
        const bool is_left_out =
            node.kind == '{' &&
            text.substr(child.key.begin, child.key.end - child.key.begin) == "managedFields";
        if (!is_left_out) {
            leave_out(text, child, spans);
            done = child.end;
            continue;
        }
        // With the comma before it; the first one with the comma after it.
        const bool is_first = &child == &node.children.front();
        const size_t after = skip(text, child.end, is_space);
        if (is_first) {
            spans.push_back({child.key.begin - 1, text[after] == ',' ? after + 1 : child.end, ""});
        } else {
            const bool all_before_left_out = done == node.begin;
            spans.push_back({all_before_left_out ? child.key.begin - 1 : done,
                             all_before_left_out && text[after] == ',' ? after + 1 : child.end, ""});
        }
    }
}

std::string without_blanks(string_view text) {
    std::string result;
    result.reserve(text.size());
    for (size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            const size_t end = string_end(text, at);
            result.append(text.substr(at, end - at));
            at = end;
        } else {
            if (!is_space(text[at])) result.push_back(text[at]);
            ++at;
        }
    }
    return result;
}

}  // namespace

bool is_json(string_view text) {
    return nlohmann::json::accept(text);
}

void find_in_json(string_view text, int depth, Spans& spans) {
    const Node root = read(text, skip(text, 0, is_space), 0);
    Walk(text, depth, spans).any(root, {}, 0);
}

}  // namespace redaction_rows

std::string redacted_json(std::string_view document) {
    using namespace redaction_rows;
    if (!is_json(document)) {
        return "(" + std::to_string(document.size()) + " bytes that are not JSON were left out)";
    }
    std::string compact = without_blanks(document);
    Spans left_out;
    leave_out(compact, read(compact, 0, 0), left_out);
    std::string result = replaced(compact, std::move(left_out));
    Spans spans;
    find_in_json(result, 0, spans);
    return replaced(result, std::move(spans));
}

}  // namespace cfee
