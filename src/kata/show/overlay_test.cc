// SPDX-License-Identifier: Apache-2.0
#include "kata/show/overlay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "kata/core/topology.h"

namespace kata {
namespace {

struct Area {
  int left = 0;
  int top = 0;
  int right = 0;   ///< outside
  int bottom = 0;  ///< outside
};

Image grey_picture(int width, int height, PixelFormat format = PixelFormat::kBgr) {
  Image image(width, height, format);
  std::fill_n(image.data(), image.row_stride() * static_cast<std::size_t>(height),
              std::uint8_t{128});
  return image;
}

const std::uint8_t* pixel(const Image& image, int x, int y) {
  return image.data() + static_cast<std::size_t>(y) * image.row_stride() +
         static_cast<std::size_t>(3 * x);
}

template <typename Test>
int count(const Image& image, const Area& area, Test test) {
  int found = 0;
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      const std::uint8_t* p = pixel(image, x, y);
      found += test(p[2], p[1], p[0]) ? 1 : 0;
    }
  }
  return found;
}

bool is_green(int r, int g, int b) { return g > 150 && r < 120 && b < 180; }
bool is_red(int r, int g, int b) { return r > 200 && g < 130 && b < 130; }
bool is_changed(int r, int g, int b) { return r != 128 || g != 128 || b != 128; }

Area upper_left(const Image& image) { return {0, 0, image.width() / 2, image.height() / 3}; }
Area all(const Image& image) { return {0, 0, image.width(), image.height()}; }

/// A body of which only one point was really seen.
Landmarks one_point(std::size_t index, float x, float y) {
  Landmarks landmarks;
  Pose& pose = landmarks.pose.emplace();
  pose.points[index] = {x, y, 0};
  pose.visibility[index] = 1;
  return landmarks;
}

OverlayScene judged(VerdictKind kind) {
  OverlayScene scene;
  scene.with_score = true;
  scene.movement = "saw";
  scene.verdict.emplace();
  scene.verdict->kind = kind;
  scene.verdict->score = 70;
  return scene;
}

TEST(Overlay, LeavesThePictureAloneWhenThereIsNothingToSay) {
  const Image drawn = draw_overlay(grey_picture(640, 480), {});
  EXPECT_EQ(drawn.width(), 640);
  EXPECT_EQ(drawn.height(), 480);
  EXPECT_EQ(count(drawn, all(drawn), is_changed), 0);
}

TEST(Overlay, EnlargesSmallPicturesAndKeepsTheirShape) {
  const Image drawn = draw_overlay(grey_picture(320, 240), {});
  EXPECT_EQ(drawn.width(), 640);
  EXPECT_EQ(drawn.height(), 480);
  EXPECT_EQ(draw_overlay(grey_picture(310, 174), {}).width() % 2, 0) << "videos need even sizes";
  EXPECT_EQ(draw_overlay(grey_picture(1921, 1081), {}).width(), 1921);
}

TEST(Overlay, ShowsThePictureAsInAMirror) {
  Image picture = grey_picture(640, 480);
  std::fill_n(picture.data() + 240 * picture.row_stride(), 30, std::uint8_t{0});
  const auto is_black = [](int r, int g, int b) { return r + g + b == 0; };
  const Area right_end = {630, 240, 640, 241};
  const Area left_end = {0, 240, 10, 241};
  OverlayScene scene;
  EXPECT_EQ(count(draw_overlay(picture, scene), right_end, is_black), 10);
  scene.is_mirrored = false;
  EXPECT_EQ(count(draw_overlay(picture, scene), left_end, is_black), 10);
}

TEST(Overlay, DrawsAJointWhereThePersonIsInThePicture) {
  OverlayScene scene;
  scene.landmarks = one_point(kLeftKnee, 0.25f, 0.5f);
  for (const bool is_mirrored : {true, false}) {
    scene.is_mirrored = is_mirrored;
    const Image drawn = draw_overlay(grey_picture(640, 480), scene);
    const int x = is_mirrored ? 480 : 160;
    EXPECT_GT(count(drawn, {x - 3, 237, x + 3, 243}, is_changed), 20);
    EXPECT_EQ(count(drawn, {640 - x - 10, 230, 640 - x + 10, 250}, is_changed), 0);
  }
}

