// How an attempt to open a TCP connection ended, and where it was to lead.
#pragma once

#include <string>
#include <string_view>

namespace cfee {

enum class Reach {
    connected,
    refused,        ///< somebody said no: nothing listens, or a service without endpoints
    timed_out,      ///< silence
    name_unknown,   ///< DNS says that there is no such name
    lookup_failed,  ///< DNS did not say anything of use
    unreachable,    ///< no route
    failed,         ///< it did not open, for a reason in the tool's own words
    could_not_ask,  ///< nothing is known about the address
};

struct Connection {
    Reach reach = Reach::could_not_ask;
    std::string text;  ///< what the tool printed, its last line; or why nobody could ask

    [[nodiscard]] bool is_open() const { return reach == Reach::connected; }
    [[nodiscard]] bool was_asked() const { return reach != Reach::could_not_ask; }
    /// How it ended, for a person; in the tool's own words where ours do not say.
    [[nodiscard]] std::string words() const;
};

/// "connected", "refused", "timed out", ... for a person.
[[nodiscard]] std::string_view to_words(Reach reach);

/// HOST:PORT.
struct Address {
    std::string host;
    int port = 0;

    [[nodiscard]] std::string text() const { return host + ":" + std::to_string(port); }
    [[nodiscard]] bool is_known() const { return !host.empty(); }
};

}  // namespace cfee
