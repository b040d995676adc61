// The round of a look in which pods are asked from inside.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lib/cluster/look.hpp"
#include "lib/cluster/scripts.hpp"

namespace cfee {

/// Puts the scripts of in_pod/ to the pods that the first round found, all at once: what every look needs,
/// and Locket's own side where it has pods of its own or where the first round shows need, as are the stacks;
/// a second time only where no BBS serves: what that leaves open. Where one does and nobody holds the auctioneer's
/// lock, for the auctioneer's pods, and where there are some, what keeps it.
class InsideRound {
public:
    InsideRound(Host& host, const LookOptions& options, Snapshot& snapshot, const Snapshot* before)
        : host_(host), options_(options), snapshot_(snapshot), before_(before) {}

    /// Fills in probes and insides. Only where the pods are known.
    void run();

private:
    /// A script to be put to a pod.
    struct Question {
        const Pod* pod;
        const Script* script;
        std::string asked_of;  ///< jobs=..., whose database is asked, or lockets=..., addresses
    };

    [[nodiscard]] std::vector<Question> first_questions(bool is_ill) const;
    [[nodiscard]] std::vector<Question> further_questions(bool was_ill);
    [[nodiscard]] bool shows_need() const;
    [[nodiscard]] bool any_serves() const;
    /// By what is known so far: nobody listens in any BBS pod.
    [[nodiscard]] bool no_bbs_seems_to_run() const;
    [[nodiscard]] bool lacks(Role role) const;
    /// Did Locket hang in the look before, a moment ago?
    [[nodiscard]] bool rests() const;
    [[nodiscard]] bool lockets_are_the_same() const;
    /// The jobs of this pod whose database has not been proved to answer by anything else.
    [[nodiscard]] std::string jobs_in_doubt(const Pod& pod, const Inside& inside) const;
    /// What that database said a moment ago; nullptr: it was not asked.
    [[nodiscard]] const Database* answered_before(const std::string& pod, const std::string& job) const;
    // In missing_auctioneer.cpp:
    /// Behind a service it is chance which Locket answers: one says that nobody has the lock; or one that hangs
    /// was met each time, while in another nobody waits.
    [[nodiscard]] bool lockets_may_differ() const;
    [[nodiscard]] bool lacks_auctioneer() const;
    void look_for_auctioneer();
    void find_auctioneers();
    /// Adds the question for what each Locket says at its own address, where it has several pods of its own.
    void ask_each_locket(std::vector<Question>& questions);
    /// What this Locket's pod said a moment ago, where that was nothing.
    [[nodiscard]] const Inside* hung_a_moment_ago(const std::string& locket) const;
    void read_locket_by_itself(const Pod& pod, Inside& inside) const;

    void ask(const std::vector<Question>& questions);
    [[nodiscard]] Command command_for(const Question& question) const;
    [[nodiscard]] std::string fallback_address() const;
    [[nodiscard]] std::string locket_service() const;
    void read_probe_of(const Pod& pod, const Outcome& outcome);
    void read_insides();
    void remember(Inside& inside) const;

    Host& host_;
    const LookOptions& options_;
    Snapshot& snapshot_;
    const Snapshot* before_;
    /// By pod: what its scripts printed, in the order in which they were put.
    std::map<std::string, std::vector<std::pair<const Script*, Outcome>>> answers_;
    std::string asks_each_locket_;  ///< the BBS pod in which the Lockets were asked one by one
};

}  // namespace cfee
