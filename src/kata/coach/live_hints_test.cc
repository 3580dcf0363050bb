// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_hints.h"

#include <gtest/gtest.h>

#include "tests/support/generated_lessons.h"
#include "tests/support/movement_generator.h"

namespace kata {
namespace {

std::shared_ptr<const KnownMovements> known_curl() {
  std::vector<Repetition> right;
  test::add_repetitions(right, test::generate_take({}), Label::kCorrect, 1);
  auto known = std::make_shared<KnownMovements>();
  known->push_back(KnownMovement::learn(right, {}));
  return known;
}

/// A learner's minute before the camera, of whom nothing is recognised.
struct Minute {
  bool is_moving = true;
  bool cannot_see = false;
  double told_every_s = 0;
  double turned_by = 0;  ///< heights of the picture that the nose lies aside
  NearestSides nearest{};
};

Find far_by(double distance, double pace = 1, double reach = 1, bool is_mirrored = false) {
  Find find;
  find.distance = distance;
  find.end_s = pace * 1.6;
  find.reach = reach;
  find.is_mirrored = is_mirrored;
  return find;
}

std::vector<Hint> hints_in(const Minute& minute) {
  LiveHints hints(known_curl(), {"curl"});
  std::vector<Hint> given;
  CourseFrame frame = course_frame(test::stick_person(test::Shape::kCurl, 0, 1));
  frame.points[kCourseNose].x += static_cast<float>(minute.turned_by);
  double told_s = 0;
  for (frame.time_s = 0; frame.time_s < 60; frame.time_s += 0.04) {
    if (minute.told_every_s > 0 && frame.time_s - told_s > minute.told_every_s)
      hints.told(told_s = frame.time_s);
    if (auto hint = hints.step({frame, minute.nearest, minute.is_moving, minute.cannot_see}))
      given.push_back(*hint);
  }
  return given;
}

HintCause only_cause(const Minute& minute) {
  const auto hints = hints_in(minute);
  EXPECT_EQ(hints.size(), 2U) << "after 10 s, and once in 30 s";
  return hints.empty() ? HintCause::kNotSeen : hints.front().cause;
}

TEST(LiveHints, AreNotGivenWhileRepetitionsAreRecognised) {
  EXPECT_TRUE(hints_in({.told_every_s = 5}).empty());
}

TEST(LiveHints, TellWhoStandsStillToBegin) {
  EXPECT_EQ(only_cause({.is_moving = false}), HintCause::kNothingMoves);
}

TEST(LiveHints, DoNotTellToBeginWhoseMovementIsSmallAndNearToWhatWasTaught) {
  EXPECT_EQ(only_cause({.is_moving = false, .nearest = {far_by(1.3, 1.9), {}}}),
            HintCause::kSlower);
}

TEST(LiveHints, TellWhatCannotBeSeen) {
  EXPECT_EQ(only_cause({.cannot_see = true}), HintCause::kNotSeen);
}

TEST(LiveHints, TellThatTheMovementIsAnother) {
  EXPECT_EQ(only_cause({.nearest = {far_by(4), far_by(4)}}), HintCause::kOtherMovement);
}

TEST(LiveHints, TellWhatDiffersWhereItIsNear) {
  EXPECT_EQ(only_cause({.nearest = {far_by(1.3, 1.9), {}}}), HintCause::kSlower);
  EXPECT_EQ(only_cause({.nearest = {far_by(1.3, 0.55), {}}}), HintCause::kFaster);
  EXPECT_EQ(only_cause({.nearest = {far_by(1.3, 1, 1.5), {}}}), HintCause::kLarger);
  EXPECT_EQ(only_cause({.nearest = {far_by(1.3, 1, 0.6), {}}}), HintCause::kSmaller);
}

TEST(LiveHints, TellThatTheCameraStandsElsewhere) {
  EXPECT_EQ(only_cause({.turned_by = 0.08, .nearest = {far_by(1.3), {}}}), HintCause::kCameraSide);
}

TEST(LiveHints, TellThatTheOtherHandWorks) {
  EXPECT_EQ(only_cause({.nearest = {far_by(3), far_by(1.2, 1, 1, true)}}), HintCause::kOtherHand);
}

}  // namespace
}  // namespace kata
