// Reads what BBS and Locket pods say about themselves.
#pragma once

#include <span>
#include <string_view>

#include "lib/facts/inside.hpp"

namespace cfee {

/// What one script of in_pod/ printed; nothing where its exec failed.
struct ScriptAnswer {
    std::string_view script;  ///< its name
    std::string_view output;
};
/// Reads what the scripts for BBS and Locket pods printed in one pod. Complete is what has left every part
/// that scripts of that version have; stacks and databases' answers count for nothing in that, since they only
/// add.
[[nodiscard]] Inside read_inside(std::string_view pod, std::span<const ScriptAnswer> answers);

}  // namespace cfee
