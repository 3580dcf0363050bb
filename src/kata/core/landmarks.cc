// SPDX-License-Identifier: Apache-2.0
#include "kata/core/landmarks.h"

#include <utility>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr Bone kPoseBones[] = {{11, 12}, {11, 13}, {13, 15}, {12, 14}, {14, 16}, {11, 23},
                               {12, 24}, {23, 24}, {23, 25}, {25, 27}, {24, 26}, {26, 28},
                               {27, 29}, {29, 31}, {27, 31}, {28, 30}, {30, 32}, {28, 32},
                               {15, 19}, {15, 17}, {16, 20}, {16, 18}, {0, 7},   {0, 8}};
constexpr Bone kHandBones[] = {{0, 1},   {1, 2},   {2, 3},   {3, 4},   {0, 5},   {5, 6},   {6, 7},
                               {7, 8},   {5, 9},   {9, 10},  {10, 11}, {11, 12}, {9, 13},  {13, 14},
                               {14, 15}, {15, 16}, {13, 17}, {17, 18}, {18, 19}, {19, 20}, {0, 17}};

void reflect(Hand& hand) {
  for (PointInUnit& point : hand.points) point.x = 1 - point.x;
  for (PointInWorld& point : hand.world) point.x = -point.x;
}

Pose reflected(const Pose& pose) {
  Pose result = pose;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    const std::size_t other = kPoseMirror[i];
    result.points[i] = pose.points[other];
    result.points[i].x = 1 - result.points[i].x;
    result.visibility[i] = pose.visibility[other];
    result.world[i] = pose.world[other];
    result.world[i].x = -result.world[i].x;
  }
  return result;
}

}  // namespace

std::span<const Bone> pose_bones() { return kPoseBones; }
std::span<const Bone> hand_bones() { return kHandBones; }

double duration_s(std::span<const Landmarks> frames) {
  return frames.empty() ? 0 : seconds(frames.back().timestamp - frames.front().timestamp);
}

Landmarks mirrored(const Landmarks& landmarks) {
  Landmarks result = landmarks;
  if (result.pose) result.pose = reflected(*result.pose);
  std::swap(result.left_hand, result.right_hand);
  if (result.left_hand) reflect(*result.left_hand);
  if (result.right_hand) reflect(*result.right_hand);
  if (result.face) {
    for (PointInUnit& point : result.face->points) point.x = 1 - point.x;
  }
  return result;
}

}  // namespace kata
