// SPDX-License-Identifier: Apache-2.0
// What auto mode promises, on whole clips: hands by themselves in a close-up, no body that is not
// there, as many hands as MediaPipe Holistic 0.10.14 finds (its counts: ./dev bench --peers
// "landmark accuracy").
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

std::vector<Landmarks> tracked(const std::filesystem::path& clip,
                               const LandmarkerOptions& options = {}) {
  const auto source = make_source(clip.string());
  const auto landmarker = make_landmarker(options);
  std::vector<Landmarks> frames;
  while (const auto frame = source->next()) {
    frames.push_back(landmarker->detect(frame->image->view(), frame->timestamp));
  }
  return frames;
}

double distance(const Hand& a, const Hand& b) {
  double sum = 0;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    sum += std::hypot(a.points[i].x - b.points[i].x, a.points[i].y - b.points[i].y);
  }
  return sum / kHandPoints;
}

/// Frames in which a hand continues what was the other side's hand before.
int identity_changes(const std::vector<Landmarks>& frames) {
  int changes = 0;
  std::optional<Hand> last[2];
  for (const Landmarks& frame : frames) {
    for (const Side side : {Side::kLeft, Side::kRight}) {
      const auto& hand = frame.hand(side);
      const std::size_t own = side == Side::kLeft ? 0 : 1;
      if (hand && last[own] && last[1 - own]) {
        changes += distance(*hand, *last[1 - own]) < distance(*hand, *last[own]) ? 1 : 0;
      }
    }
    if (frame.left_hand) last[0] = frame.left_hand;
    if (frame.right_hand) last[1] = frame.right_hand;
  }
  return changes;
}

TEST(AutoMode, SeesTwoHandsAndNoBodyInACloseUp) {
  KATA_NEEDS_SHARED("data/seed/clay.mp4");
  const auto frames = tracked(test::shared_path("data/seed/clay.mp4"));
  ASSERT_EQ(frames.size(), 212u);
  int two_hands = 0;
  int bodies = 0;
  for (const Landmarks& frame : frames) {
    two_hands += frame.left_hand && frame.right_hand ? 1 : 0;
    bodies += frame.pose ? 1 : 0;
  }
  EXPECT_GE(two_hands, 0.95 * 212);
  EXPECT_LE(bodies, 0.05 * 212);
  EXPECT_LE(identity_changes(frames), 2) << "one exchange counts once for each hand";
}

struct PersonInView {
  const char* clip;
  int hands_of_mediapipe;
};

void PrintTo(const PersonInView& person, std::ostream* stream) { *stream << person.clip; }

class AutoModeOnPeople : public ::testing::TestWithParam<PersonInView> {};

TEST_P(AutoModeOnPeople, KeepsTheBodyAndFindsAsManyHandsAsMediaPipe) {
  const std::string clip = std::string("data/videos/") + GetParam().clip + "_mediapipe.mp4";
  KATA_NEEDS_SHARED(clip);
  const auto frames = tracked(test::shared_path(clip));
  int bodies = 0;
  int hands = 0;
  for (const Landmarks& frame : frames) {
    bodies += frame.pose ? 1 : 0;
    hands += int{frame.left_hand.has_value()} + int{frame.right_hand.has_value()};
  }
  EXPECT_GE(bodies, 0.98 * static_cast<double>(frames.size()));
  EXPECT_GE(hands, GetParam().hands_of_mediapipe);
}

INSTANTIATE_TEST_SUITE_P(Clips, AutoModeOnPeople,
                         ::testing::Values(PersonInView{"dance", 116}, PersonInView{"selfie", 310},
                                           PersonInView{"squats", 0}, PersonInView{"pushups", 0}),
                         [](const auto& test) { return std::string(test.param.clip); });

TEST(AutoMode, HasTheFaceWhereAskedAndThePartsAreTheSame) {
  const auto clip = test::source_path("demo/hammer-teacher-right.mp4");
  const auto source = make_source(clip.string());
  const auto with = make_landmarker({.with_face = true});
  const auto without = make_landmarker();
  int faces = 0;
  for (int i = 0; i < 30; ++i) {
    const auto frame = source->next();
    ASSERT_TRUE(frame);
    const Landmarks a = with->detect(frame->image->view(), frame->timestamp);
    const Landmarks b = without->detect(frame->image->view(), frame->timestamp);
    ASSERT_TRUE(a.pose && b.pose);
    EXPECT_FALSE(b.face);
    faces += a.face ? 1 : 0;
    EXPECT_EQ(a.pose->points[0].x, b.pose->points[0].x);
    ASSERT_EQ(a.left_hand.has_value(), b.left_hand.has_value());
    if (a.left_hand) {
      EXPECT_EQ(a.left_hand->points[8].x, b.left_hand->points[8].x);
    }
    if (!a.face) continue;
    // The nose's tip of the face lies near the body's nose.
    EXPECT_NEAR(a.face->points[1].x, a.pose->points[0].x, 0.03);
    EXPECT_NEAR(a.face->points[1].y, a.pose->points[0].y, 0.03);
  }
  EXPECT_GE(faces, 28);
}

}  // namespace
}  // namespace kata
