// One pod to be deleted: as it was planned, and what became of it. Plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lib/facts/pod.hpp"

namespace cfee {

/// What the API server said to a deletion.
struct DeletionResult {
    enum class Kind {
        accepted,          ///< it is being deleted now, by us; of a dry run: it would be
        already_deleting,  ///< it was on its way out before we asked
        gone,              ///< no such pod any more (404)
        replaced,          ///< another pod has the name now (409): not touched
        forbidden,         ///< a right is missing: not touched
        denied,       ///< the API server refused for another reason, an admission webhook say: not touched
        interactive,  ///< the user's kuberc stands in the way: ask again with Kuberc::not_interactive
        unknown,      ///< no answer, or none that makes sense: it may or may not have been deleted
    };
    Kind kind = Kind::unknown;
    std::string text;                ///< the API server's words, where it refused
    std::optional<TimePoint> asked;  ///< when the deletion was asked for, by the API server's clock
};
[[nodiscard]] std::string_view to_words(DeletionResult::Kind kind);
/// The API server will not do it.
[[nodiscard]] constexpr bool is_refusal(DeletionResult::Kind kind) {
    return kind == DeletionResult::Kind::forbidden || kind == DeletionResult::Kind::denied;
}

/// A pod that a plan names, and what became of it.
struct Deletion {
    std::string pod;
    std::string uid;
    std::string owner;  ///< "StatefulSet/diego-api"
    std::string owner_uid;
    std::string state;   ///< "2/2 Running"
    std::string active;  ///< true, false or -: the label
    std::string age;     ///< "3h", "12m", "70s"
    std::string reason;
    std::string command;  ///< exactly what will run, for a person

    std::optional<TimePoint> sent;  ///< by our own clock
    DeletionResult result;          ///< unknown until it is answered
};

}  // namespace cfee
