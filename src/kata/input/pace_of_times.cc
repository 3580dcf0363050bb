// SPDX-License-Identifier: Apache-2.0
#include "kata/input/pace_of_times.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace kata {
namespace {

constexpr std::size_t kFewestSteps = 4;
constexpr double kSmallestStep_s = 1e-4;
constexpr double kMostUnproven_hz = 120;  // no usual camera is faster
constexpr double kMostDeviation = 1.2;    // a rate of a whole file and that of its beginning

}  // namespace

double pace_of_times(std::vector<double> times_s) {
  std::ranges::sort(times_s);
  std::vector<double> steps_s;
  for (std::size_t i = 1; i < times_s.size(); ++i) {
    const double step_s = times_s[i] - times_s[i - 1];
    if (step_s >= kSmallestStep_s) steps_s.push_back(step_s);
  }
  if (steps_s.size() < kFewestSteps) return 0;
  const auto middle = steps_s.begin() + static_cast<std::ptrdiff_t>(steps_s.size() / 2);
  std::ranges::nth_element(steps_s, middle);
  return 1 / *middle;
}

double believed_rate_hz(double claimed_hz, double pace_hz) {
  const bool is_claimed = std::isfinite(claimed_hz) && claimed_hz > 0;
  if (pace_hz <= 0) return is_claimed && claimed_hz <= kMostUnproven_hz ? claimed_hz : 0;
  const bool agrees = is_claimed && claimed_hz <= pace_hz * kMostDeviation &&
                      claimed_hz >= pace_hz / kMostDeviation;
  return agrees ? claimed_hz : pace_hz;
}

}  // namespace kata
