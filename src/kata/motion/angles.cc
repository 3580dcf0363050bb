// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/angles.h"

#include <cmath>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr std::array<AngleJoint, 10> kJoints = {{
    {"left_shoulder", kRightShoulder, kLeftShoulder, kLeftElbow},
    {"right_shoulder", kLeftShoulder, kRightShoulder, kRightElbow},
    {"left_elbow", kLeftShoulder, kLeftElbow, kLeftWrist},
    {"right_elbow", kRightShoulder, kRightElbow, kRightWrist},
    {"left_wrist", kLeftElbow, kLeftWrist, kLeftIndex},
    {"right_wrist", kRightElbow, kRightWrist, kRightIndex},
    {"left_hip", kLeftShoulder, kLeftHip, kLeftKnee},
    {"right_hip", kRightShoulder, kRightHip, kRightKnee},
    {"left_knee", kLeftHip, kLeftKnee, kLeftAnkle},
    {"right_knee", kRightHip, kRightKnee, kRightAnkle},
}};

}  // namespace

std::span<const AngleJoint> angle_joints() { return kJoints; }

float joint_angle_rad(const PointTrack& track, std::size_t frame, const AngleJoint& joint) {
  const auto a = track.at(frame, joint.before);
  const auto b = track.at(frame, joint.joint);
  const auto c = track.at(frame, joint.after);
  const float ux = a[0] - b[0];
  const float uy = a[1] - b[1];
  const float vx = c[0] - b[0];
  const float vy = c[1] - b[1];
  return std::abs(std::atan2(ux * vy - uy * vx, ux * vx + uy * vy));
}

}  // namespace kata
