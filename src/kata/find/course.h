// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "kata/core/landmarks.h"

namespace kata {

/// Points of a body that tell movements apart, "left" the person's own.
enum CoursePoint : std::size_t {
  kCourseLeftElbow,
  kCourseRightElbow,
  kCourseLeftWrist,
  kCourseRightWrist,
  kCourseNose,
  kCourseTravel,  ///< the shoulders' middle itself: how the body as a whole moves
  kCourseLeftHip,
  kCourseRightHip,
  kCourseLeftKnee,
  kCourseRightKnee,
  kCourseLeftAnkle,
  kCourseRightAnkle,
  kCourseLeftHand,  ///< and four more: knuckles and tips
  kCourseRightHand = kCourseLeftHand + 5,
  kCoursePoints = kCourseRightHand + 5,
};
inline constexpr std::size_t kCourseArms = kCourseTravel;  ///< points that need no legs

struct PlanePoint {
  float x = 0;  ///< heights of the picture, to the right
  float y = 0;  ///< heights of the picture, down
};

/// A frame as the finder compares it: joints from the shoulders' middle, fingers from their wrist.
struct CourseFrame {
  double time_s = 0;
  std::array<PlanePoint, kCoursePoints> points{};
  PlanePoint left_shoulder;  ///< from the shoulders' middle
  /// Heights of the picture, away from the camera, from the wrist: left hand, right hand.
  std::array<float, kCoursePoints - kCourseLeftHand> finger_depths{};
  float trunk = 0;  ///< heights of the picture; 0 where it is not known
  bool has_body = false;
  bool has_legs = false;
  bool has_left_hand = false;
  bool has_right_hand = false;
};

/// What the finder sees of a frame.
CourseFrame course_frame(const Landmarks& landmarks);

/// How far the nose lies aside of the shoulders' middle, in units: the way the body faces. NaN
/// where that is not known.
float facing_of(const CourseFrame& frame);

/// The same point on the other side of the body.
std::size_t mirrored_course_point(std::size_t point);

}  // namespace kata
