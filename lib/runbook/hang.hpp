// The proof that Locket hangs, from the stacks of BBS and Locket at two looks. It stands in for a grace
// period.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/facts/pod.hpp"
#include "lib/facts/stacks.hpp"

namespace cfee {

/// Requests that wait at two looks this far apart have waited at least so long. The minutes that a dump
/// itself shows are no proof: Go stamps them when a garbage collection passes.
inline constexpr std::chrono::seconds proof_time{15};

/// A request for the lock younger than this may still be answered: editions whose connections are kept alive
/// heal themselves after some 40 s.
inline constexpr std::chrono::seconds oldest_request_that_heals{60};

/// What one look says for and against a hang.
struct HangLook {
    enum class Database {
        answers,  ///< in its own language
        fails,
        unknown,
    };
    struct Bbs {
        std::string pod;
        Stacks stacks;
        std::string locket;  ///< the pod whose Locket it asks; empty where that is not known
        Database database = Database::unknown;  ///< the BBS's
        std::optional<TimePoint> clock;         ///< the pod's
        std::optional<TimePoint>
            asked_for_lock;  ///< by its log; nothing where something of the lock came after it
        /// It was told that another holds the lock, since it started: then it need not wait for an answer, and
        /// since when it does, where it does, its log does not say.
        bool is_passive = false;
    };
    struct Locket {
        std::string pod;
        Stacks stacks;
        Database database = Database::unknown;  ///< Locket's
        std::optional<TimePoint> started;       ///< by its log
        /// What it did when it was asked at its own address.
        enum class ByItself { unknown, hangs, answers } by_itself = ByItself::unknown;
    };
    struct Auctioneer {
        std::string pod;
        Stacks stacks;
        std::optional<TimePoint> clock;
        std::optional<TimePoint> asked_for_lock;  ///< likewise
    };
    TimePoint began;  ///< both by the same clock at both looks
    TimePoint ended;
    std::vector<Bbs> bbs;
    std::vector<Locket> lockets;  ///< also those in the BBS's own pods
    std::vector<Auctioneer> auctioneers;
    std::string lock_owner;  ///< the pod that holds the lock, as far as known
};

struct Hang {
    bool is_proved = false;
    std::vector<std::string> bbs;      ///< pods whose BBS waits for Locket
    std::vector<std::string> lockets;  ///< pods whose Locket hangs
    /// A sentence each: what is proved, or, where it is not, each thing that is missing.
    std::vector<std::string> sentences;
};

/// All of: (A) every BBS waits for Locket's answer; (B) in the Locket that it asks, requests for the lock
/// wait in the database's driver, and no other is under way; (C) the same requests of the same processes at
/// two looks; (D) the databases answer at both; (E) the request of each BBS that began
/// to ask is old enough, and there is one. Where it is not known
/// whom a BBS asks, every Locket must hang.
[[nodiscard]] Hang prove_hang(const HangLook& first, const HangLook& second);
using HangProof = Hang (*)(const HangLook& first, const HangLook& second);

/// (D) of that database.
[[nodiscard]] std::vector<std::string> against_databases(const std::string& whose, HangLook::Database first,
                                                         HangLook::Database second);

/// (B) and (C) for one Locket: what speaks against it, a sentence each; nothing where it hangs.
[[nodiscard]] std::vector<std::string> against_hang(const HangLook::Locket& first,
                                                    const HangLook::Locket& second);

}  // namespace cfee
