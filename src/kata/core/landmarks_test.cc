// SPDX-License-Identifier: Apache-2.0
#include "kata/core/landmarks.h"

#include <gtest/gtest.h>

#include "kata/core/topology.h"

namespace kata {
namespace {

Landmarks person_with_right_hand() {
  Landmarks landmarks;
  landmarks.pose.emplace();
  landmarks.pose->points[kLeftWrist] = {0.8F, 0.5F, 0.1F};
  landmarks.pose->visibility[kLeftWrist] = 0.9F;
  landmarks.right_hand.emplace();
  landmarks.right_hand->points[0] = {0.2F, 0.6F, 0.0F};
  return landmarks;
}

TEST(Duration, IsFromTheFirstFrameToTheLast) {
  std::vector<Landmarks> frames(3);
  for (std::size_t i = 0; i < frames.size(); ++i)
    frames[i].timestamp = timestamp_from_seconds(2 + 0.25 * static_cast<double>(i));
  EXPECT_DOUBLE_EQ(duration_s(frames), 0.5);
  EXPECT_DOUBLE_EQ(duration_s(std::span(frames).first(1)), 0);
  EXPECT_DOUBLE_EQ(duration_s({}), 0);
}

TEST(Mirrored, SwapsSidesAndReflectsX) {
  const Landmarks result = mirrored(person_with_right_hand());
  EXPECT_FLOAT_EQ(result.pose->points[kRightWrist].x, 0.2F);
  EXPECT_FLOAT_EQ(result.pose->visibility[kRightWrist], 0.9F);
  ASSERT_TRUE(result.left_hand.has_value());
  EXPECT_FALSE(result.right_hand.has_value());
  EXPECT_FLOAT_EQ(result.left_hand->points[0].x, 0.8F);
}

TEST(Mirrored, TwiceIsTheSame) {
  const Landmarks original = person_with_right_hand();
  const Landmarks twice = mirrored(mirrored(original));
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    EXPECT_NEAR(twice.pose->points[i].x, original.pose->points[i].x, 1e-6);
  }
  EXPECT_TRUE(twice.right_hand.has_value());
}

TEST(Topology, MirrorIndexIsItsOwnInverse) {
  for (std::size_t i = 0; i < kPosePoints; ++i) EXPECT_EQ(kPoseMirror[kPoseMirror[i]], i);
}

TEST(Topology, BonesNameExistingPoints) {
  for (const Bone bone : pose_bones()) EXPECT_LT(std::max(bone.from, bone.to), kPosePoints);
  for (const Bone bone : hand_bones()) EXPECT_LT(std::max(bone.from, bone.to), kHandPoints);
}

}  // namespace
}  // namespace kata
