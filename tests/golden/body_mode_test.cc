// SPDX-License-Identifier: Apache-2.0
// Body mode: the body as MediaPipe Holistic's rules find it, digit for digit, and no hands.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

constexpr int kFrames = 40;

std::vector<Landmarks> tracked(const LandmarkerOptions& options) {
  const auto source = make_source(test::source_path("demo/hammer-teacher-right.mp4").string());
  const auto landmarker = make_landmarker(options);
  std::vector<Landmarks> frames;
  for (int i = 0; i < kFrames; ++i) {
    const auto frame = source->next();
    if (!frame) break;
    frames.push_back(landmarker->detect(frame->image->view(), frame->timestamp));
  }
  return frames;
}

bool is_same(const PointInUnit& a, const PointInUnit& b) {
  return a.x == b.x && a.y == b.y && a.z == b.z;
}

TEST(BodyMode, FindsTheBodyThatHolisticFindsAndNoHands) {
  const auto alone = tracked({.mode = LandmarkMode::kBody});
  const auto holistic = tracked({.mode = LandmarkMode::kHolistic});
  ASSERT_EQ(alone.size(), std::size_t{kFrames});
  int with_hands = 0;
  for (std::size_t i = 0; i < alone.size(); ++i) {
    ASSERT_TRUE(alone[i].pose && holistic[i].pose) << i;
    for (std::size_t point = 0; point < kPosePoints; ++point) {
      EXPECT_TRUE(is_same(alone[i].pose->points[point], holistic[i].pose->points[point]))
          << i << " " << point;
    }
    EXPECT_FALSE(alone[i].left_hand || alone[i].right_hand) << i;
    with_hands += holistic[i].left_hand || holistic[i].right_hand ? 1 : 0;
  }
  EXPECT_GT(with_hands, kFrames / 2) << "there are hands to be left out";
}

TEST(BodyMode, HasTheFaceWhereAsked) {
  const auto frames = tracked({.mode = LandmarkMode::kBody, .with_face = true});
  int faces = 0;
  for (const Landmarks& frame : frames) faces += frame.face ? 1 : 0;
  EXPECT_GT(faces, kFrames / 2);
}

}  // namespace
}  // namespace kata
