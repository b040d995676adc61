#include "lib/runbook/databases.hpp"

namespace cfee {

namespace {

using Kind = DatabaseAnswer::Kind;

/// A connection to it opens.
DatabaseState by_its_answer(const std::string& address, const DatabaseAnswer& answer) {
    switch (answer.kind) {
        case Kind::accepts:
            return {Verdict::ok, address + " accepts connections", true};
        case Kind::refuses:
            return {Verdict::fail, address + " accepts connections and refuses: " + answer.text};
        case Kind::silent:
        case Kind::hangs_up:
            return {Verdict::fail, address + " accepts connections and does not answer"};
        case Kind::no_connection:
            return {Verdict::fail, address + ", asked a second time: " + answer.text};
        case Kind::proxy:
            return {Verdict::unknown, address + " is a proxy that answers for itself: " + answer.text};
        case Kind::not_a_database:
        case Kind::unknown:
            break;
    }
    return {Verdict::unknown, address + ": " + answer.text};
}

}  // namespace

bool was_heard(const Database& database) {
    return database.answer && database.answer->kind != Kind::unknown;
}

DatabaseState state_of(const Facts& facts, const AskedPod& asked, const Database& database) {
    const Connection& connection = database.connection;
    const std::string address = database.address.text();
    if (!connection.was_asked()) return {Verdict::unknown, address + ": " + connection.text};
    if (!connection.is_open()) return {Verdict::fail, address + ": " + connection.words()};
    if (was_heard(database)) return by_its_answer(address, *database.answer);
    if (database.job == "locket" && facts.snapshot.lock_was_answered())
        return {Verdict::ok, address + " accepts connections", true};
    if (asked.pod.is_in_mesh)
        return {Verdict::unknown,
                address + ": a proxy in the pod opens every connection, which proves nothing"};
    return {Verdict::ok, address + " accepts connections"};
}

}  // namespace cfee
