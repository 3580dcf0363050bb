// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/detector.h"

#include <gtest/gtest.h>

namespace kata {
namespace {

Detection box(double score, double x, double size) {
  Detection detection;
  detection.score = score;
  detection.box = {x, 0, x + size, size};
  detection.keypoints[0] = {x, 1};
  return detection;
}

TEST(Anchors, AreAsManyAsTheNetworksHave) {
  EXPECT_EQ(anchor_centers(pose_detector_shape()).size(), 2254u);
  EXPECT_EQ(anchor_centers(palm_detector_shape()).size(), 2016u);
  EXPECT_EQ(anchor_centers(face_detector_shape()).size(), 896u);
}

TEST(Anchors, GoAlongRowsTwoACellOnTheFinestGrid) {
  const auto centers = anchor_centers(palm_detector_shape());
  EXPECT_NEAR(centers[0].x, 0.5 / 24, 1e-12);
  EXPECT_NEAR(centers[1].x, 0.5 / 24, 1e-12);
  EXPECT_NEAR(centers[2].x, 1.5 / 24, 1e-12);
  EXPECT_NEAR(centers[48].y, 1.5 / 24, 1e-12);
  EXPECT_NEAR(centers[1152].x, 0.5 / 12, 1e-12);  // layers of one stride share their grid
  EXPECT_NEAR(centers[1157].x, 0.5 / 12, 1e-12);
  EXPECT_NEAR(centers[1158].x, 1.5 / 12, 1e-12);
}

TEST(MergedDetections, WeighBoxesAndKeypointsByScore) {
  const auto merged = merged_detections({box(0.5, 1, 10), box(0.9, 0, 10)});
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_NEAR(merged[0].score, 0.9, 1e-12);
  EXPECT_NEAR(merged[0].box.x_min, 0.5 / 1.4, 1e-12);
  EXPECT_NEAR(merged[0].keypoints[0].x, 0.5 / 1.4, 1e-12);
}

TEST(MergedDetections, KeepsSeparateOnesBestFirst) {
  const auto merged = merged_detections({box(0.6, 0, 10), box(0.8, 50, 10), box(0.7, 9, 10)});
  ASSERT_EQ(merged.size(), 3u);
  EXPECT_NEAR(merged[0].score, 0.8, 1e-12);
  EXPECT_NEAR(merged[2].score, 0.6, 1e-12);
}

TEST(MergedDetections, ComparesWithTheBestNotWithTheMean) {
  // The third overlaps the second, not the first: it is a cluster of its own.
  const auto merged = merged_detections({box(0.9, 0, 10), box(0.8, 4, 10), box(0.7, 8, 10)});
  ASSERT_EQ(merged.size(), 2u);
  EXPECT_NEAR(merged[1].box.x_min, 8, 1e-12);
}

TEST(MergedDetections, LeavesOutEmptyBoxes) {
  EXPECT_TRUE(merged_detections({box(0.9, 0, 0)}).empty());
}

}  // namespace
}  // namespace kata
