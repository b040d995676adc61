#include "lib/runbook/hang.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace cfee {

namespace {

using Sentences = std::vector<std::string>;
using Database = HangLook::Database;
using State = Stacks::State;

void append(Sentences& sentences, Sentences more) {
    std::move(more.begin(), more.end(), std::back_inserter(sentences));
}

template <class Item>
const Item* find_pod(const std::vector<Item>& items, std::string_view pod) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.pod == pod; });
    return found == items.end() ? nullptr : &*found;
}

/// Why there are no stacks to judge by; empty where there are.
std::string without_stacks(const std::string& whose, const Stacks& stacks) {
    switch (stacks.state) {
        case State::known:
            return "";
        case State::closed:
            return "the debug server of " + whose + " is closed";
        case State::absent:
            return whose + " is not in that pod";
        case State::unknown:
            break;
    }
    return "the stacks of " + whose + " are not known: " + stacks.trouble.text;
}

bool is_same_process(const Stacks& first, const Stacks& second) {
    return !first.processes.empty() && first.processes == second.processes;
}

Sentences against_age(const HangLook::Bbs& bbs) {
    if (!bbs.clock || !bbs.asked_for_lock)
        return {"it is not known since when " + bbs.pod + "'s BBS has waited for the lock"};
    if (*bbs.clock - *bbs.asked_for_lock >= oldest_request_that_heals) return {};
    return {bbs.pod + "'s BBS asked for the lock less than 60 s ago: it may still get an answer"};
}

/// (A), and of (D) and (E) what concerns this BBS.
Sentences against_waiting(const HangLook& first, const HangLook::Bbs& now) {
    const std::string whose = now.pod + "'s BBS";
    const HangLook::Bbs* const before = find_pod(first.bbs, now.pod);
    if (before == nullptr) return {now.pod + " was not there at the first look"};
    for (const HangLook::Bbs* const look : {before, &now}) {
        if (!look->stacks.is_known()) return {without_stacks(whose, look->stacks)};
    }
    Sentences against = against_databases(whose, before->database, now.database);
    const bool may_stand_by = before->is_passive && now.is_passive;
    if (may_stand_by && now.stacks.waiting_for_locket.empty()) return against;
    if (before->stacks.waiting_for_locket.empty() || now.stacks.waiting_for_locket.empty()) {
        against.push_back(whose + " does not wait for Locket's answer");
    } else if (before->stacks.waiting_for_locket != now.stacks.waiting_for_locket ||
               (before->stacks.processes != now.stacks.processes)) {
        against.push_back(whose + " has been started since the first look");
    }
    if (!now.is_passive) append(against, against_age(now));
    return against;
}

/// The Lockets that must hang, if the BBS's waiting is to mean a hang.
std::vector<const HangLook::Locket*> asked_lockets(const HangLook& look) {
    std::vector<const HangLook::Locket*> asked;
    for (const HangLook::Locket& locket : look.lockets) {
        const bool is_asked = std::any_of(look.bbs.begin(), look.bbs.end(), [&](const HangLook::Bbs& bbs) {
            const bool is_known = find_pod(look.lockets, bbs.locket) != nullptr;
            return !bbs.stacks.waiting_for_locket.empty() && (!is_known || bbs.locket == locket.pod);
        });
        if (is_asked) asked.push_back(&locket);
    }
    return asked;
}

Sentences against_owner(const HangLook& look) {
    const auto stands_by = [](const HangLook::Bbs& bbs) {
        return bbs.is_passive && bbs.stacks.waiting_for_locket.empty();
    };
    if (std::none_of(look.bbs.begin(), look.bbs.end(), stands_by)) return {};
    const HangLook::Bbs* const owner = find_pod(look.bbs, look.lock_owner);
    if (owner != nullptr && !owner->stacks.waiting_for_locket.empty()) return {};
    return {"a BBS was told that another holds the lock, and that is none of the BBS that wait for Locket"};
}

}  // namespace

std::vector<std::string> against_databases(const std::string& whose, Database first, Database second) {
    if (first == Database::answers && second == Database::answers) return {};
    const bool fails = first == Database::fails || second == Database::fails;
    return {"the database of " + whose +
            (fails ? " does not answer as a database does" : " has not been proved to answer")};
}

std::vector<std::string> against_hang(const HangLook::Locket& first, const HangLook::Locket& second) {
    const std::string whose = second.pod + "'s Locket";
    for (const HangLook::Locket* const look : {&first, &second}) {
        if (!look->stacks.is_known()) return {without_stacks(whose, look->stacks)};
        if (look->stacks.waiting_for_database.empty())
            return {"in " + whose + " no request for the lock waits where a hang waits"};
        if (look->stacks.outside > 0)
            return {"in " + whose +
                    " a request for the lock is under way: those that wait may be left from an earlier hang"};
    }
    const bool has_log = first.started && second.started;
    const bool shows_processes = !first.stacks.processes.empty() && !second.stacks.processes.empty();
    if (!shows_processes && !has_log)
        return {"it is not known whether " + whose + " has been started between the looks"};
    if (shows_processes ? !is_same_process(first.stacks, second.stacks) : first.started != second.started)
        return {whose + " has been started between the looks"};
    // All of them: one that was answered is a Locket that answers. And among the first look's is the BBS's
    // own.
    const auto& before = first.stacks.waiting_for_database;
    const auto& now = second.stacks.waiting_for_database;
    if (!std::includes(now.begin(), now.end(), before.begin(), before.end()))
        return {"in " + whose + " a request for the lock has ended between the looks"};
    return {};
}

Hang prove_hang(const HangLook& first, const HangLook& second) {
    Hang hang;
    Sentences against;
    if (second.began - first.ended < proof_time)
        against.emplace_back("the two looks are less than 15 s apart");
    if (second.bbs.empty() || first.bbs.size() != second.bbs.size())
        against.emplace_back("the BBS pods are not the same at both looks");
    for (const HangLook::Bbs& bbs : second.bbs) {
        append(against, against_waiting(first, bbs));
        if (!bbs.stacks.waiting_for_locket.empty()) hang.bbs.push_back(bbs.pod);
    }
    if (std::all_of(second.bbs.begin(), second.bbs.end(), std::mem_fn(&HangLook::Bbs::is_passive)))
        against.emplace_back("it is not known since when any BBS has waited for the lock");
    append(against, against_owner(second));
    const std::vector<const HangLook::Locket*> asked = asked_lockets(second);
    if (asked.empty()) against.emplace_back("it is not known which Locket is asked");
    for (const HangLook::Locket* const locket : asked) {
        hang.lockets.push_back(locket->pod);
        const HangLook::Locket* const before = find_pod(first.lockets, locket->pod);
        if (before == nullptr) {
            against.push_back(locket->pod + " was not there at the first look");
            continue;
        }
        append(against, against_hang(*before, *locket));
        append(against, against_databases(locket->pod + "'s Locket", before->database, locket->database));
    }
    if (!against.empty()) return {.sentences = std::move(against)};
    hang.is_proved = true;
    for (const std::string& pod : hang.bbs)
        hang.sentences.push_back(pod + "'s BBS waits for Locket's answer to its request for the lock");
    for (const HangLook::Locket* const locket : asked) {
        const std::size_t waiting = find_pod(first.lockets, locket->pod)->stacks.waiting_for_database.size();
        hang.sentences.push_back("in " + locket->pod + "'s Locket " + std::to_string(waiting) +
                                 (waiting == 1 ? " request has" : " requests have") +
                                 " waited for the database for at least 15 s, and none is answered");
    }
    return hang;
}

}  // namespace cfee
