// "Bad" and "could not find out" are different answers, in the type too.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace cfee {

/// Why something could not be found out.
struct Trouble {
    enum class Kind {
        not_asked,     ///< something earlier made the question pointless
        no_kubectl,    ///< there is no kubectl to run
        no_context,    ///< kubectl's configuration does not name a cluster
        forbidden,     ///< the user lacks a right
        unauthorised,  ///< the cluster does not know the user (an expired token, say)
        unreachable,   ///< the API server cannot be reached
        no_kubelet,    ///< the API server answers, and cannot reach the node's kubelet
        not_found,     ///< the pod, container or namespace is not there (any more)
        not_running,   ///< the container is there and does not run
        no_program,    ///< the container has no shell, or no tool that could ask
        time_limit,    ///< our own limit ended it
        garbled,       ///< an answer came and makes no sense
        other,
    };
    Kind kind = Kind::other;
    std::string text;  ///< one line for a person
};

/// A value, or the reason why there is none.
template <class T>
class Answer {
public:
    Answer() : content_(Trouble{Trouble::Kind::not_asked, "not asked"}) {}
    // Implicit, so that a function returns the one or the other.
    Answer(T value) : content_(std::move(value)) {}
    Answer(Trouble trouble) : content_(std::move(trouble)) {}

    [[nodiscard]] bool is_known() const { return std::holds_alternative<T>(content_); }
    /// Only where is_known().
    [[nodiscard]] const T& value() const { return std::get<T>(content_); }
    [[nodiscard]] T& value() { return std::get<T>(content_); }
    /// Only where not is_known().
    [[nodiscard]] const Trouble& trouble() const { return std::get<Trouble>(content_); }

private:
    std::variant<T, Trouble> content_;
};

}  // namespace cfee
