// The scripts of in_pod/, as they are sent: without comments and indentation, since they travel in a URL.
#pragma once

#include <string_view>

namespace cfee {

extern const std::string_view cloud_controller_script;
extern const std::string_view diego_script;

}  // namespace cfee
