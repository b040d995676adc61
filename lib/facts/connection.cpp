#include "lib/facts/connection.hpp"

namespace cfee {

std::string_view to_words(Reach reach) {
    switch (reach) {
        case Reach::connected:
            return "connected";
        case Reach::refused:
            return "refused";
        case Reach::timed_out:
            return "timed out";
        case Reach::name_unknown:
            return "name unknown";
        case Reach::lookup_failed:
            return "name look-up failed";
        case Reach::unreachable:
            return "unreachable";
        case Reach::failed:
            return "failed";
        case Reach::could_not_ask:
            break;
    }
    return "could not ask";
}

std::string Connection::words() const {
    const std::string word(to_words(reach));
    return reach == Reach::failed ? word + " (" + text + ")" : word;
}

}  // namespace cfee
