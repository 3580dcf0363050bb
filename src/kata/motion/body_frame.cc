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

/// Shoulder widths towards the camera at which the parts of a body at work are on average; the last
/// is for both hands.
constexpr std::array<float, kLeftHandStart + 1> make_model_depth() {
  constexpr float kHead = -0.3F;
  constexpr float kElbow = 0.1F;
  constexpr float kHand = -0.35F;
  std::array<float, kLeftHandStart + 1> depth{};
  for (std::size_t i = 0; i < kLeftShoulder; ++i) depth[i] = kHead;
  depth[kLeftElbow] = depth[kRightElbow] = kElbow;
  for (std::size_t i = kLeftWrist; i <= kRightThumb; ++i) depth[i] = kHand;
  depth[kLeftHandStart] = kHand;
  return depth;
}
constexpr auto kModelDepth = make_model_depth();

/// Depth within a hand counts from its wrist.
void make_depth_relative(PointTrack& track, std::size_t frame, std::size_t start) {
  const float wrist = track.at(frame, start)[2];
  for (std::size_t i = 0; i < kHandPoints; ++i) track.at(frame, start + i)[2] -= wrist;
}

constexpr std::array<std::size_t, 4> kCarriers = {kLeftElbow, kRightElbow, kLeftWrist, kRightWrist};

/// The elbow or wrist whose depth a point shares; none for the trunk and the head.
std::optional<std::size_t> carrier_of(std::size_t point) {
  if (point >= kRightHandStart) return kRightWrist;
  if (point >= kLeftHandStart) return kLeftWrist;
  if (point < kLeftElbow || point > kRightThumb) return std::nullopt;
  return point % 2 == kLeftElbow % 2 ? std::min(point, std::size_t{kLeftWrist})
                                     : std::min(point, std::size_t{kRightWrist});
}

/// Where a point is on average, below the shoulders' middle.
float mean_drop(const PointTrack& track, const BodyFrame& frame, std::size_t point) {
  float sum = 0;
  for (std::size_t i = 0; i < track.frames(); ++i)
    sum += track.at(i, point)[1] - frame.origin[i][1];
  return sum / static_cast<float>(track.frames());
}

}  // namespace

std::optional<BodyFrame> body_frame(const PointTrack& track, std::size_t left, std::size_t right) {
  if (track.frames() == 0 || !track.is_seen(0, left) || !track.is_seen(0, right))
    return std::nullopt;
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
  auto frame = body_frame(track, kLeftShoulder, kRightShoulder);
  if (!frame || !track.is_seen(0, kNose)) return frame;
  std::vector<float> necks;
  for (std::size_t i = 0; i < track.frames(); ++i) {
    const auto nose = track.at(i, kNose);
    necks.push_back(std::hypot(nose[0] - frame->origin[i][0], nose[1] - frame->origin[i][1]));
  }
  constexpr float kNeckPerWidth =
      0.6F;  // from the shoulders' middle to the nose, seen from the front
  frame->size = (frame->size + median(std::move(necks)) / kNeckPerWidth) / 2;
  return frame;
}

PointTrack turned_body(const PointTrack& track, Turn turn) {
  const auto frame = body_frame(track, kLeftShoulder, kRightShoulder);
  if (!frame) return track;
  const float c = static_cast<float>(std::cos(turn.yaw_rad));
  const float s = static_cast<float>(std::sin(turn.yaw_rad));
  float middle = 0;
  for (const auto& origin : frame->origin) {
    middle += origin[0] / static_cast<float>(frame->origin.size());
  }
  std::array<float, kRightWrist + 1> drop{};
  for (const std::size_t carrier : kCarriers) drop[carrier] = mean_drop(track, *frame, carrier);
  PointTrack result = track;
  for (std::size_t i = 0; i < track.frames(); ++i) {
    for (std::size_t point = 0; point < track.points; ++point) {
      const auto from = track.at(i, point);
      const bool is_hand = point >= kLeftHandStart;
      float depth =
          kModelDepth[std::min(point, kLeftHandStart)] * frame->size + (is_hand ? from[2] : 0.0F);
      if (const auto carrier = carrier_of(point)) {
        const float slope =
            static_cast<float>(turn.table_slope) * (*carrier < kLeftWrist ? 0.5F : 1.0F);
        depth -= slope * (track.at(i, *carrier)[1] - frame->origin[i][1] - drop[*carrier]);
      }
      const auto to = result.at(i, point);
      to[0] = (from[0] - middle) * c + depth * s + middle;
      if (is_hand) to[2] = depth * c - (from[0] - middle) * s;
    }
    make_depth_relative(result, i, kLeftHandStart);
    make_depth_relative(result, i, kRightHandStart);
  }
  return result;
}

PointTrack with_scaled_arms(const PointTrack& track, double scale) {
  const float more = static_cast<float>(scale - 1);
  PointTrack result = track;
  for (std::size_t i = 0; i < track.frames(); ++i) {
    for (std::size_t point = kLeftElbow; point < track.points; ++point) {
      const auto carrier = carrier_of(point);
      if (!carrier) continue;
      const bool is_left = carrier == kLeftElbow || carrier == kLeftWrist;
      const auto shoulder = track.at(i, is_left ? kLeftShoulder : kRightShoulder);
      const auto joint = track.at(i, *carrier);
      for (std::size_t axis = 0; axis < 2; ++axis)
        result.at(i, point)[axis] += more * (joint[axis] - shoulder[axis]);
    }
  }
  return result;
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
