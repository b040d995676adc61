// What may be a name in Kubernetes: its own rules, so that whatever calls itself a name is one.
#pragma once

#include <string_view>

namespace cfee {

/// RFC 1123 label: a namespace, a container, a service.
[[nodiscard]] bool is_label(std::string_view name);
/// RFC 1123 subdomain: a pod, a node, and most other things.
[[nodiscard]] bool is_subdomain(std::string_view name);
/// A kind of things: letters and digits.
[[nodiscard]] bool is_kind(std::string_view name);
/// What the API server tells equally named things apart by. A UUID, but nobody has promised that.
[[nodiscard]] bool is_uid(std::string_view text);
/// An address of either IP.
[[nodiscard]] bool is_ip(std::string_view text);

}  // namespace cfee
