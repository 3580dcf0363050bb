// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_posture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
/// MediaPipe's own limit for drawing a point (drawing_utils.py, _VISIBILITY_THRESHOLD).
constexpr float kVisible = 0.5F;
constexpr std::size_t kMeasuredFrames = 75;
constexpr double kHoldFor_s = 0.5;
constexpr float kFingerWeight = 0.4F;  // five tips of a hand together count about as one joint

constexpr std::array<std::size_t, 11> kJoints = {kLeftElbow, kRightElbow, kLeftWrist, kRightWrist,
                                                 kNose,      kLeftHip,    kRightHip,  kLeftKnee,
                                                 kRightKnee, kLeftAnkle,  kRightAnkle};
constexpr std::array<std::size_t, 5> kTips = {4, 8, 12, 16, 20};
constexpr std::size_t kSize = 2 * (kJoints.size() + 2 * kTips.size() + 1);
static_assert(kSize % 4 == 0, "LiveTemplate compares four values at once");

struct Point {
  float x = kMissing;
  float y = kMissing;
};

Point operator-(const Point& a, const Point& b) { return {a.x - b.x, a.y - b.y}; }
float length(const Point& p) { return std::hypot(p.x, p.y); }
Point middle(const Point& a, const Point& b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

Point pose_point(const Landmarks& frame, std::size_t index) {
  if (!frame.pose || frame.pose->visibility[index] < kVisible) return {};
  return {frame.pose->points[index].x * picture_aspect(frame), frame.pose->points[index].y};
}

Point hand_point(const Landmarks& frame, Side side, std::size_t index) {
  const auto& hand = frame.hand(side);
  if (!hand) return {};
  return {hand->points[index].x * picture_aspect(frame), hand->points[index].y};
}

Point shoulders(const Landmarks& frame) {
  return middle(pose_point(frame, kLeftShoulder), pose_point(frame, kRightShoulder));
}

float shoulder_width(const Landmarks& frame) {
  return length(pose_point(frame, kLeftShoulder) - pose_point(frame, kRightShoulder));
}

/// What the shoulders' width would be from the front by the trunk's length; NaN without hips.
float trunk_size(const Landmarks& frame) {
  const Point hips = middle(pose_point(frame, kLeftHip), pose_point(frame, kRightHip));
  return length(hips - shoulders(frame)) / 1.3F;
}

/// NaN without a body.
float body_size(const Landmarks& frame, LiveMeasure measured) {
  const float width = shoulder_width(frame);
  if (!measured.with_trunk) return width;
  const float trunk = trunk_size(frame);
  return std::isfinite(trunk) ? std::max(width, trunk) : measured.of_width * width;
}

float hand_size(const Landmarks& frame) {
  for (const Side side : {Side::kLeft, Side::kRight}) {
    if (frame.hand(side)) return length(hand_point(frame, side, 9) - hand_point(frame, side, 0));
  }
  return kMissing;
}

void remember(std::deque<float>& sizes, float size) {
  if (!std::isfinite(size)) return;
  sizes.push_back(size);
  if (sizes.size() > kMeasuredFrames) sizes.pop_front();
}

float median(const std::deque<float>& values) {
  if (values.empty()) return kMissing;
  std::vector<float> sorted(values.begin(), values.end());
  const auto mid = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), mid, sorted.end());
  return *mid;
}

/// `body` and `hand` are sizes in units of the picture's height; NaN = none.
LivePosture posture_of(const Landmarks& frame, float body, float hand) {
  LivePosture posture;
  posture.reserve(kSize);
  const auto put = [&](const Point& point, float unit, float weight) {
    posture.push_back(weight * point.x / unit);
    posture.push_back(weight * point.y / unit);
  };
  const Point origin = shoulders(frame);
  for (const std::size_t joint : kJoints) put(pose_point(frame, joint) - origin, body, 1);
  const bool has_body = std::isfinite(body);
  for (const Side side : {Side::kLeft, Side::kRight}) {
    for (const std::size_t tip : kTips) {
      const Point finger = hand_point(frame, side, tip) - hand_point(frame, side, 0);
      put(finger, has_body ? body : hand, kFingerWeight);
    }
  }
  // Two hands without a body: where they are to each other.
  const Point apart = hand_point(frame, Side::kRight, 0) - hand_point(frame, Side::kLeft, 0);
  put(has_body ? Point{} : apart, hand, 0.5F);
  return posture;
}

}  // namespace

std::size_t live_posture_size() { return kSize; }

float picture_aspect(const Landmarks& frame) {
  if (frame.image_width <= 0 || frame.image_height <= 0) return 4.0F / 3.0F;
  return static_cast<float>(frame.image_width) / static_cast<float>(frame.image_height);
}

void LivePostures::measure(const Landmarks& landmarks) {
  remember(body_sizes_, body_size(landmarks, measure_));
  remember(hand_sizes_, hand_size(landmarks));
}

LivePosture LivePostures::next(const Landmarks& landmarks) {
  measure(landmarks);
  LivePosture posture = posture_of(landmarks, median(body_sizes_), median(hand_sizes_));
  const double now_s = seconds(landmarks.timestamp);
  if (held_.empty()) {
    held_ = posture;
    held_since_s_.assign(kSize, now_s);
    return posture;
  }
  for (std::size_t i = 0; i < kSize; ++i) {
    if (std::isfinite(posture[i])) {
      held_[i] = posture[i];
      held_since_s_[i] = now_s;
    } else if (now_s - held_since_s_[i] < kHoldFor_s) {
      posture[i] = held_[i];
    }
  }
  return posture;
}

LiveMeasure live_measure(std::span<const Landmarks> frames) {
  std::deque<float> of_width;
  std::size_t bodies = 0;
  for (const Landmarks& frame : frames) {
    const float width = shoulder_width(frame);
    if (!(width > 0)) continue;
    ++bodies;
    const float trunk = trunk_size(frame);
    if (std::isfinite(trunk)) of_width.push_back(std::max(width, trunk) / width);
  }
  LiveMeasure result;
  result.with_trunk = 2 * of_width.size() > bodies;
  if (result.with_trunk) result.of_width = median(of_width);
  return result;
}

std::vector<LivePosture> live_postures(std::span<const Landmarks> frames, LiveMeasure measured) {
  std::deque<float> bodies;
  std::deque<float> hands;
  for (const Landmarks& frame : frames) {
    if (const float size = body_size(frame, measured); std::isfinite(size)) bodies.push_back(size);
    if (const float size = hand_size(frame); std::isfinite(size)) hands.push_back(size);
  }
  std::vector<LivePosture> postures;
  for (const Landmarks& frame : frames) {
    postures.push_back(posture_of(frame, median(bodies), median(hands)));
  }
  return postures;
}

}  // namespace kata
