// SPDX-License-Identifier: Apache-2.0
#include "kata/show/ghost.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "kata/core/topology.h"

namespace kata {
namespace {

/// A body with shoulders at y 0.3, hips at 0.6, in a picture of that size.
Landmarks body(int width, int height) {
  Landmarks landmarks;
  landmarks.image_width = width;
  landmarks.image_height = height;
  Pose& pose = landmarks.pose.emplace();
  const auto put = [&](PoseIndex i, float x, float y) {
    pose.points[i] = {x, y, 0};
    pose.visibility[i] = 1;
  };
  put(kLeftShoulder, 0.6f, 0.3f);
  put(kRightShoulder, 0.4f, 0.3f);
  put(kLeftHip, 0.55f, 0.6f);
  put(kRightHip, 0.45f, 0.6f);
  put(kNose, 0.5f, 0.15f);
  put(kRightWrist, 0.3f, 0.5f);
  return landmarks;
}

Landmarks scaled(Landmarks landmarks, float factor, float shift) {
  for (PointInUnit& point : landmarks.pose->points) {
    point.x = point.x * factor + shift;
    point.y = point.y * factor + shift;
  }
  return landmarks;
}

Landmarks hand_only(float x, float y, float size) {
  Landmarks landmarks;
  landmarks.image_width = 400;
  landmarks.image_height = 400;
  Hand& hand = landmarks.right_hand.emplace();
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    const auto k = static_cast<float>(i);
    hand.points[i] = {x + size * k / 21, y + size * static_cast<float>(i % 4) / 4, 0};
  }
  return landmarks;
}

TEST(Ghost, LiesExactlyOverALearnerOfAnotherSizeAndPlace) {
  const Landmarks teacher = body(640, 480);
  const Landmarks learner = scaled(teacher, 0.6f, 0.2f);
  const auto fit = ghost_fit(teacher, learner);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->scale, 0.6, 1e-6);
  const Landmarks ghost = ghost_of(teacher, *fit);
  for (const PoseIndex i : {kLeftShoulder, kRightHip, kRightWrist, kNose}) {
    EXPECT_NEAR(ghost.pose->points[i].x, learner.pose->points[i].x, 1e-5);
    EXPECT_NEAR(ghost.pose->points[i].y, learner.pose->points[i].y, 1e-5);
  }
}

TEST(Ghost, KeepsTheShapeInAPictureOfAnotherShape) {
  const Landmarks teacher = body(640, 480);
  Landmarks learner = body(480, 640);  // the same numbers, another body
  const auto fit = ghost_fit(teacher, learner);
  ASSERT_TRUE(fit);
  const Landmarks ghost = ghost_of(teacher, *fit);
  const auto ratio = [](const Landmarks& l) {
    const auto width =
        (l.pose->points[11].x - l.pose->points[12].x) * static_cast<float>(l.image_width);
    const auto height =
        (l.pose->points[23].y - l.pose->points[11].y) * static_cast<float>(l.image_height);
    return width / height;
  };
  EXPECT_NEAR(ratio(ghost), ratio(teacher), 1e-4);
}

TEST(Ghost, DoesNotMoveWhenOnlyTheLearnersArmMoves) {
  const Landmarks teacher = body(640, 480);
  Landmarks learner = teacher;
  learner.pose->points[kRightWrist] = {0.1f, 0.1f, 0};
  const auto fit = ghost_fit(teacher, learner);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(ghost_of(teacher, *fit).pose->points[kRightWrist].x, 0.3f, 1e-6);
}

TEST(Ghost, UsesShouldersAndHeadWhereTheHipsAreHidden) {
  const Landmarks teacher = body(640, 480);
  Landmarks learner = scaled(teacher, 0.5f, 0.1f);
  learner.pose->visibility[kLeftHip] = learner.pose->visibility[kRightHip] = 0.1f;
  learner.pose->points[kLeftHip] = {5, 5, 0};
  const auto fit = ghost_fit(teacher, learner);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->scale, 0.5, 1e-6);
}

TEST(Ghost, FitsHandsByThemselvesWhereThereIsNoBody) {
  const auto fit = ghost_fit(hand_only(0.2f, 0.2f, 0.3f), hand_only(0.5f, 0.1f, 0.15f));
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->scale, 0.5, 1e-5);
}

TEST(Ghost, IsNotThereWithoutAnythingInCommon) {
  EXPECT_FALSE(ghost_fit(body(640, 480), hand_only(0.2f, 0.2f, 0.3f)));
  EXPECT_FALSE(ghost_fit(body(640, 480), Landmarks{}));
  EXPECT_FALSE(ghost_fit(body(640, 480), scaled(body(640, 480), 0.001f, 0.5f))) << "a dot";
}

TEST(Ghost, FindsTheFrameOfAPhaseByTime) {
  std::vector<Landmarks> frames(4);
  const double times_s[] = {2.0, 2.1, 2.2, 3.0};
  for (std::size_t i = 0; i < 4; ++i) frames[i].timestamp = timestamp_from_seconds(times_s[i]);
  EXPECT_EQ(&frame_at_phase(frames, -1), &frames[0]);
  EXPECT_EQ(&frame_at_phase(frames, 0.2), &frames[2]);
  EXPECT_EQ(&frame_at_phase(frames, 0.5), &frames[3]);
  EXPECT_EQ(&frame_at_phase(frames, 7), &frames[3]);
  EXPECT_THROW(frame_at_phase({}, 0.5), std::logic_error);
}

}  // namespace
}  // namespace kata
