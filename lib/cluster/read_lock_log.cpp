#include "lib/cluster/read_lock_log.hpp"

#include <algorithm>
#include <array>

#include "lib/cluster/crash_counter.hpp"
#include "lib/cluster/rpc_error.hpp"
#include "lib/cluster/sentinel.hpp"
#include "lib/text/lines.hpp"
#include "lib/text/timestamp.hpp"

namespace cfee {

namespace {

/// What a line means for who holds the lock.
enum class Event { started, acquired, lost, ended, failed, waiting };
struct Message {
    std::string_view text;
    Event event;
};
constexpr std::array messages{
    Message{"locket.started", Event::started},
    Message{"bbs.starting", Event::started},
    Message{"bbs.locket-lock.started", Event::waiting},
    Message{"bbs.locket-lock.acquired-lock", Event::acquired},
    Message{"bbs.locket-lock.lost-lock", Event::lost},
    Message{"bbs.exited", Event::ended},
    Message{"bbs.exited-with-failure", Event::failed},
    Message{"locket.exited", Event::ended},
    Message{"locket.exited-with-failure", Event::failed},
};

// After any of these no migration is running.
constexpr std::array<std::string_view, 6> migration_ends{
    "bbs.starting",
    "bbs.started",
    "bbs.exited",
    "bbs.exited-with-failure",
    "bbs.migration-manager.finished-migrations",
    "bbs.migration-manager.exited",
};

// In whatever words: TLS says it.
constexpr std::array<std::string_view, 3> words_of_tls{"x509:", "tls: ", "handshake failed"};

// The text of a string member; log lines may have been cut off, so this is no matter for a JSON parser.
std::string_view member(std::string_view line, std::string_view key) {
    const std::string start = "\"" + std::string(key) + "\":\"";
    const std::size_t at = line.find(start);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = line.substr(at + start.size());
    return rest.substr(0, rest.find('"'));
}

// A string member's text up to its closing quote: inside it quotes are escaped.
std::string whole_member(std::string_view line, std::string_view key) {
    const std::string start = "\"" + std::string(key) + "\":\"";
    const std::size_t at = line.find(start);
    if (at == std::string_view::npos) return "";
    std::string text;
    for (std::size_t i = at + start.size(); i < line.size() && line[i] != '"'; ++i) {
        const bool is_escaped = line[i] == '\\' && i + 1 < line.size();
        if (is_escaped) ++i;
        text.push_back(is_escaped && line[i] == 'n' ? '\n' : line[i]);
    }
    return text;
}

// Go's own log: "2026/11/22 10:38:11 ...".
std::optional<TimePoint> time_of_plain(std::string_view line) {
    constexpr std::size_t size = 19;
    if (line.size() < size || line[4] != '/' || line[7] != '/' || line[10] != ' ') return std::nullopt;
    std::string text(line.substr(0, size));
    text[4] = text[7] = '-';
    text[10] = 'T';
    return parse_timestamp(text + "Z");
}

std::optional<TimePoint> time_of(std::string_view line) {
    if (const auto time = time_of_plain(line)) return time;
    const std::string_view text = member(line, "timestamp");
    if (const auto time = parse_timestamp(text)) return time;
    return parse_epoch(text);
}

template <std::size_t Size>
bool has_any(std::string_view line, const std::array<std::string_view, Size>& words) {
    return std::any_of(words.begin(), words.end(),
                       [line](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

bool is_fatal(std::string_view line) {
    return line.find("\"log_level\":3") != std::string_view::npos ||
           line.find("\"level\":\"fatal\"") != std::string_view::npos;
}

// Of the BBS's own client of Locket: the lines named after it, and of Go's own log all but the server's. What a
// server says of whoever calls it says nothing of our certificates, and Locket is a server only.
bool is_of_the_locks_client(Job job, std::string_view message, std::string_view line) {
    if (job != Job::bbs) return false;
    if (!message.empty()) return message.find("locket") != std::string_view::npos;
    return line.find("http: ") == std::string_view::npos;
}

// Or the process does not even start with what its certificate is.
bool speaks_of_certificates(Job job, std::string_view message, std::string_view line) {
    if (is_fatal(line) && message.find("tls") != std::string_view::npos) return true;
    return is_of_the_locks_client(job, message, line) && has_any(line, words_of_tls);
}

// Lager's message and error for a person, or the line as it is.
std::string told_by(std::string_view message, std::string_view line) {
    if (message.empty()) return first_line(line);
    std::string error = line_of_exit(whole_member(line, "error"));
    if (const auto rpc = rpc_error_in(error)) error = rpc->text;
    return first_line(error.empty() ? std::string(message) : std::string(message) + ": " + error);
}

bool tells_of_the_lock(std::string_view message) {
    return message.starts_with("bbs.locket-lock.") || message.starts_with("bbs.migration-manager.") ||
           message == "bbs.started";
}

LockLog::ClientWord client_word_in(std::string_view message, std::string_view line) {
    if (message == "bbs.locket-lock.started") return LockLog::ClientWord::asks;
    const auto error = rpc_error_in(whole_member(line, "error"));
    const bool is_taken = error && error->side == RpcSide::server && error->is_about_the_lock();
    return is_taken ? LockLog::ClientWord::is_taken : LockLog::ClientWord::other;
}

/// Told of a log's lines, in their order.
class Reader {
public:
    explicit Reader(Job job) : job_(job) {}
    void read(std::string_view line);
    LockLog finish();

private:
    void note_certificate(std::string_view message, std::string_view line);
    void note_attempt(std::string_view line);
    void note_refusal(const RpcError& error, std::string_view line);
    void note_death(std::string_view message, std::string_view line);
    void note_event(const Message& known, std::string_view line);

    Job job_;
    LockLog log_{.is_known = true};
    CrashCounter crashes_;
    /// The last start, or the last time that Locket answered: what TLS said before explains nothing any more.
    std::optional<TimePoint> accepted_;
    std::optional<TimePoint> certificate_time_;
};

void Reader::read(std::string_view line) {
    const std::string_view message = member(line, "message");
    note_certificate(message, line);
    if (const auto time = time_of(line)) log_.last_written = std::max(log_.last_written, time);
    if (message == "bbs.locket-lock.failed-to-acquire-lock") note_attempt(line);
    if (message.starts_with("bbs.locket-lock.")) log_.client_word = client_word_in(message, line);
    const bool is_lockets_own =
        message == "locket.lock.failed-locking-lock" || message == "locket.lock.failed-updating-lock";
    if (is_lockets_own && member(line, "key") == "bbs")
        note_refusal(bare_error(whole_member(line, "error")), line);
    if (message == "locket.lock.lock.acquired-lock" && member(line, "key") == "bbs") {
        log_.acquired_at = time_of(line);
        log_.refusal.clear();
    }
    const bool is_start = message == "bbs.starting" || message == "locket.started";
    if (!message.empty() && !is_start) crashes_.wrote(time_of(line));
    if (message == "bbs.started") crashes_.came_up(time_of(line));
    if (message == "bbs.migration-manager.running-migration") log_.is_migrating = true;
    if (std::ranges::find(migration_ends, message) != migration_ends.end()) log_.is_migrating = false;
    const auto known = std::ranges::find(messages, message, &Message::text);
    if (is_fatal(line) || (known != messages.end() && known->event == Event::failed))
        note_death(message, line);
    if (known != messages.end()) note_event(*known, line);
    if (known != messages.end() || is_fatal(line) || tells_of_the_lock(message))
        log_.last_word = {.text = told_by(message, line), .time = time_of(line)};
}

void Reader::note_certificate(std::string_view message, std::string_view line) {
    if (!speaks_of_certificates(job_, message, line)) return;
    log_.certificate_error = told_by(message, line);
    certificate_time_ = time_of(line);
}

void Reader::note_attempt(std::string_view line) {
    log_.was_hung_up_on = line.find("transport is closing") != std::string_view::npos;
    const auto error = rpc_error_in(whole_member(line, "error"));
    if (!error || error->side == RpcSide::client) return;
    accepted_ = time_of(line);
    if (error->is_about_the_lock()) {
        log_.collided_at = accepted_;
        log_.refusal.clear();
    }
    note_refusal(*error, line);
}

// What a client says when no answer came says nothing of Locket; and a lock that somebody holds is no
// failure.
void Reader::note_refusal(const RpcError& error, std::string_view line) {
    if (error.side == RpcSide::client || error.is_about_the_lock()) return;
    log_.refusal = error.text;
    log_.refused_at = time_of(line);
}

// Of two words about the same death the first one says more.
void Reader::note_death(std::string_view message, std::string_view line) {
    const std::string failure = failure_in(message, whole_member(line, "error"));
    crashes_.died(time_of(line), failure, is_fatal(line));
    if (log_.failure.empty()) log_.failure = failure;
}

void Reader::note_event(const Message& known, std::string_view line) {
    const auto is = [&known](Event event) { return known.event == event; };
    log_.last_line = known.text;
    log_.last_event = time_of(line);
    log_.says_active = is(Event::acquired);
    log_.has_ended = is(Event::ended) || is(Event::failed);
    if (is(Event::started) || log_.has_ended) log_.client_word = LockLog::ClientWord::nothing;
    if (is(Event::waiting)) log_.asked_since = log_.last_event;
    if (is(Event::acquired)) log_.acquired_at = log_.last_event;
    if (is(Event::started) || is(Event::waiting) || is(Event::acquired)) log_.refusal.clear();
    if (is(Event::started) || is(Event::acquired)) accepted_ = log_.last_event;
    if (is(Event::lost) && log_.last_event) log_.losses.push_back(*log_.last_event);
    if (is(Event::ended)) crashes_.ended();
    if (!is(Event::started)) return;
    crashes_.started(log_.last_event);
    log_.was_hung_up_on = false;
    log_.certificate_error.clear();
    log_.failure.clear();
}

LockLog Reader::finish() {
    log_.crashes = crashes_.loop();
    // Standard error is another file, so that the order of lines does not tell what came first; the time
    // must.
    if (accepted_ && (!certificate_time_ || *certificate_time_ < *accepted_)) log_.certificate_error.clear();
    return std::move(log_);
}

}  // namespace

LockLog read_lock_log(Job job, std::string_view text) {
    Reader reader(job);
    while (!text.empty()) reader.read(take_line(text));
    return reader.finish();
}

}  // namespace cfee
