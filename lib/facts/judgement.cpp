#include "lib/facts/judgement.hpp"

namespace cfee {

std::string_view to_words(Remedy remedy) {
    switch (remedy) {
        case Remedy::none:
            return "none";
        case Remedy::restart:
            return "restart";
        case Remedy::wait:
            return "wait";
        case Remedy::fix_first:
            break;
    }
    return "fix-first";
}

int Judgement::exit_status() const {
    if (verdict == Verdict::fail) return 1;
    return verdict == Verdict::ok || verdict == Verdict::warn ? 0 : 3;
}

}  // namespace cfee
