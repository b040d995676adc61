// The rounds behind a look at a BBS that serves, where nobody holds the auctioneer's lock; and the question for
// each Locket by itself.
#include <algorithm>
#include <array>
#include <set>

#include "lib/cluster/inside_round.hpp"
#include "lib/cluster/parse.hpp"
#include "lib/cluster/read_auctioneer.hpp"

namespace cfee {

namespace {

constexpr std::chrono::seconds get_limit{30};

bool is_asked_script(const std::vector<std::pair<const Script*, Outcome>>& answers, const Script& script) {
    return std::any_of(answers.begin(), answers.end(),
                       [&script](const auto& answer) { return answer.first == &script; });
}

}  // namespace

// A Locket that hangs may hide it, but not one that names the holder.
bool InsideRound::lacks_auctioneer() const {
    bool may_lack = false;
    for (const Inside& inside : snapshot_.insides) {
        const std::optional<std::string> owner = inside.owner_of(auctioneer_lock);
        if (owner && !owner->empty()) return false;
        may_lack = may_lack || owner || inside.locks == Locks::hangs;
    }
    return may_lack;
}

void InsideRound::find_auctioneers() {
    const std::array batch{options_.kubectl.get({"pods", "-l", auctioneer_selector()}, get_limit)};
    const Outcome outcome = host_.run(batch).front();
    // A recording of a version that did not ask.
    if (outcome.end == Outcome::End::not_started) return;
    if (!outcome.succeeded()) {
        snapshot_.auctioneers = trouble_of(outcome);
        return;
    }
    const Answer<std::vector<Pod>> pods = parse_auctioneer_pods(outcome.out);
    if (!pods.is_known()) {
        snapshot_.auctioneers = pods.trouble();
        return;
    }
    std::vector<Auctioneer> found;
    for (const Pod& pod : pods.value()) found.push_back({.pod = pod});
    snapshot_.auctioneers = std::move(found);
}

void InsideRound::look_for_auctioneer() {
    if (!lacks_auctioneer()) return;
    find_auctioneers();
    if (!snapshot_.auctioneers.is_known() || snapshot_.auctioneers.value().empty()) return;
    std::vector<Question> questions;
    for (const Auctioneer& auctioneer : snapshot_.auctioneers.value()) {
        if (!auctioneer.pod.has_ended() && !auctioneer.pod.node.empty())
            questions.push_back({&auctioneer.pod, &auctioneer_script});
    }
    for (const Pod& pod : snapshot_.pods.value()) {
        const auto answers = answers_.find(pod.name);
        if (pod.role == Role::cloud_controller || answers == answers_.end()) continue;
        if (!is_asked_script(answers->second, stacks_script)) questions.push_back({&pod, &stacks_script});
    }
    ask_each_locket(questions);
    ask(questions);
    read_insides();
    for (Auctioneer& auctioneer : snapshot_.auctioneers.value()) {
        const auto answers = answers_.find(auctioneer.pod.name);
        if (answers != answers_.end()) read_auctioneer(answers->second.front().second.out, auctioneer);
    }
}

bool InsideRound::lockets_may_differ() const {
    const auto any_says = [this](Locks said) {
        return std::any_of(snapshot_.insides.begin(), snapshot_.insides.end(),
                           [said](const Inside& inside) { return inside.locks == said; });
    };
    const std::vector<Pod> lockets = snapshot_.pods_of(Role::locket);
    const bool one_is_idle = std::any_of(lockets.begin(), lockets.end(), [this](const Pod& pod) {
        const Inside* const inside = snapshot_.inside_of(pod.name);
        return inside != nullptr && inside->locket_stacks.is_known() &&
               inside->locket_stacks.waiting_for_database.empty();
    });
    return any_says(Locks::nobody) || (any_says(Locks::hangs) && one_is_idle);
}

// Whoever can speak for all of them: each question costs one that hangs a connection.
void InsideRound::ask_each_locket(std::vector<Question>& questions) {
    const std::vector<Pod> lockets = snapshot_.pods_of(Role::locket);
    std::string addresses;
    for (const Pod& pod : lockets) {
        if (pod.address.empty() || hung_a_moment_ago(pod.name) != nullptr) continue;
        addresses += (addresses.empty() ? "" : " ") + pod.address;
    }
    if (lockets.size() < 2 || addresses.empty()) return;
    for (const Pod& pod : snapshot_.pods.value()) {
        const Inside* const inside = snapshot_.inside_of(pod.name);
        const bool has_cfdot = inside != nullptr && !inside->trouble && inside->locks != Locks::absent &&
                               inside->locks != Locks::unknown;
        if (pod.role != Role::bbs || !has_cfdot) continue;
        asks_each_locket_ = pod.name;
        questions.push_back({&pod, &lockets_script, "lockets=" + addresses});
        return;
    }
}

// New ones, after a restart, have never hung.
bool InsideRound::lockets_are_the_same() const {
    const auto uids_in = [this](const Snapshot& look) {
        std::set<std::string> uids;
        for (const Pod& pod : look.pods_of(lacks(Role::locket) ? Role::bbs : Role::locket))
            uids.insert(pod.uid);
        return uids;
    };
    return uids_in(*before_) == uids_in(snapshot_);
}

const Inside* InsideRound::hung_a_moment_ago(const std::string& locket) const {
    const Inside* const earlier = before_ == nullptr ? nullptr : before_->inside_of(locket);
    const bool hung = earlier != nullptr && lockets_are_the_same() && earlier->locks == Locks::hangs &&
                      earlier->locks_asked && snapshot_.started - *earlier->locks_asked < locks_rest;
    return hung ? earlier : nullptr;
}

void InsideRound::read_locket_by_itself(const Pod& pod, Inside& inside) const {
    if (const Inside* const earlier = hung_a_moment_ago(pod.name)) {
        inside.locks = earlier->locks;
        inside.locks_text = earlier->locks_text;
        inside.locks_asked = earlier->locks_asked;
        return;
    }
    const auto answers = answers_.find(asks_each_locket_);
    if (answers == answers_.end() || pod.address.empty()) return;
    for (const auto& [script, outcome] : answers->second) {
        if (script == &lockets_script) read_locket_at(pod.address, outcome.out, inside);
    }
}

}  // namespace cfee
