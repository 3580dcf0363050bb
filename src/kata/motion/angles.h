// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "kata/motion/point_track.h"

namespace kata {

/// A joint of the body with the two neighbours that make its angle.
struct AngleJoint {
  std::string_view name;
  std::size_t before;
  std::size_t joint;
  std::size_t after;
};

/// Elbows, shoulders, wrists, hips and knees of body_skeleton().
std::span<const AngleJoint> angle_joints();

/// 0 = folded, π = stretched, in the plane of the picture; NaN where a point is missing.
float joint_angle_rad(const PointTrack& track, std::size_t frame, const AngleJoint& joint);

}  // namespace kata
