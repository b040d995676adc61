#include "lib/commands/send.hpp"

#include <algorithm>

namespace cfee {

std::vector<DeletionResult> send(Host& host, const std::vector<std::string>& pods,
                                 const std::function<Command(std::size_t, Kuberc)>& command_for) {
    std::vector<DeletionResult> results;
    for (const Kuberc kuberc : {Kuberc::unsaid, Kuberc::not_interactive}) {
        std::vector<Command> batch;
        for (std::size_t index = 0; index < pods.size(); ++index) batch.push_back(command_for(index, kuberc));
        const std::vector<Outcome> outcomes = host.run(batch);
        results.clear();
        for (std::size_t index = 0; index < pods.size(); ++index)
            results.push_back(read_deletion(pods[index], outcomes[index]));
        const bool is_hindered = std::any_of(
            results.begin(), results.end(),
            [](const DeletionResult& result) { return result.kind == DeletionResult::Kind::interactive; });
        if (!is_hindered) break;
    }
    return results;
}

}  // namespace cfee
