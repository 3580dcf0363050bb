// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "kata/core/error.h"
#include "kata/core/topology.h"
#include "kata/motion/alignment.h"
#include "kata/motion/body_frame.h"
#include "kata/motion/features.h"
#include "kata/motion/point_features.h"

namespace kata {
namespace {

/// A body whose right hand draws an arc; shoulders one unit apart.
std::vector<Landmarks> arc(double unit = 0.3, double x = 0.5, double y = 0.4, int frames = 30,
                           double duration_s = 1.0) {
  std::vector<Landmarks> result;
  for (int i = 0; i < frames; ++i) {
    const double phase = static_cast<double>(i) / (frames - 1);
    Landmarks frame;
    frame.timestamp = timestamp_from_seconds(phase * duration_s);
    frame.image_width = frame.image_height = 100;
    Pose pose;
    const auto at = [&](double dx, double dy) {
      return PointInUnit{static_cast<float>(x + unit * dx), static_cast<float>(y + unit * dy), 0};
    };
    for (auto& point : pose.points) point = at(0, -0.6);
    pose.points[kLeftShoulder] = at(0.5, 0);
    pose.points[kRightShoulder] = at(-0.5, 0);
    pose.points[kLeftElbow] = at(0.6, 0.7);
    pose.points[kLeftWrist] = at(0.5, 1.2);
    pose.points[kRightElbow] = at(-0.6, 0.7);
    pose.points[kRightWrist] = at(-0.5 - 0.7 * std::sin(std::numbers::pi * phase),
                                  0.6 + 0.7 * std::cos(std::numbers::pi * phase));
    frame.pose = pose;
    result.push_back(frame);
  }
  return result;
}

Series features(const std::vector<Landmarks>& frames) {
  const PointTrack track = track_from_landmarks(frames);
  return body_features(track, plan_features(std::span(&track, 1)));
}

TEST(BodyFeatures, AreTheSameElsewhereLargerAndSlower) {
  const Series here = features(arc());
  EXPECT_LT(rms_difference(here, features(arc(0.3, 0.7, 0.5))), 1e-4);
  EXPECT_LT(rms_difference(here, features(arc(0.15))), 1e-4);
  EXPECT_LT(rms_difference(here, features(arc(0.3, 0.5, 0.4, 30, 1.7))), 1e-4);
  EXPECT_LT(rms_difference(here, features(arc(0.3, 0.5, 0.4, 10))), 0.02);
}

TEST(BodyFeatures, AMissingHandIsMissingNotZero) {
  auto frames = arc();
  const PointTrack without = track_from_landmarks(frames);
  for (auto& frame : frames) frame.right_hand.emplace();
  const PointTrack with = track_from_landmarks(frames);
  const FeaturePlan plan = plan_features(std::span(&with, 1));
  ASSERT_TRUE(plan.with_right_hand);
  const Series series = body_features(without, plan);
  EXPECT_TRUE(std::isnan(series.values.back()));
  EXPECT_TRUE(std::isfinite(series.values.front()));
}

TEST(BodyFeatures, LookedAtFromTheSidesKeepTheFirstView) {
  const PointTrack track = track_from_landmarks(arc());
  const FeaturePlan plan = plan_features(std::span(&track, 1));
  const auto views = body_features_around(track, plan);
  ASSERT_EQ(views.size(), 1 + kTurnsToLearnFrom.size());
  EXPECT_EQ(rms_difference(views[0], body_features(track, plan)), 0);
  EXPECT_GT(rms_difference(views[0], views[1]), 0.005);
}

TEST(BodyFrame, LongerArmsCarryTheHandAndLeaveTheTrunk) {
  auto frames = arc();
  for (auto& frame : frames) frame.right_hand.emplace();
  const PointTrack track = filled(track_from_landmarks(frames));
  const PointTrack longer = with_scaled_arms(track, 1.1);
  for (const std::size_t axis : {0, 1}) {
    const float shoulder = track.at(3, kRightShoulder)[axis];
    EXPECT_EQ(longer.at(3, kRightShoulder)[axis], shoulder);
    const float wrist = track.at(3, kRightWrist)[axis];
    EXPECT_NEAR(longer.at(3, kRightWrist)[axis] - shoulder, 1.1F * (wrist - shoulder), 1e-5);
    EXPECT_NEAR(longer.at(3, kRightHandStart)[axis] - track.at(3, kRightHandStart)[axis],
                0.1F * (wrist - shoulder), 1e-5);
  }
}

TEST(PlanFeatures, TakesOnlyWhatIsSeen) {
  const PointTrack track = track_from_landmarks(arc());
  const FeaturePlan plan = plan_features(std::span(&track, 1));
  EXPECT_TRUE(plan.with_arms);
  EXPECT_FALSE(plan.with_legs);  // their visibility is zero
  EXPECT_FALSE(plan.with_left_hand);
}

TEST(PointTrack, FillsGapsInTime) {
  auto frames = arc();
  for (int i = 10; i < 15; ++i) frames[static_cast<std::size_t>(i)].pose.reset();
  const PointTrack whole = track_from_landmarks(arc());
  const PointTrack mended = filled(track_from_landmarks(frames));
  ASSERT_TRUE(mended.is_seen(12, kRightWrist));
  EXPECT_NEAR(mended.at(12, kRightWrist)[0], whole.at(12, kRightWrist)[0], 0.02);
}

TEST(PointTrack, MirroredTwiceIsTheSame) {
  const PointTrack track = track_from_landmarks(arc());
  const PointTrack once = mirrored(track, body_skeleton());
  EXPECT_FLOAT_EQ(once.at(3, kLeftWrist)[0], -track.at(3, kRightWrist)[0]);
  const PointTrack twice = mirrored(once, body_skeleton());
  EXPECT_FLOAT_EQ(twice.at(3, kLeftWrist)[0], track.at(3, kLeftWrist)[0]);
}

TEST(Skeleton, FindsTheOtherSideByName) {
  const Skeleton skeleton =
      skeleton_from_names({"waist", "l_hand", "r_hand", "kneeLeft", "knee_r"});
  EXPECT_EQ(skeleton.mirror[1], 2U);
  EXPECT_EQ(skeleton.mirror[0], 0U);
  EXPECT_THROW(skeleton.index("elbow"), Error);
}

/// Waist, spine and hand of someone who walks; the hand swings. Relative: told from the waist.
PointTrack walker(bool is_relative) {
  PointTrack track = unseen_track(40, 3);
  for (std::size_t i = 0; i < 40; ++i) {
    track.times_s[i] = static_cast<double>(i) / 30;
    const float way = 0.05F * static_cast<float>(i);
    const float swing = std::sin(0.3F * static_cast<float>(i));
    const float base = is_relative ? 0 : way;
    const float rows[3][3] = {{way, 1, 0},
                              {base, is_relative ? 0.5F : 1.5F, 0},
                              {base + swing, is_relative ? 0.6F : 1.6F, 0}};
    for (std::size_t p = 0; p < 3; ++p) {
      for (std::size_t axis = 0; axis < 3; ++axis) track.at(i, p)[axis] = rows[p][axis];
    }
  }
  return track;
}

TEST(PointFeatures, KnowWhetherPointsAreStoredRelativeToTheOrigin) {
  const Skeleton skeleton = skeleton_from_names({"waist", "spine", "hand"});
  const PointTrack relative = walker(true);
  const PointTrack absolute = walker(false);
  const PointPlan a = plan_points(std::span(&relative, 1), skeleton, "waist", "waist:spine");
  const PointPlan b = plan_points(std::span(&absolute, 1), skeleton, "waist", "waist:spine");
  EXPECT_TRUE(a.is_relative);
  EXPECT_FALSE(b.is_relative);
  EXPECT_LT(rms_difference(point_features(relative, a), point_features(absolute, b)), 1e-4);
  EXPECT_THROW(plan_points(std::span(&relative, 1), skeleton, "hip", ""), Error);
}

/// A leg that bends by up to 90°, leaning sideways.
PointTrack bending_leg(float lean) {
  PointTrack track = unseen_track(40, 3);
  for (std::size_t i = 0; i < 40; ++i) {
    track.times_s[i] = static_cast<double>(i) / 30;
    const float bend = 1.5707963F * static_cast<float>(i) / 39;
    const float foot[2] = {1 + std::cos(bend), std::sin(bend)};  // down, forwards
    const float rows[3][3] = {{0, 0, 0},
                              {std::sin(lean), std::cos(lean), 0},
                              {foot[0] * std::sin(lean), foot[0] * std::cos(lean), foot[1]}};
    for (std::size_t p = 0; p < 3; ++p) {
      for (std::size_t axis = 0; axis < 3; ++axis) track.at(i, p)[axis] = rows[p][axis];
    }
  }
  return track;
}

TEST(PointFeatures, TellHowFarAJointIsBentWhicheverWayTheBodyLeans) {
  const Skeleton skeleton = skeleton_from_names({"hip", "knee", "foot"});
  for (const float lean : {0.0F, 0.4F, -1.2F}) {
    const PointTrack leg = bending_leg(lean);
    const PointPlan plan = plan_points(std::span(&leg, 1), skeleton, "hip", "hip:knee");
    const Series series = point_features(leg, plan);
    ASSERT_EQ(series.channels, 2U * 3 + 2U * 3 + 1 + 3);  // segments, positions, angle, way
    const auto angle = series.channel(12);
    EXPECT_NEAR(angle.front(), -1, 1e-3) << "a straight leg";
    EXPECT_NEAR(angle.back(), 0, 1e-3) << "a right angle";
  }
}

Series bump(double centre) {
  Series series(1, 40);
  for (std::size_t i = 0; i < 40; ++i) {
    const double d = (static_cast<double>(i) - centre) / 4;
    series.channel(0)[i] = static_cast<float>(std::exp(-d * d));
  }
  return series;
}

TEST(Align, FindsTheSlideAndItsPath) {
  const Alignment alignment = align(bump(15), bump(19));
  EXPECT_LT(alignment.distance, 0.02);
  EXPECT_EQ(alignment.path.front(), (std::pair<std::size_t, std::size_t>{0, 0}));
  EXPECT_EQ(alignment.path.back(), (std::pair<std::size_t, std::size_t>{39, 39}));
  EXPECT_NEAR(alignment.distance, alignment_distance(bump(15), bump(19)), 1e-9);
}

TEST(Align, OpenEndedFitsABeginning) {
  Series beginning(1, 20);
  const Series whole = bump(15);
  for (std::size_t i = 0; i < 20; ++i) beginning.channel(0)[i] = whole.at(0, i);
  const Alignment alignment = align(beginning, whole, {.is_open_ended = true});
  EXPECT_LT(alignment.distance, 1e-3);
  EXPECT_NEAR(static_cast<double>(alignment.path.back().second), 19, 2);
}

}  // namespace
}  // namespace kata
