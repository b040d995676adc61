// How the program ends, as a number. Scripts rely on these; lib/runbook/outcome.hpp says what each means.
#pragma once

namespace cfee::exit_status {

inline constexpr int well = 0;
inline constexpr int problem = 1;
inline constexpr int wrong_usage = 2;
inline constexpr int inconclusive = 3;
inline constexpr int not_done = 4;
inline constexpr int unverified = 5;
inline constexpr int out_of_time = 6;
inline constexpr int interrupted = 128;  ///< and the signal's number more

}  // namespace cfee::exit_status
