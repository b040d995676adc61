#include "lib/facts/plan.hpp"

namespace cfee {

std::vector<Deletion> Plan::deletions() const {
    std::vector<Deletion> all;
    for (const PlanStage& stage : stages)
        all.insert(all.end(), stage.deletions.begin(), stage.deletions.end());
    return all;
}

}  // namespace cfee
