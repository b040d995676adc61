#include "lib/commands/show_version.hpp"

#include <array>
#include <ostream>

#include "lib/cluster/parse.hpp"

namespace cfee {

int show_version(const Kubectl& kubectl, const std::string& program, Host& host, Console& console) {
    constexpr std::chrono::seconds limit{10};
    const std::array batch{kubectl.client_version(limit)};
    const Outcome outcome = host.run(batch).front();
    const Answer<std::string> version =
        outcome.succeeded() ? parse_client_version(outcome.out) : Answer<std::string>{trouble_of(outcome)};
    console.out << program << " " << console.tool_version << "\n"
                << "kubectl " << (version.is_known() ? version.value() : "unknown: " + version.trouble().text)
                << "\n";
    return 0;
}

}  // namespace cfee
