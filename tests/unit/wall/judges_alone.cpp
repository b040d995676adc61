// Judges a look at nothing. That this program links is the test: see CMakeLists.txt.
#include "lib/runbook/diagnosis.hpp"

int main() {
    constexpr int inconclusive = 3;
    return cfee::judge({}).exit_status() == inconclusive ? 0 : 1;
}
