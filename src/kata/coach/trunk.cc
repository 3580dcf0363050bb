// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/trunk.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "kata/core/topology.h"
#include "kata/learn/judge.h"

namespace kata {
namespace {

constexpr float kVisible = 0.5F;
constexpr double kUprightWithin_rad = std::numbers::pi / 4;
constexpr double kLyingWithin_rad = std::numbers::pi / 6;  // of the horizontal
/// Shoulder line by trunk: 0.54 to 0.76 from the front (seven reference pictures), 0.44 half turned
/// away, below 0.3 from the side.
constexpr double kFrontalFrom = 0.4;
/// The shoulder line of a lying picture stands: seen at least this much above each other.
constexpr double kShoulderLineWithin_rad = std::numbers::pi / 4;
/// Of the taught frames in which a trunk is seen.
constexpr double kUprightShare = 0.95;

constexpr double kPatience_s = 2;       // somebody may bend down
constexpr double kLongestMemory_s = 3;  // soon forgotten once it is put right
constexpr double kForgetting = 2;       // an upright frame weighs so many lying ones
constexpr double kLongestStep_s = 0.5;  // of a pause nothing is known

struct Arrow {
  double x = 0;  ///< px, to the right
  double y = 0;  ///< px, downwards
};

double length(const Arrow& arrow) { return std::hypot(arrow.x, arrow.y); }

/// From 0 (vertical) to a quarter turn.
double slope_rad(const Arrow& arrow) { return std::atan2(std::abs(arrow.x), std::abs(arrow.y)); }

Arrow middle(const Landmarks& landmarks, std::size_t a, std::size_t b) {
  const auto& points = landmarks.pose->points;
  return {static_cast<double>(points[a].x + points[b].x) / 2 * std::max(1, landmarks.image_width),
          static_cast<double>(points[a].y + points[b].y) / 2 * std::max(1, landmarks.image_height)};
}

Arrow between(const Arrow& from, const Arrow& to) { return {to.x - from.x, to.y - from.y}; }

bool are_visible(const Pose& pose, std::size_t a, std::size_t b) {
  return pose.visibility[a] >= kVisible && pose.visibility[b] >= kVisible;
}

}  // namespace

std::optional<Trunk> trunk_of(const Landmarks& landmarks) {
  if (!landmarks.pose || !are_visible(*landmarks.pose, kLeftShoulder, kRightShoulder)) {
    return std::nullopt;
  }
  // Hips that are out of the picture are guessed, and well enough for a direction.
  const Arrow shoulders = middle(landmarks, kLeftShoulder, kRightShoulder);
  const Arrow up = between(middle(landmarks, kLeftHip, kRightHip), shoulders);
  const Arrow head = between(shoulders, middle(landmarks, kNose, kNose));
  const Arrow line = between(middle(landmarks, kLeftShoulder, kLeftShoulder),
                             middle(landmarks, kRightShoulder, kRightShoulder));
  if (length(up) <= 0) return std::nullopt;
  constexpr double kQuarter_rad = std::numbers::pi / 2;
  Trunk trunk;
  trunk.is_upright = up.y < 0 && slope_rad(up) <= kUprightWithin_rad;
  trunk.is_lying = slope_rad(up) >= kQuarter_rad - kLyingWithin_rad && up.x * head.x > 0;
  trunk.is_frontal = length(line) >= kFrontalFrom * length(up) &&
                     (slope_rad(line) <= kShoulderLineWithin_rad) == trunk.is_lying;
  return trunk;
}

bool is_taught_upright(const Judge& judge) {
  double trunks = 0;
  double upright = 0;
  for (const std::string& movement : judge.movements()) {
    for (const Repetition& repetition : judge.prototypes(movement)) {
      for (const Landmarks& frame : repetition.frames) {
        const std::optional<Trunk> trunk = trunk_of(frame);
        trunks += trunk ? 1 : 0;
        upright += trunk && trunk->is_upright ? 1 : 0;
      }
    }
  }
  return trunks > 0 && upright >= kUprightShare * trunks;
}

bool lies_on_its_side(const Landmarks& landmarks, std::optional<bool> is_taught_upright) {
  const std::optional<Trunk> trunk = trunk_of(landmarks);
  if (!trunk || !trunk->is_lying) return false;
  return is_taught_upright.value_or(trunk->is_frontal);
}

bool SidewaysNotice::step(const Landmarks& landmarks) {
  const double now_s = seconds(landmarks.timestamp);
  const double step_s = std::clamp(now_s - last_s_.value_or(now_s), 0.0, kLongestStep_s);
  last_s_ = now_s;
  const bool lies = lies_on_its_side(landmarks, is_taught_upright_);
  sideways_s_ =
      std::clamp(sideways_s_ + (lies ? step_s : -kForgetting * step_s), 0.0, kLongestMemory_s);
  return sideways_s_ >= kPatience_s;
}

}  // namespace kata
