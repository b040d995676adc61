#include "lib/facts/deletion.hpp"

namespace cfee {

std::string_view to_words(DeletionResult::Kind kind) {
    using Kind = DeletionResult::Kind;
    switch (kind) {
        case Kind::accepted:
            return "deleted";
        case Kind::already_deleting:
            return "already being deleted";
        case Kind::gone:
            return "already gone";
        case Kind::replaced:
            return "already replaced";
        case Kind::forbidden:
            return "forbidden";
        case Kind::denied:
            return "refused";
        case Kind::interactive:
        case Kind::unknown:
            break;
    }
    return "unknown";
}

}  // namespace cfee