TEST(Overlay, HidesWhatWasNotReallySeen) {
  OverlayScene scene;
  scene.landmarks = one_point(kLeftKnee, 0.25f, 0.5f);
  scene.landmarks.pose->visibility[kLeftKnee] = 0.2f;
  const Image drawn = draw_overlay(grey_picture(640, 480), scene);
  EXPECT_EQ(count(drawn, all(drawn), is_changed), 0);
}

TEST(Overlay, SurvivesPointsFarOutside) {
  OverlayScene scene;
  scene.landmarks = one_point(kLeftKnee, 1e30f, -1e30f);
  scene.landmarks.pose->points[kLeftAnkle] = {-50, 70, 0};
  scene.landmarks.pose->visibility[kLeftAnkle] = 1;
  scene.ghost = scene.landmarks;
  EXPECT_EQ(draw_overlay(grey_picture(640, 480), scene).width(), 640);
}

TEST(Overlay, NamesTheMovementInGreenForRightAndRedForWrong) {
  const Image right = draw_overlay(grey_picture(640, 480), judged(VerdictKind::kCorrect));
  const Image wrong = draw_overlay(grey_picture(640, 480), judged(VerdictKind::kIncorrect));
  EXPECT_GT(count(right, upper_left(right), is_green), 400);
  EXPECT_EQ(count(right, upper_left(right), is_red), 0);
  EXPECT_GT(count(wrong, upper_left(wrong), is_red), 400);
  EXPECT_EQ(count(wrong, upper_left(wrong), is_green), 0);
}

TEST(Overlay, TellsRightFromWrongWithoutColour) {
  const auto bright = [](int r, int g, int b) { return r > 230 && g > 230 && b > 230; };
  const Image right = draw_overlay(grey_picture(640, 480), judged(VerdictKind::kCorrect));
  const Image wrong = draw_overlay(grey_picture(640, 480), judged(VerdictKind::kIncorrect));
  EXPECT_NE(count(right, upper_left(right), bright), count(wrong, upper_left(wrong), bright))
      << "the words differ";
}

TEST(Overlay, MarksTheJointThatIsFarOffInRed) {
  OverlayScene scene;
  scene.landmarks = one_point(kRightElbow, 0.5f, 0.5f);
  scene.joint_errors = {{"right_elbow", 1.0}};
  const Image off = draw_overlay(grey_picture(640, 480), scene);
  scene.joint_errors = {{"left_knee", 1.0}};
  const Image fine = draw_overlay(grey_picture(640, 480), scene);
  const Area joint = {310, 230, 330, 250};
  EXPECT_GT(count(off, joint, is_red), 30);
  EXPECT_EQ(count(fine, joint, is_red), 0);
  EXPECT_GT(count(off, joint, is_changed), count(fine, joint, is_changed)) << "and larger";
}

TEST(Overlay, LaysTheGhostBelowTheLearner) {
  OverlayScene scene;
  scene.ghost = one_point(kLeftKnee, 0.5f, 0.5f);
  scene.ghost->pose->points[kLeftAnkle] = {0.5f, 0.8f, 0};
  scene.ghost->pose->visibility[kLeftAnkle] = 1;
  const Image drawn = draw_overlay(grey_picture(640, 480), scene);
  const auto is_pale = [](int r, int g, int b) { return b > 150 && b < 250 && r > 128 && g > 128; };
  EXPECT_GT(count(drawn, {310, 250, 330, 380}, is_pale), 500);
}

TEST(Overlay, ShowsTheSpeedOnlyWhenItIsKnown) {
  OverlayScene scene;
  scene.frame_rate_hz = 25;
  const Image drawn = draw_overlay(grey_picture(640, 480), scene);
  EXPECT_GT(count(drawn, {480, 430, 640, 480}, is_changed), 500);
  EXPECT_EQ(count(drawn, {0, 0, 640, 400}, is_changed), 0);
}

