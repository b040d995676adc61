#include "lib/runbook/hang_look.hpp"

#include <algorithm>
#include <string_view>

#include "lib/runbook/databases.hpp"
#include "lib/runbook/facts.hpp"

namespace cfee {

namespace {

HangLook::Database answer_of(const Facts& facts, const AskedPod& asked, std::string_view job) {
    for (const Database& database : asked.inside->databases) {
        if (database.job != job) continue;
        const DatabaseState state = state_of(facts, asked, database);
        if (state.is_proved) return HangLook::Database::answers;
        if (state.verdict == Verdict::fail) return HangLook::Database::fails;
    }
    return HangLook::Database::unknown;
}

HangLook::Locket::ByItself by_itself(const AskedPod& locket) {
    using ByItself = HangLook::Locket::ByItself;
    if (locket.locks() == Locks::hangs) return ByItself::hangs;
    const bool answers = locket.locks() == Locks::owner || locket.locks() == Locks::nobody;
    return answers ? ByItself::answers : ByItself::unknown;
}

/// Asked one by one, one hangs and all others answer.
std::string hangs_alone(const std::vector<HangLook::Locket>& lockets) {
    std::string one;
    for (const HangLook::Locket& locket : lockets) {
        if (locket.by_itself == HangLook::Locket::ByItself::answers) continue;
        if (locket.by_itself == HangLook::Locket::ByItself::unknown || !one.empty()) return "";
        one = locket.pod;
    }
    return one;
}

/// In its own pod, or the pod at the other end of its connection. Behind a service that is nobody's address: then
/// the one that hangs, for whoever waits.
std::string locket_asked_by(const Facts& facts, const AskedPod& asked,
                            const std::vector<HangLook::Locket>& lockets) {
    if (asked.inside->runs_locket.value_or(false)) return asked.pod.name;
    const auto found =
        std::find_if(facts.lockets.begin(), facts.lockets.end(), [&asked](const AskedPod& locket) {
            return !locket.pod.address.empty() && locket.pod.address == asked.inside->locket_peer;
        });
    if (found != facts.lockets.end()) return found->pod.name;
    const HangLook::Locket* const one = waits_alone(lockets);
    return one == nullptr ? hangs_alone(lockets) : one->pod;
}

HangLook::Bbs bbs_of(const Facts& facts, const AskedPod& asked,
                     const std::vector<HangLook::Locket>& lockets) {
    HangLook::Bbs bbs{.pod = asked.pod.name};
    if (asked.inside == nullptr) return bbs;
    const LockLog& log = asked.inside->bbs_log;
    bbs.stacks = asked.inside->bbs_stacks;
    bbs.locket = locket_asked_by(facts, asked, lockets);
    bbs.database = answer_of(facts, asked, "bbs");
    bbs.clock = asked.inside->clock;
    bbs.is_passive = log.found_it_held();
    if (log.client_word == LockLog::ClientWord::asks) bbs.asked_for_lock = log.asked_since;
    return bbs;
}

/// Far enough behind the first look, and every request old enough.
TimePoint time_of_proof(const HangLook& first, const HangLook& latest) {
    TimePoint due = std::max(latest.began, first.ended + proof_time);
    for (const HangLook::Bbs& bbs : latest.bbs) {
        if (bbs.clock && bbs.asked_for_lock)
            due =
                std::max(due, latest.began + (*bbs.asked_for_lock + oldest_request_that_heals - *bbs.clock));
    }
    for (const HangLook::Auctioneer& one : latest.auctioneers) {
        due =
            std::max(due, one.clock && one.asked_for_lock
                              ? latest.began + (*one.asked_for_lock + oldest_request_that_heals - *one.clock)
                              : first.ended + oldest_request_that_heals);
    }
    return due;
}

}  // namespace

const HangLook::Locket* waits_alone(const std::vector<HangLook::Locket>& lockets) {
    const HangLook::Locket* one = nullptr;
    for (const HangLook::Locket& locket : lockets) {
        if (!locket.stacks.is_known() || locket.stacks.outside > 0) return nullptr;
        if (!locket.stacks.waiting_for_database.empty()) {
            if (one != nullptr) return nullptr;
            one = &locket;
        } else if (locket.by_itself != HangLook::Locket::ByItself::answers) {
            return nullptr;
        }
    }
    return one;
}

HangLook hang_look_of(const Snapshot& snapshot) {
    const Facts facts(snapshot);
    HangLook look{.began = snapshot.started, .ended = snapshot.ended};
    for (const AskedPod* const asked : facts.diego()) {
        const bool runs_locket = asked->pod.role == Role::locket ||
                                 (asked->inside != nullptr && asked->inside->runs_locket.value_or(false));
        if (!runs_locket) continue;
        HangLook::Locket locket{.pod = asked->pod.name};
        if (asked->inside != nullptr) {
            locket.stacks = asked->inside->locket_stacks;
            locket.database = answer_of(facts, *asked, "locket");
            if (asked->pod.role == Role::locket) locket.by_itself = by_itself(*asked);
        }
        look.lockets.push_back(std::move(locket));
    }
    for (const AskedPod& asked : facts.bbs) {
        look.bbs.push_back(bbs_of(facts, asked, look.lockets));
        if (asked.inside == nullptr) continue;
        if (asked.locks() == Locks::owner) look.lock_owner = asked.inside->lock_owner;
    }
    if (!snapshot.auctioneers.is_known()) return look;
    for (const Auctioneer& one : snapshot.auctioneers.value())
        look.auctioneers.push_back({one.pod.name, one.stacks, one.clock, one.asked_for_lock});
    return look;
}

Hang proved_hang(const std::vector<HangLook>& earlier, const HangLook& latest, HangProof prove) {
    for (const HangLook& first : earlier) {
        Hang hang = prove(first, latest);
        if (hang.is_proved) return hang;
    }
    return {};
}

std::optional<TimePoint> provable_at(const std::vector<HangLook>& earlier, const HangLook& latest,
                                     HangProof prove) {
    std::optional<TimePoint> soonest;
    for (const HangLook& first : earlier) {
        const TimePoint due = time_of_proof(first, latest);
        const auto later = due - latest.began;
        HangLook then = latest;
        then.began += later;
        then.ended += later;
        for (HangLook::Bbs& bbs : then.bbs) {
            if (bbs.clock) *bbs.clock += later;
        }
        for (HangLook::Auctioneer& one : then.auctioneers) {
            if (one.clock) *one.clock += later;
        }
        if (prove(first, then).is_proved && (!soonest || due < *soonest)) soonest = due;
    }
    return soonest;
}

}  // namespace cfee
