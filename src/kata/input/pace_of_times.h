// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace kata {

/// Pictures a second as their times say, by the median step: pauses do not count. 0 = unknown.
double pace_of_times(std::vector<double> times_s);

/// The rate to believe, 0 = unknown, of what a container claims and what the times of the first
/// pictures say (each 0 = unknown). Browsers claim 1000, others the clock of their time stamps.
double believed_rate_hz(double claimed_hz, double pace_hz);

}  // namespace kata
