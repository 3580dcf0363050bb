// SPDX-License-Identifier: Apache-2.0
#include "kata/find/course.h"

#include <cmath>
#include <limits>

#include "kata/core/topology.h"
#include "kata/find/finder_tuning.h"

namespace kata {
namespace {

/// Knuckles of index and little finger, tips of thumb, index and little finger: they show how a
/// hand turns and closes.
constexpr std::array<std::size_t, 5> kFingers = {5, 17, 4, 8, 20};
constexpr std::array<PoseIndex, 4> kArms = {kLeftElbow, kRightElbow, kLeftWrist, kRightWrist};
constexpr std::array<PoseIndex, 6> kLegs = {kLeftHip,   kRightHip,  kLeftKnee,
                                            kRightKnee, kLeftAnkle, kRightAnkle};

float aspect_of(const Landmarks& frame) {
  if (frame.image_width <= 0 || frame.image_height <= 0) return 4.0F / 3.0F;
  return static_cast<float>(frame.image_width) / static_cast<float>(frame.image_height);
}

PlanePoint operator-(const PlanePoint& a, const PlanePoint& b) { return {a.x - b.x, a.y - b.y}; }

template <std::size_t N>
PlanePoint point_of(const std::array<PointInUnit, N>& points, std::size_t index, float aspect) {
  return {points[index].x * aspect, points[index].y};
}

PlanePoint middle(const PlanePoint& a, const PlanePoint& b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/// Where a tracker gives no point it gives zeros.
bool is_given(const PlanePoint& point) { return point.x != 0 || point.y != 0; }

void put_body(CourseFrame& frame, const Pose& pose, float aspect) {
  const auto at = [&](std::size_t index) { return point_of(pose.points, index, aspect); };
  const PlanePoint shoulders = middle(at(kLeftShoulder), at(kRightShoulder));
  for (std::size_t i = 0; i < kArms.size(); ++i) frame.points[i] = at(kArms[i]) - shoulders;
  frame.points[kCourseNose] = at(kNose) - shoulders;
  frame.left_shoulder = at(kLeftShoulder) - shoulders;
  frame.points[kCourseTravel] = shoulders;
  frame.has_body = frame.has_legs = true;
  for (std::size_t i = 0; i < kLegs.size(); ++i) {
    frame.points[kCourseLeftHip + i] = at(kLegs[i]) - shoulders;
    if (pose.visibility[kLegs[i]] < FinderTuning{}.leg_visibility) frame.has_legs = false;
  }
  // Hips that a table hides are guessed well enough to measure a trunk by.
  if (!is_given(at(kLeftHip)) || !is_given(at(kRightHip))) return;
  const PlanePoint trunk = middle(at(kLeftHip), at(kRightHip)) - shoulders;
  frame.trunk = std::hypot(trunk.x, trunk.y);
}

bool put_hand(CourseFrame& frame, std::size_t first, const std::optional<Hand>& hand,
              float aspect) {
  if (!hand) return false;
  const PlanePoint wrist = point_of(hand->points, 0, aspect);
  for (std::size_t i = 0; i < kFingers.size(); ++i) {
    frame.points[first + i] = point_of(hand->points, kFingers[i], aspect) - wrist;
    frame.finger_depths[first - kCourseLeftHand + i] =
        aspect * (hand->points[kFingers[i]].z - hand->points[0].z);
  }
  return true;
}

}  // namespace

CourseFrame course_frame(const Landmarks& landmarks) {
  CourseFrame frame;
  frame.time_s = seconds(landmarks.timestamp);
  const float aspect = aspect_of(landmarks);
  if (landmarks.pose) put_body(frame, *landmarks.pose, aspect);
  frame.has_left_hand = put_hand(frame, kCourseLeftHand, landmarks.left_hand, aspect);
  frame.has_right_hand = put_hand(frame, kCourseRightHand, landmarks.right_hand, aspect);
  return frame;
}

float facing_of(const CourseFrame& frame) {
  if (!frame.has_body || !(frame.trunk > 0)) return std::numeric_limits<float>::quiet_NaN();
  return frame.points[kCourseNose].x * FinderTuning{}.trunk_of_unit / frame.trunk;
}

std::size_t mirrored_course_point(std::size_t point) {
  if (point == kCourseNose || point == kCourseTravel) return point;
  if (point >= kCourseRightHand) return point - 5;
  if (point >= kCourseLeftHand) return point + 5;
  return point < kCourseNose ? point ^ 1U : ((point - kCourseLeftHip) ^ 1U) + kCourseLeftHip;
}

}  // namespace kata
