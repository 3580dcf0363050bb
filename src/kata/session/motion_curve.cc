// SPDX-License-Identifier: Apache-2.0
#include "kata/session/motion_curve.h"

#include <algorithm>
#include <cmath>

namespace kata {
namespace {

template <typename Points>
double moved(const Points& before, const Points& after, std::size_t first, std::size_t last,
             double aspect) {
  double sum = 0;
  for (std::size_t i = first; i <= last; ++i) {
    sum += std::hypot((after[i].x - before[i].x) * aspect, after[i].y - before[i].y);
  }
  return sum / static_cast<double>(last - first + 1);
}

/// How fast arms, hips and hands move between two pictures, in picture heights a second.
double motion_between(const Landmarks& before, const Landmarks& after) {
  const double gap_s = seconds(after.timestamp - before.timestamp);
  if (gap_s <= 0) return 0;
  const double aspect = after.image_height > 0
                            ? static_cast<double>(after.image_width) / after.image_height
                            : 4.0 / 3.0;
  double sum = 0;
  if (before.pose && after.pose)
    sum += moved(before.pose->points, after.pose->points, 11, 28, aspect);
  for (const Side side : {Side::kLeft, Side::kRight}) {
    if (before.hand(side) && after.hand(side)) {
      sum += moved(before.hand(side)->points, after.hand(side)->points, 0, kHandPoints - 1, aspect);
    }
  }
  return sum / gap_s;
}

}  // namespace

std::vector<float> motion_curve(std::span<const Landmarks> frames, std::size_t bins) {
  std::vector<float> curve(std::min(bins, frames.size()), 0.0F);
  if (frames.size() < 2) return curve;
  const double start_s = seconds(frames.front().timestamp);
  const double length_s = std::max(1e-6, seconds(frames.back().timestamp) - start_s);
  std::vector<int> counts(curve.size(), 0);
  for (std::size_t i = 1; i < frames.size(); ++i) {
    const double share = (seconds(frames[i].timestamp) - start_s) / length_s;
    const auto bin = std::min(curve.size() - 1,
                              static_cast<std::size_t>(share * static_cast<double>(curve.size())));
    curve[bin] += static_cast<float>(motion_between(frames[i - 1], frames[i]));
    ++counts[bin];
  }
  for (std::size_t bin = 0; bin < curve.size(); ++bin) {
    if (counts[bin] > 0) {
      curve[bin] /= static_cast<float>(counts[bin]);
    } else if (bin > 0) {
      curve[bin] = curve[bin - 1];
    }
  }
  return curve;
}

}  // namespace kata
