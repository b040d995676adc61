// What the log of a BBS or a Locket says of the lock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/facts/pod.hpp"

namespace cfee {

/// Who lives for so long did not die at its start.
inline constexpr std::chrono::seconds survival{60};

/// Starts in a row that ended soon in the same failure, as far as the log goes back.
struct CrashLoop {
    int deaths = 0;
    std::string failure;  ///< what the process said when it died
    std::optional<TimePoint> since;
    std::optional<TimePoint> last;
    std::optional<TimePoint> restarted;  ///< since then it is alive, as far as the log knows
};

/// A line of a log, for a person: its message, and its error where it has one.
struct LogWord {
    std::string text;
    std::optional<TimePoint> time;
};

/// What a BBS's log says, or a Locket's, as far as the lines go that tell.
struct LockLog {
    bool is_known = false;
    /// The last lock event since the BBS last started: it acquired the lock and has not lost it.
    bool says_active = false;
    bool is_migrating = false;  ///< a migration began and has not finished
    bool has_ended = false;     ///< the last lock event is its process's end
    /// Its last lines lie in the future by the pod's clock: nobody knows their times, and none is told here.
    bool is_ahead = false;
    /// The last try for the lock since then ended with a closed connection: also what a certificate looks
    /// like that Locket does not accept, where only standard error would name it.
    bool was_hung_up_on = false;
    /// What the BBS's lock client said last, since the BBS last started.
    enum class ClientWord {
        nothing,
        asks,      ///< it has begun to ask for the lock, at `asked_since`
        is_taken,  ///< it was told that another holds the lock
        other,     ///< it has the lock, has lost it, or was answered in another way
    };
    ClientWord client_word = ClientWord::nothing;
    [[nodiscard]] bool found_it_held() const { return client_word == ClientWord::is_taken; }

    // By the pod's clock:
    std::optional<TimePoint> last_event;    ///< last start, gain, loss or end
    std::optional<TimePoint> asked_since;   ///< when the BBS last began to ask for the lock
    std::optional<TimePoint> acquired_at;   ///< when it last got the lock, or gave it to a BBS (Locket's log)
    std::optional<TimePoint> collided_at;   ///< when Locket last answered that another holds it
    std::optional<TimePoint> last_written;  ///< its last line of whatever kind
    std::vector<TimePoint> losses;          ///< of the lock, those that have a time; the newest is the last

    std::string last_line;  ///< the last event's message
    /// The last line that tells of the lock, of a migration, or of the process's start and end.
    LogWord last_word;
    /// What the lock's client, or a process that does not start, last said of TLS since the last start.
    std::string certificate_error;
    /// An error with which Locket itself answered an attempt for the lock since the last start (a BBS's log),
    /// or that Locket wrote down when it refused the BBS's (Locket's log), with its time. Not that somebody
    /// else holds the lock, and not what a client says when no answer comes.
    std::string refusal;
    std::optional<TimePoint> refused_at;
    CrashLoop crashes;
    /// With what its process ended, since its last start; not that it lost its lock.
    std::string failure;
};

}  // namespace cfee
