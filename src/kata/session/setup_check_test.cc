// SPDX-License-Identifier: Apache-2.0
#include "kata/session/setup_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <utility>

#include "kata/core/topology.h"
#include "kata/learn/movement_for_test.h"

namespace kata {
namespace {

using ::testing::HasSubstr;

enum Point { kPerson, kEdges, kDistance, kLight, kHands, kRate };

struct Scene {
  test::Performance how;
  std::uint8_t brightness = 120;
  double frame_rate_hz = 25;
  bool has_left_hand = true;
  std::function<void(Image&)> paint;
  std::function<void(Landmarks&)> change;
  std::optional<SetupNeeds> needs;
};

std::vector<CheckLine> lines_of(const Scene& scene, double duration_s = 2.5) {
  SetupCheck check(scene.needs);
  Random random(3);
  Image image(640, 480, PixelFormat::kBgr);
  std::fill_n(image.data(), image.row_stride() * 480, scene.brightness);
  if (scene.paint) scene.paint(image);
  const auto picture = std::make_shared<const Image>(image);
  for (int i = 0; i < static_cast<int>(duration_s * scene.frame_rate_hz); ++i) {
    const double time_s = i / scene.frame_rate_hz;
    Landmarks landmarks = test::pose_at(scene.how, time_s / 1.2, random);
    landmarks.timestamp = timestamp_from_seconds(time_s);
    if (scene.has_left_hand) landmarks.left_hand = mirrored(landmarks).left_hand;
    if (scene.change) scene.change(landmarks);
    check.step({i, landmarks.timestamp, picture}, landmarks);
  }
  return check.lines();
}

TEST(SetupCheck, HasNothingToSayAboutAGoodPlace) {
  const auto lines = lines_of({});
  ASSERT_EQ(lines.size(), 6U);
  for (const CheckLine& line : lines) {
    EXPECT_EQ(line.is_good, std::optional(true)) << line.text << ": " << line.advice;
    EXPECT_EQ(line.advice, "");
  }
}

TEST(SetupCheck, KnowsNothingInTheFirstMoment) {
  for (const CheckLine& line : lines_of({}, 0.5))
    EXPECT_FALSE(line.is_good.has_value()) << line.text;
}

/// Only the point in question is bad, and it says what to change.
void expect_only(const Scene& scene, Point wrong, const std::string& advice) {
  const auto lines = lines_of(scene);
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[wrong].is_good, std::optional(false)) << lines[wrong].text;
  EXPECT_THAT(lines[wrong].advice, HasSubstr(advice));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool is_meant = i == static_cast<std::size_t>(wrong);
    EXPECT_EQ(lines[i].is_good == std::optional(false), is_meant) << lines[i].text;
  }
}

TEST(SetupCheck, SaysWhatToChange) {
  Scene dark;
  dark.brightness = 30;
  expect_only(dark, kLight, "more light");

  Scene bright;
  bright.brightness = 252;
  expect_only(bright, kLight, "less light");

  Scene slow;
  slow.frame_rate_hz = 9;
  expect_only(slow, kRate, "more light");

  Scene far;
  far.how.size = 0.08;
  expect_only(far, kDistance, "come closer");

  Scene one_hand;
  one_hand.has_left_hand = false;
  expect_only(one_hand, kHands, "keep hands in view");

  Scene at_the_side;
  at_the_side.how.centre_x = 0.22;
  expect_only(at_the_side, kEdges, "step back");
}

TEST(SetupCheck, TellsLightFromBehindFromDarkness) {
  Scene scene;
  scene.brightness = 190;
  scene.paint = [](Image& image) {  // a dark person before a bright wall
    for (int y = 120; y < 480; ++y) {
      std::fill_n(image.data() + static_cast<std::size_t>(y) * image.row_stride() + 3 * 240,
                  3 * 160, std::uint8_t{25});
    }
  };
  expect_only(scene, kLight, "turn round");
}

/// The picture of a camera that was turned a quarter to the right, of somebody seen to the hips.
void turn_quarter(Landmarks& landmarks) {
  for (const std::size_t hip : {kLeftHip, kRightHip}) landmarks.pose->points[hip].y = 0.9F;
  const auto turn = [](auto& points) {
    for (auto& point : points) point = {1 - point.y, point.x, point.z};
  };
  std::swap(landmarks.image_width, landmarks.image_height);
  if (landmarks.pose) turn(landmarks.pose->points);
  if (landmarks.left_hand) turn(landmarks.left_hand->points);
  if (landmarks.right_hand) turn(landmarks.right_hand->points);
}

TEST(SetupCheck, NoticesAPictureThatLiesOnItsSide) {
  for (const auto& known : {std::optional<bool>(), std::optional<bool>(true)}) {
    Scene scene;
    scene.change = turn_quarter;
    if (known)
      scene.needs =
          SetupNeeds{.body = true, .left_hand = true, .right_hand = true, .is_upright = known};
    const CheckLine line = lines_of(scene)[kPerson];
    EXPECT_EQ(line.is_good, std::optional(false));
    EXPECT_EQ(line.text + ": " + line.advice,
              "the picture lies on its side: turn the camera, or the video a quarter turn");
  }
}

TEST(SetupCheck, LetsPeopleLieWhereThatIsTaught) {
  Scene scene;
  scene.change = turn_quarter;
  scene.needs =
      SetupNeeds{.body = true, .left_hand = true, .right_hand = true, .is_upright = false};
  EXPECT_EQ(lines_of(scene)[kPerson].is_good, std::optional(true));
}

TEST(SetupCheck, TakesWhoLiesAndIsSeenFromTheSideForWhatHeIs) {
  Scene scene;
  scene.change = [](Landmarks& landmarks) {  // as in push-ups: one shoulder behind the other
    turn_quarter(landmarks);
    auto& points = landmarks.pose->points;
    points[kLeftShoulder].y = points[kRightShoulder].y + 0.02F;
  };
  EXPECT_THAT(lines_of(scene)[kPerson].text, ::testing::Not(HasSubstr("side")));
}

TEST(SetupCheck, NobodyInThePicture) {
  Scene empty;
  empty.change = [](Landmarks& landmarks) {
    landmarks.pose.reset();
    landmarks.left_hand.reset();
    landmarks.right_hand.reset();
  };
  const auto lines = lines_of(empty);
  EXPECT_EQ(lines[kPerson].is_good, std::optional(false));
  EXPECT_THAT(lines[kPerson].text, HasSubstr("nobody"));
}

TEST(SetupCheck, CloseUpOfHandsNeedsNoBody) {
  Scene hands;
  hands.change = [](Landmarks& landmarks) { landmarks.pose.reset(); };
  for (const CheckLine& line : lines_of(hands))
    EXPECT_NE(line.is_good, std::optional(false)) << line.text;
}

TEST(SetupCheck, WhatACraftDoesNotNeedIsNotAskedFor) {
  Scene scene;
  scene.has_left_hand = false;
  scene.needs = SetupNeeds{true, false, true};
  EXPECT_EQ(lines_of(scene)[kHands].is_good, std::optional(true));
}

}  // namespace
}  // namespace kata
