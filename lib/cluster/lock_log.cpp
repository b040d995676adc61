#include <algorithm>
#include <array>
#include <charconv>

#include "lib/cluster/inside.hpp"
#include "lib/cluster/sentinel.hpp"
#include "lib/cluster/timestamp.hpp"

namespace cfee {

namespace {

/// What a line means for who holds the lock.
enum class Event { started, acquired, lost, ended, waiting };
struct Message {
    std::string_view text;
    Event event;
};
constexpr std::array messages{
    Message{"bbs.starting", Event::started},
    Message{"bbs.locket-lock.started", Event::waiting},
    Message{"bbs.locket-lock.acquired-lock", Event::acquired},
    Message{"bbs.locket-lock.lost-lock", Event::lost},
    Message{"bbs.exited", Event::ended},
    Message{"bbs.exited-with-failure", Event::ended},
};

constexpr std::array<std::string_view, 6> certificate_words{
    "x509:", "bad certificate", "certificate has expired", "invalid-tls-config", "tls-configuration-failed", "failed to verify",
};

// The text of a string member; log lines may have been cut off, so this is no matter for a JSON parser.
std::string_view member(std::string_view line, std::string_view key) {
    const std::string start = "\"" + std::string(key) + "\":\"";
    const std::size_t at = line.find(start);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = line.substr(at + start.size());
    return rest.substr(0, rest.find('"'));
}

std::optional<TimePoint> time_of(std::string_view line) {
    const std::string_view text = member(line, "timestamp");
    if (const auto time = parse_timestamp(text)) return time;
    long long seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end == text.data()) return std::nullopt;
    return TimePoint{std::chrono::seconds{seconds}};
}

bool speaks_of_certificates(std::string_view line) {
    return std::any_of(certificate_words.begin(), certificate_words.end(), [line](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

}  // namespace

LockLog read_lock_log(std::string_view text) {
    LockLog log{.is_known = true};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (speaks_of_certificates(line)) log.certificate_error = first_line(line);
        const std::string_view message = member(line, "message");
        if (message == "bbs.migration-manager.running-migration") log.is_migrating = true;
        if (message == "bbs.migration-manager.finished-migrations" || message == "bbs.started") log.is_migrating = false;
        const auto known = std::find_if(messages.begin(), messages.end(), [message](const Message& candidate) { return candidate.text == message; });
        if (known == messages.end()) continue;
        log.last_line = message;
        log.last_event = time_of(line);
        log.says_active = known->event == Event::acquired;
        if (known->event == Event::started) {
            log.is_migrating = false;
            log.certificate_error.clear();
        }
        if (known->event == Event::ended) log.is_migrating = false;
    }
    return log;
}

}  // namespace cfee
