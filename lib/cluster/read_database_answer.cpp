#include "lib/cluster/read_database_answer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "lib/cluster/read_probe.hpp"
#include "lib/cluster/sentinel.hpp"
#include "lib/facts/probe.hpp"

namespace cfee {

namespace {

using Kind = DatabaseAnswer::Kind;

/// By lines: bytes that are not printable stand there as \ooo. Nothing where a line was cut.
std::optional<std::string> bytes_of(std::string_view line) {
    std::string bytes;
    while (!line.empty()) {
        if (line.front() != '\\') {
            bytes += line.front();
            line.remove_prefix(1);
            continue;
        }
        const auto is_octal = [](char digit) { return digit >= '0' && digit <= '7'; };
        const std::string_view digits = line.substr(1, 3);
        if (digits.size() != 3 || !std::all_of(digits.begin(), digits.end(), is_octal)) return std::nullopt;
        bytes += static_cast<char>((digits[0] - '0') * 64 + (digits[1] - '0') * 8 + (digits[2] - '0'));
        line.remove_prefix(4);
    }
    return bytes;
}

std::optional<std::vector<std::string>> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        auto piece = bytes_of(line);
        if (!piece) return std::nullopt;
        pieces.push_back(std::move(*piece));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return pieces;
}

unsigned byte(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

DatabaseAnswer not_a_database(std::string_view name) {
    return {Kind::not_a_database, "what answers there is no " + std::string(name)};
}

// ---- PostgreSQL: type, length, and of an error fields of a letter, a text and a zero

// What a server says to a stranger once it has looked after its own state: it works.
constexpr std::array<std::string_view, 3> postgres_turns_away{"28000", "28P01", "3D000"};
// Of poolers, for all that concerns their own clients: says nothing of the database.
constexpr std::string_view protocol_violation = "08P01";

std::string field(std::string_view fields, char letter) {
    while (!fields.empty() && fields.front() != '\0') {
        const std::string_view one = fields.substr(0, fields.find('\0'));
        if (one.front() == letter) return std::string(one.substr(1));
        fields.remove_prefix(std::min(one.size() + 1, fields.size()));
    }
    return "";
}

DatabaseAnswer judge_postgres(const std::vector<std::string>& pieces) {
    if (pieces.empty()) return {Kind::silent, ""};
    const std::string& head = pieces[0];
    // Both messages are short: the upper half of the length is 0.
    const bool is_message = head.size() == 5 && byte(head, 1) == 0 && byte(head, 2) == 0;
    if (!is_message || (head[0] != 'R' && head[0] != 'E')) return not_a_database("PostgreSQL");
    if (pieces.size() < 2) return {Kind::silent, ""};
    if (head[0] == 'R') return {Kind::accepts, ""};
    const std::string code = field(pieces[1], 'C');
    if (code.size() != 5) return not_a_database("PostgreSQL");
    const auto* const turned_away = std::find(postgres_turns_away.begin(), postgres_turns_away.end(), code);
    if (turned_away != postgres_turns_away.end()) return {Kind::accepts, ""};
    return {code == protocol_violation ? Kind::proxy : Kind::refuses,
            last_line(code + " " + field(pieces[1], 'M'))};
}

// ---- MySQL: a length of three bytes and a number; then, in a packet of its own, what is said

// Access denied, by any reason that concerns the stranger: 1045, 1698; his method: 1251; that he came without
// TLS: 3159; his database: 1044, 1049.
constexpr std::array mysql_turns_away{1044, 1045, 1049, 1251, 1698, 3159};

// An error: its code, and behind a state of five letters, where it is greeted already, the words.
DatabaseAnswer judge_mysql_error(const std::string& body, bool is_greeted) {
    const int code = static_cast<int>(byte(body, 1) + 256 * byte(body, 2));
    const auto* const turned_away = std::find(mysql_turns_away.begin(), mysql_turns_away.end(), code);
    if (is_greeted && turned_away != mysql_turns_away.end()) return {Kind::accepts, ""};
    const std::size_t words = byte(body, 3) == '#' ? 9 : 3;
    const std::string said = body.size() > words ? body.substr(words) : std::string{};
    return {Kind::refuses, last_line(std::to_string(code) + " " + said)};
}

DatabaseAnswer judge_mysql(const std::vector<std::string>& pieces) {
    bool is_greeted = false;
    for (std::size_t i = 0; i < pieces.size(); i += 2) {
        const std::string& head = pieces[i];
        // Some number an error that comes in place of the greeting by 1.
        const bool is_numbered = byte(head, 3) == i || (!is_greeted && byte(head, 3) == 1);
        if (head.size() != 4 || byte(head, 2) != 0 || !is_numbered) return not_a_database("MySQL");
        if (i + 1 == pieces.size()) break;
        const std::string& body = pieces[i + 1];
        switch (byte(body, 0)) {
            case 0xff:
                return judge_mysql_error(body, is_greeted);
            case 10:
                if (is_greeted) return not_a_database("MySQL");
                is_greeted = true;
                break;
            case 0:  // It lets strangers in.
                return is_greeted ? DatabaseAnswer{Kind::accepts, ""} : not_a_database("MySQL");
            case 0xfe:
                if (is_greeted) break;
                return not_a_database("MySQL");
            default:
                return not_a_database("MySQL");
        }
    }
    return {Kind::silent, ""};
}

DatabaseAnswer without_connection(std::string_view text) {
    const Connection connection = read_connection("1 bash", text);
    if (!connection.was_asked()) return {Kind::unknown, connection.text};
    return {Kind::no_connection, connection.words()};
}

}  // namespace

DatabaseAnswer read_database_answer(std::string_view status, std::string_view text) {
    const std::size_t space = status.find(' ');
    const std::string_view ending = status.substr(0, space);
    const std::string_view language = space == std::string_view::npos ? "" : status.substr(space + 1);
    const bool is_postgres = language == "postgres";
    if (!is_postgres && language != "mysql") return {Kind::unknown, "the answer is garbled"};
    if (ending == "126" || ending == "127") return {Kind::unknown, "the container has no bash"};
    const bool was_ended = ending == "137" || ending == "124";
    constexpr std::string_view open = "open";
    if (text.substr(0, text.find('\n')) != open) {
        if (was_ended) return {Kind::no_connection, "no answer within the limit"};
        return ending == "7" ? without_connection(text)
                             : DatabaseAnswer{Kind::unknown, "the answer is garbled"};
    }
    text.remove_prefix(std::min(open.size() + 1, text.size()));
    const auto pieces = pieces_of(text);
    if (!pieces) return {Kind::unknown, "the answer is garbled"};
    DatabaseAnswer answer = is_postgres ? judge_postgres(*pieces) : judge_mysql(*pieces);
    if (answer.kind != Kind::silent) return answer;
    if (was_ended) return {Kind::silent, "it accepts the connection and says nothing"};
    // Killed by the signal of a pipe that is closed, it had been hung up on as well.
    if (ending == "1" || ending == "141")
        return {Kind::hangs_up, "it accepts the connection and closes it without an answer"};
    return {Kind::unknown, "the answer is garbled"};
}

}  // namespace cfee
