// What a BBS or Locket pod says about itself when it is asked from inside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/facts/answer.hpp"
#include "lib/facts/connection.hpp"
#include "lib/facts/database_answer.hpp"
#include "lib/facts/lock_log.hpp"
#include "lib/facts/pod.hpp"
#include "lib/facts/stacks.hpp"
#include "lib/facts/supervision.hpp"

namespace cfee {

/// `POST /v1/ping`, asked by the image's own readiness script (curl's exit statuses).
enum class Ping {
    serving,      ///< 200
    not_serving,  ///< nothing listens on 8889: normal for a passive BBS
    error,        ///< it answers with an error, such as 503: it holds the lock and does not work
    certificate,  ///< a certificate is not accepted
    absent,       ///< the image has no such script
    unknown,      ///< could not be asked, or the answer makes no sense
};

/// `cfdot locks`, put to the Locket that the BBS itself asks: whom does it name as the owner of the lock
/// "bbs"?
enum class Locks {
    owner,             ///< Locks of `lock_owner`
    nobody,            ///< it answered, and the lock is not in the list
    hangs,             ///< Locket accepts connections and does not answer
    no_locket,         ///< no connection to Locket
    database_error,    ///< Locket answers with an error: its database fails
    database_refuses,  ///< Locket answers with an error that its database has answered
    error,             ///< another error, or an answer that makes no sense: it says nothing of Locket
    absent,            ///< the image has no cfdot
    unasked,           ///< on purpose: it hung a moment ago, or nobody knows where to ask
    unknown,
};

/// A lock that Locket knows, and who holds it.
struct HeldLock {
    std::string key;
    std::string owner;
};

/// A database that a job's configuration names.
struct Database {
    std::string job;  ///< bbs or locket
    Address address;
    Connection connection;
    std::optional<DatabaseAnswer> answer;   ///< in its own language; nothing where nobody asked it
    std::optional<TimePoint> answer_asked;  ///< by our own clock: an answer may be an earlier look's
};

struct Inside {
    std::string pod;
    std::optional<Trouble> trouble;  ///< the whole exec failed: nothing below is known
    bool is_complete = false;        ///< every part of the script left an answer
    std::optional<TimePoint> clock;
    Ping ping = Ping::unknown;
    std::string ping_text;
    /// As it was told here; of a Locket in a pod of its own, what it said itself where it was asked at its own address.
    Locks locks = Locks::unknown;
    std::string lock_owner;
    /// All that Locket named; nothing where it is not known that these are all.
    std::optional<std::vector<HeldLock>> held_locks;
    std::string locks_text;
    std::optional<TimePoint> locks_asked;  ///< by our own clock: an answer may be an earlier look's
    std::optional<bool> runs_locket;       ///< is Locket one of the pod's jobs? nothing: not known
    Address locket_address;                ///< where the BBS asks Locket; unknown where nothing says it
    std::optional<Connection> locket;      ///< from here to that address; nothing where nobody asked
    std::optional<Connection> bbs_port;  ///< nothing: no such job here; not asked where the ping was answered
    std::optional<Connection> locket_port;  ///< nothing where the pod has no such job
    std::vector<Database> databases;
    std::vector<std::string> unreadable_databases;  ///< jobs whose connection string names no HOST:PORT
    LockLog bbs_log;
    LockLog locket_log;
    Stacks bbs_stacks;  ///< unknown where nobody asked: most looks, and recordings of older versions
    Stacks locket_stacks;
    Supervision supervision;  ///< unknown where nobody asked, which is most looks
    std::string locket_peer;  ///< with whom the BBS is connected at Locket's port; empty where nothing tells

    /// Whom Locket names as the owner of a lock: empty where it names nobody; nothing where that is not known.
    [[nodiscard]] std::optional<std::string> owner_of(std::string_view key) const;
};

}  // namespace cfee
