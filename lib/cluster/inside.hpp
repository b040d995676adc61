// What a BBS or Locket pod says about itself when it is asked from inside.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/cluster/answer.hpp"
#include "lib/cluster/crash_loop.hpp"
#include "lib/cluster/pod.hpp"
#include "lib/cluster/probe.hpp"
#include "lib/cluster/stacks.hpp"

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
    owner,           ///< Locks of `lock_owner`
    nobody,          ///< it answered, and the lock is not in the list
    hangs,           ///< Locket accepts connections and does not answer
    no_locket,       ///< no connection to Locket
    database_error,  ///< Locket answers with an error: its database fails, or refuses
    error,           ///< another error, which says nothing of Locket
    absent,          ///< the image has no cfdot
    unasked,         ///< on purpose: it hung a moment ago, or nobody knows where to ask
    unknown,
};

/// A database that a job's configuration names.
struct Database {
    std::string job;  ///< bbs or locket
    Address address;
    Connection connection;
};

/// What a BBS's log says, as far as the last lines go.
struct LockLog {
    bool is_known = false;
    /// The last lock event since the BBS last started: it acquired the lock and has not lost it.
    bool says_active = false;
    bool is_migrating = false;            ///< a migration began and has not finished
    std::optional<TimePoint> last_event;  ///< last start, gain, loss or end; by the pod's clock
    std::string certificate_error;        ///< the last line about a certificate, since the last start
    /// The last try for the lock since then ended with a closed connection: also what a certificate looks
    /// like that Locket does not accept, where only standard error would name it.
    bool was_hung_up_on = false;
    /// An error with which Locket itself answered an attempt for the lock since the last start (a BBS's log),
    /// or that Locket wrote down when it refused the BBS's (Locket's log), with its time. Not that somebody
    /// else holds the lock, and not what a client says when no answer comes.
    std::string refusal;
    std::optional<TimePoint> refused_at;
    CrashLoop crashes;
    /// When the BBS last began to ask for the lock.
    std::optional<TimePoint> asked_since;
    std::string last_line;  ///< the last event's message
};
/// Both shapes of lager's JSON lines, epoch and RFC 3339; other lines may stand between.
[[nodiscard]] LockLog read_lock_log(std::string_view text);

struct Inside {
    std::string pod;
    std::optional<Trouble> trouble;  ///< the whole exec failed: nothing below is known
    bool is_complete = false;        ///< every part of the script left an answer
    std::optional<TimePoint> clock;
    Ping ping = Ping::unknown;
    std::string ping_text;
    Locks locks = Locks::unknown;
    std::string lock_owner;
    std::string locks_text;
    std::optional<TimePoint> locks_asked;   ///< by our own clock: an answer may be an earlier look's
    std::optional<bool> runs_locket;        ///< is Locket one of the pod's jobs? nothing: not known
    Address locket_address;                 ///< where the BBS asks Locket; unknown where nothing says it
    std::optional<Connection> locket;       ///< from here to that address; nothing where nobody asked
    std::optional<Connection> bbs_port;     ///< nothing where the pod has no such job
    std::optional<Connection> locket_port;  ///< likewise
    std::vector<Database> databases;
    std::vector<std::string> unreadable_databases;  ///< jobs whose connection string names no HOST:PORT
    LockLog bbs_log;
    LockLog locket_log;
    Stacks bbs_stacks;  ///< unknown where nobody asked: most looks, and recordings of older versions
    Stacks locket_stacks;
};

/// What one script of in_pod/ printed; nothing where its exec failed.
struct ScriptAnswer {
    std::string_view script;  ///< its name
    std::string_view output;
};
/// Reads what the scripts for BBS and Locket pods printed in one pod. Complete is what has left every part
/// that scripts of that version have; stacks count for nothing in that, since they only add.
[[nodiscard]] Inside read_inside(std::string_view pod, std::span<const ScriptAnswer> answers);

}  // namespace cfee
