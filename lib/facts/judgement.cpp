#include "lib/facts/judgement.hpp"

#include "lib/facts/exit_status.hpp"

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
    if (verdict == Verdict::fail) return exit_status::problem;
    return verdict == Verdict::ok || verdict == Verdict::warn ? exit_status::well : exit_status::inconclusive;
}

}  // namespace cfee
