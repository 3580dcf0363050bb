// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/body_frame.h"

#include <algorithm>
#include <cmath>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr float kLeastSize = 1e-4F;  // a body unit below a pixel: nothing can be measured with it

float median(std::vector<float> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::optional<BodyFrame> body_frame(const PointTrack& track, std::size_t left, std::size_t right) {
  if (track.frames() == 0 || !track.is_seen(0, left) || !track.is_seen(0, right)) return std::nullopt;
  BodyFrame frame;
  std::vector<float> widths;
  for (std::size_t i = 0; i < track.frames(); ++i) {
    const auto a = track.at(i, left);
    const auto b = track.at(i, right);
    frame.origin.push_back({(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2});
    widths.push_back(std::hypot(a[0] - b[0], a[1] - b[1]));
  }
  frame.size = std::max(kLeastSize, median(std::move(widths)));
  return frame;
}

std::optional<BodyFrame> shoulder_frame(const PointTrack& track) {
  return body_frame(track, kLeftShoulder, kRightShoulder);
}

float median_distance(const PointTrack& track, std::size_t a, std::size_t b) {
  std::vector<float> distances;
  for (std::size_t i = 0; i < track.frames(); ++i) {
    if (!track.is_seen(i, a) || !track.is_seen(i, b)) continue;
    const auto p = track.at(i, a);
    const auto q = track.at(i, b);
    distances.push_back(std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  }
  return distances.empty() ? kLeastSize : std::max(kLeastSize, median(std::move(distances)));
}

}  // namespace kata
