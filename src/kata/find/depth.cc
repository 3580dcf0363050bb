// SPDX-License-Identifier: Apache-2.0
#include "kata/find/depth.h"

#include <cmath>

#include "kata/find/depth_table.h"
#include "kata/find/finder_tuning.h"

namespace kata {
namespace {

using Depths = std::array<float, kCourseTravel>;
using Features = std::array<float, kDepthFeatures>;

/// The table's features, in its order: 1; left shoulder, elbows, wrists, nose, hips; bones' lengths
/// squared, and as they are.
Features features_of(const CourseFrame& frame) {
  const float scale = FinderTuning{}.trunk_of_unit / frame.trunk;
  const auto at = [&](std::size_t point) {
    return PlanePoint{scale * frame.points[point].x, scale * frame.points[point].y};
  };
  const PlanePoint left{scale * frame.left_shoulder.x, scale * frame.left_shoulder.y};
  const PlanePoint right{-left.x, -left.y};
  const PlanePoint elbows[] = {at(kCourseLeftElbow), at(kCourseRightElbow)};
  const PlanePoint wrists[] = {at(kCourseLeftWrist), at(kCourseRightWrist)};
  const PlanePoint nose = at(kCourseNose);
  Features features{1};
  std::size_t next = 1;
  for (const PlanePoint& p : {left, elbows[0], elbows[1], wrists[0], wrists[1], nose,
                              at(kCourseLeftHip), at(kCourseRightHip)}) {
    features[next++] = p.x;
    features[next++] = p.y;
  }
  const std::array<std::array<PlanePoint, 2>, 6> bones = {{{left, elbows[0]},
                                                           {elbows[0], wrists[0]},
                                                           {right, elbows[1]},
                                                           {elbows[1], wrists[1]},
                                                           {nose, left},
                                                           {left, right}}};
  for (const auto& [a, b] : bones) {
    const float length = std::hypot(a.x - b.x, a.y - b.y);
    features[next] = length * length;
    features[next++ + bones.size()] = length;
  }
  return features;
}

/// Heights of the picture, away from the camera.
Depths depths_of(const CourseFrame& frame) {
  const Features features = features_of(frame);
  Depths depths{};
  for (std::size_t k = 0; k < kDepthFeatures; ++k) {
    for (std::size_t i = 0; i < depths.size(); ++i) depths[i] += features[k] * kDepthTable[k][i];
  }
  for (float& depth : depths) depth *= frame.trunk / FinderTuning{}.trunk_of_unit;
  return depths;
}

}  // namespace

CourseFrame turned_course_frame(const Landmarks& landmarks, double yaw_rad) {
  CourseFrame frame = course_frame(landmarks);
  const auto along = static_cast<float>(std::cos(yaw_rad));
  const auto away = static_cast<float>(std::sin(yaw_rad));
  // Legs and the trunk's own way are taken to lie in the plane of the shoulders.
  Depths depths{};
  if (frame.has_body && frame.trunk > 0) depths = depths_of(frame);
  for (std::size_t i = 0; i < kCourseLeftHand; ++i)
    frame.points[i].x = along * frame.points[i].x + (i < depths.size() ? away * depths[i] : 0);
  for (std::size_t i = kCourseLeftHand; i < kCoursePoints; ++i)
    frame.points[i].x = along * frame.points[i].x + away * frame.finger_depths[i - kCourseLeftHand];
  return frame;
}

}  // namespace kata