TEST(Overlay, ShowsTheCountdownAndTheKeysInTheMiddle) {
  const auto bright = [](int r, int g, int b) { return r > 230 && g > 230 && b > 230; };
  OverlayScene counting;
  counting.banner = "3";
  const Image three = draw_overlay(grey_picture(640, 480), counting);
  EXPECT_GT(count(three, {270, 160, 370, 320}, bright), 1000);
  EXPECT_EQ(count(three, {0, 0, 200, 480}, is_changed), 0);
  OverlayScene helping;
  helping.help = {{"q", "quit"}, {"space", "pause"}};
  const Image keys = draw_overlay(grey_picture(640, 480), helping);
  EXPECT_GT(count(keys, {200, 180, 440, 300}, bright), 100);
}

TEST(Overlay, CannotSeeTakesTheVerdictsPlaceInAmber) {
  const auto is_amber = [](int r, int g, int b) { return r > 230 && g > 170 && b < 120; };
  OverlayScene scene = judged(VerdictKind::kCorrect);
  scene.cannot_see = true;
  const Image drawn = draw_overlay(grey_picture(640, 480), scene);
  EXPECT_GT(count(drawn, upper_left(drawn), is_amber), 400);
  EXPECT_EQ(count(drawn, upper_left(drawn), is_green), 0);
}

TEST(Overlay, JointsWithoutAnErrorAreDrawnAsRightWhenColouredByError) {
  OverlayScene scene;
  scene.landmarks = one_point(kRightElbow, 0.5f, 0.5f);
  const Image by_side = draw_overlay(grey_picture(640, 480), scene);
  scene.is_coloured_by_error = true;
  const Image by_error = draw_overlay(grey_picture(640, 480), scene);
  const auto is_teal = [](int r, int g, int b) { return g > r + 60 && g > b; };
  const Area joint = {310, 230, 330, 250};
  EXPECT_EQ(count(by_side, joint, is_teal), 0);
  EXPECT_GT(count(by_error, joint, is_teal), 30);
}

TEST(Overlay, ChecksSayWhatIsGoodAndWhatToChange) {
  OverlayScene scene;
  scene.checks = {{true, "the light is good", ""},
                  {false, "too far away", "come closer to the camera"}};
  const Image drawn = draw_overlay(grey_picture(640, 480), scene);
  EXPECT_GT(count(drawn, upper_left(drawn), is_green), 50);
  EXPECT_GT(count(drawn, upper_left(drawn), is_red), 50);
  scene.checks[1] = {true, "the distance is right", ""};
  const Image good = draw_overlay(grey_picture(640, 480), scene);
  EXPECT_EQ(count(good, upper_left(good), is_red), 0);
}

TEST(Overlay, TakesEveryPixelFormatAndAnySize) {
  OverlayScene scene = judged(VerdictKind::kUnsure);
  scene.movement = "a movement with a name that is far too long for any of these pictures";
  scene.hint = "a hint that is far too long as well, with ümläuts, 掌 and \xFF broken bytes in it";
  scene.phase = 1.7;
  scene.correct = 100000;
  scene.recent.assign(40, VerdictKind::kOther);
  scene.checks.assign(
      8, {false, "a check with a text that is too long", "and advice without end or pity"});
  for (const PixelFormat format : {PixelFormat::kGray, PixelFormat::kRgb, PixelFormat::kBgr,
                                   PixelFormat::kRgba, PixelFormat::kBgra}) {
    for (const auto& [width, height] : {std::pair{16, 16}, {31, 200}, {200, 31}, {720, 1280}}) {
      const Image drawn = draw_overlay(grey_picture(width, height, format), scene);
      EXPECT_GE(drawn.height(), 480);
      EXPECT_EQ(drawn.format(), PixelFormat::kBgr);
    }
  }
}

TEST(Overlay, IsTheSameEveryTime) {
  OverlayScene scene = judged(VerdictKind::kCorrect);
  scene.landmarks = one_point(kNose, 0.5f, 0.2f);
  const Image first = draw_overlay(grey_picture(640, 480), scene);
  const Image second = draw_overlay(grey_picture(640, 480), scene);
  EXPECT_TRUE(std::equal(first.data(), first.data() + first.row_stride() * 480, second.data()));
}

}  // namespace
}  // namespace kata
