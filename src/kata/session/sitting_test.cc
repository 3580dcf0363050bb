// SPDX-License-Identifier: Apache-2.0
#include "kata/session/sitting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "kata/core/topology.h"
#include "kata/learn/movement_for_test.h"
#include "kata/session/sides.h"

namespace kata {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kFrame_s = 1.0 / 25;

std::shared_ptr<const Judge> polishing_judge() {
  static const std::shared_ptr<const Judge> judge = [] {
    Random random(7);
    test::Performance wrong;
    wrong.height = 0.7;
    auto lessons = test::taught("polish", Label::kCorrect, {}, 8, random);
    for (auto& one : test::taught("polish", Label::kIncorrect, wrong, 8, random))
      lessons.push_back(std::move(one));
    TrainOptions options;
    options.with_report = false;
    return train_judge(lessons, options).judge;
  }();
  return judge;
}

/// Rest and repetitions one after the other, as a camera would see them.
class Learner {
 public:
  void rest(double duration_s, const test::Performance& how = {}) {
    for (double t = 0; t < duration_s; t += kFrame_s) add(test::pose_at(how, 0, random_));
  }
  void perform(const test::Performance& how) {
    for (const Landmarks& frame : test::perform(how, random_)) add(frame);
  }
  const std::vector<Landmarks>& frames() const { return frames_; }

 private:
  void add(Landmarks frame) {
    frame.timestamp = timestamp_from_seconds(static_cast<double>(frames_.size()) * kFrame_s);
    frames_.push_back(frame);
  }
  Random random_{11};
  std::vector<Landmarks> frames_;
};

/// Right, wrong, right.
std::vector<Landmarks> three_repetitions() {
  Learner learner;
  test::Performance wrong;
  wrong.height = 0.7;
  learner.rest(1);
  learner.perform({});
  learner.rest(1);
  learner.perform(wrong);
  learner.rest(1);
  learner.perform({});
  learner.rest(1);
  return learner.frames();
}

std::vector<Verdict> verdicts_of(Sitting& sitting, const std::vector<Landmarks>& frames) {
  std::vector<Verdict> verdicts;
  const auto add = [&](const std::vector<Verdict>& some) {
    verdicts.insert(verdicts.end(), some.begin(), some.end());
  };
  for (const Landmarks& frame : frames) add(sitting.step(frame));
  add(sitting.finish());
  return verdicts;
}

TEST(Sitting, CountsByVerdictAndForgetsOnReset) {
  Sitting sitting(polishing_judge());
  const auto verdicts = verdicts_of(sitting, three_repetitions());
  ASSERT_EQ(verdicts.size(), 3U);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kCorrect);
  EXPECT_EQ(verdicts[1].kind, VerdictKind::kIncorrect);
  EXPECT_EQ(verdicts[2].kind, VerdictKind::kCorrect);
  EXPECT_EQ(sitting.tally().correct, 2);
  EXPECT_EQ(sitting.tally().incorrect, 1);
  EXPECT_EQ(sitting.tally().repetitions, 3);
  EXPECT_EQ(sitting.scene().recent.size(), 3U);
  sitting.reset_tally();
  EXPECT_EQ(sitting.tally().repetitions, 0);
  EXPECT_TRUE(sitting.scene().recent.empty());
  EXPECT_FALSE(sitting.scene().verdict);
}

void take_hands_from(std::vector<Landmarks>& frames) {
  for (Landmarks& frame : frames) {
    frame.left_hand.reset();
    frame.right_hand.reset();
  }
}

/// A hand that flutters over the picture.
void give_hands_to(std::vector<Landmarks>& frames) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    for (const Side side : {Side::kLeft, Side::kRight}) {
      Hand hand;
      hand.confidence = 1;
      for (std::size_t point = 0; point < kHandPoints; ++point) {
        const double turn = 0.9 * static_cast<double>(i) + 0.3 * static_cast<double>(point);
        hand.points[point] = {static_cast<float>(0.5 + 0.4 * std::sin(turn)),
                              static_cast<float>(0.5 + 0.4 * std::cos(turn)), 0};
      }
      frames[i].hand(side) = hand;
    }
  }
}

TEST(Sitting, WhatIsNotToldIsCountedButNotShown) {
  SittingOptions options;
  options.feedback.policy = FeedbackPolicy::kOnRequest;
  Sitting sitting(polishing_judge(), options);
  std::size_t told = 0;
  for (const Landmarks& frame : three_repetitions()) {
    sitting.step(frame);
    told += sitting.told().size();
  }
  sitting.finish();
  EXPECT_EQ(told + sitting.told().size(), 0U);
  EXPECT_EQ(sitting.tally().repetitions, 3);
  const OverlayScene silent = sitting.scene();
  EXPECT_FALSE(silent.verdict);
  EXPECT_TRUE(silent.recent.empty());
  EXPECT_EQ(silent.correct + silent.incorrect, 0);
  const auto asked = sitting.ask();
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->kind, VerdictKind::kCorrect);
  EXPECT_EQ(sitting.scene().correct, 2) << "the picture shows it all now";
  EXPECT_FALSE(sitting.ask()) << "it was told";
}

TEST(Sitting, WatchesWithoutHandsWhatWasTaughtWithout) {
  Random random(7);
  test::Performance wrong;
  wrong.height = 0.7;
  auto lessons = test::taught("polish", Label::kCorrect, {}, 8, random);
  for (auto& one : test::taught("polish", Label::kIncorrect, wrong, 8, random))
    lessons.push_back(std::move(one));
  for (Repetition& lesson : lessons) take_hands_from(lesson.frames);
  TrainOptions options;
  options.with_report = false;
  const auto judge = train_judge(lessons, options).judge;
  EXPECT_FALSE(judge->uses_hands());
  auto bodies = three_repetitions();
  take_hands_from(bodies);
  auto with_hands = bodies;
  give_hands_to(with_hands);
  Sitting as_taught(judge);
  Sitting as_seen(judge);
  const auto expected = verdicts_of(as_taught, bodies);
  const auto verdicts = verdicts_of(as_seen, with_hands);
  ASSERT_EQ(expected.size(), 3U);
  ASSERT_EQ(verdicts.size(), expected.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].kind, expected[i].kind);
    EXPECT_EQ(verdicts[i].score, expected[i].score);
    EXPECT_EQ(verdicts[i].start, expected[i].start);
  }
}

TEST(Sitting, LeftHandedLearnerGetsTheSameVerdictsInTheirOwnSides) {
  const auto frames = three_repetitions();
  std::vector<Landmarks> left_handed;
  for (const Landmarks& frame : frames) left_handed.push_back(mirrored(frame));
  Sitting as_taught(polishing_judge());
  Sitting swapped(polishing_judge(), {.swap_sides = true});
  const auto expected = verdicts_of(as_taught, frames);
  const auto verdicts = verdicts_of(swapped, left_handed);
  ASSERT_EQ(verdicts.size(), expected.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].kind, expected[i].kind);
    EXPECT_EQ(verdicts[i].score, expected[i].score);
    EXPECT_EQ(verdicts[i].start, expected[i].start);
    ASSERT_EQ(verdicts[i].reasons.size(), expected[i].reasons.size());
    for (std::size_t k = 0; k < verdicts[i].reasons.size(); ++k) {
      EXPECT_EQ(verdicts[i].reasons[k].joint, with_swapped_sides(expected[i].reasons[k].joint));
    }
  }
  ASSERT_FALSE(expected[1].reasons.empty());
  EXPECT_THAT(expected[1].reasons[0].text, HasSubstr("right"));
  EXPECT_THAT(verdicts[1].reasons[0].text, HasSubstr("left"));
  EXPECT_THAT(verdicts[1].reasons[0].text, Not(HasSubstr("right")));
}

TEST(Sitting, LeftHandedLearnerIsFoundOutAndCountedAsWhoIsNot) {
  std::vector<Landmarks> left_handed;
  for (const Landmarks& frame : three_repetitions()) left_handed.push_back(mirrored(frame));
  Sitting sitting(polishing_judge());
  verdicts_of(sitting, left_handed);
  EXPECT_TRUE(sitting.update().is_mirrored);
  EXPECT_EQ(sitting.tally().correct, 2);
  EXPECT_EQ(sitting.tally().incorrect, 1);
}

TEST(Sides, OnlyWholeWordsChangePlaces) {
  EXPECT_EQ(with_swapped_sides("right_elbow"), "left_elbow");
  EXPECT_EQ(with_swapped_sides("left hand leftover, right."), "right hand leftover, left.");
  EXPECT_EQ(with_swapped_sides("bright uprights"), "bright uprights");
  EXPECT_EQ(with_swapped_sides(""), "");
}

double shoulders_apart_px(const Landmarks& a, const Landmarks& b) {
  double most = 0;
  for (const std::size_t i : {kLeftShoulder, kRightShoulder}) {
    const double dx = static_cast<double>(a.pose->points[i].x - b.pose->points[i].x) * 640;
    const double dy = static_cast<double>(a.pose->points[i].y - b.pose->points[i].y) * 480;
    most = std::max(most, std::hypot(dx, dy));
  }
  return most;
}

TEST(Sitting, GhostLiesOverALearnerOfAnotherSizeAndPlaceWhileARepetitionIsUnderWay) {
  test::Performance smaller;
  smaller.size = 0.17;
  smaller.centre_x = 0.7;
  Learner learner;
  learner.rest(1, smaller);
  learner.perform(smaller);
  learner.rest(1.5, smaller);
  Sitting sitting(polishing_judge());
  int ghosts = 0, under_way = 0;
  for (const Landmarks& frame : learner.frames()) {
    sitting.step(frame);
    const auto ghost = sitting.scene().ghost;
    under_way += sitting.update().movement ? 1 : 0;
    if (!ghost) continue;
    ++ghosts;
    EXPECT_LT(shoulders_apart_px(*ghost, frame), 0.17 * 480 * 0.25);
    EXPECT_EQ(ghost->image_width, frame.image_width);
  }
  EXPECT_GT(under_way, 10);
  EXPECT_GE(ghosts, under_way);
  EXPECT_FALSE(sitting.scene().ghost) << "at rest there is none";
  sitting.set_ghost(false);
  for (const Landmarks& frame : learner.frames()) {
    Landmarks later = frame;
    later.timestamp += std::chrono::seconds(10);
    sitting.step(later);
    EXPECT_FALSE(sitting.scene().ghost);
  }
}

TEST(Sitting, KeepsTheFramesOfTheNewestRepetitionsForAReport) {
  Sitting sitting(polishing_judge(), {.reported_repetitions = 2});
  const auto verdicts = verdicts_of(sitting, three_repetitions());
  ASSERT_EQ(sitting.reported().size(), 2U);
  EXPECT_EQ(sitting.reported()[0].verdict.kind, VerdictKind::kIncorrect);
  const ReportedRepetition& last = sitting.reported()[1];
  ASSERT_GT(last.learner.size(), 15U);
  EXPECT_EQ(last.learner.front().timestamp, last.verdict.start);
  EXPECT_EQ(last.learner.back().timestamp, last.verdict.end);
  ASSERT_TRUE(last.teacher);
  EXPECT_GT(last.teacher->size(), 15U);
  EXPECT_EQ(last.teacher, sitting.reported()[0].teacher) << "one for all repetitions";
}

TEST(Sitting, SkeletonShowsWhichJointsWereOff) {
  Learner learner;
  test::Performance wrong;
  wrong.height = 0.7;
  learner.rest(1);
  learner.perform(wrong);
  learner.rest(1);
  Sitting sitting(polishing_judge());
  EXPECT_FALSE(sitting.scene().is_coloured_by_error) << "nothing is judged yet";
  const auto verdicts = verdicts_of(sitting, learner.frames());
  ASSERT_EQ(verdicts.size(), 1U);
  const OverlayScene scene = sitting.scene();
  EXPECT_TRUE(scene.is_coloured_by_error);
  ASSERT_FALSE(scene.joint_errors.empty());
  EXPECT_EQ(scene.joint_errors.size(), verdicts[0].reasons.size());
  EXPECT_EQ(scene.joint_errors[0].first, verdicts[0].reasons[0].joint);
  EXPECT_EQ(scene.hint, verdicts[0].reasons[0].text);
}

/// The frames of a learner who goes out of the picture at `gone_s`.
std::vector<Landmarks> gone_at(double gone_s, std::vector<Landmarks> frames) {
  for (Landmarks& frame : frames) {
    if (seconds(frame.timestamp) < gone_s) continue;
    frame.pose.reset();
    frame.left_hand.reset();
    frame.right_hand.reset();
  }
  return frames;
}

TEST(Sitting, SaysThatItCannotSeeAndWhatToDo) {
  Learner learner;
  learner.rest(4);
  Sitting sitting(polishing_judge());
  for (const Landmarks& frame : gone_at(1, learner.frames())) sitting.step(frame);
  const OverlayScene scene = sitting.scene();
  EXPECT_TRUE(scene.cannot_see);
  EXPECT_FALSE(scene.hint.empty());
}

/// The wrist and the rest stand for a hand that is lost round a tool.
TEST(Sitting, AHandThatIsLostIsNoSilence) {
  test::Performance hidden;
  hidden.with_hand = false;
  Learner learner;
  learner.rest(1);
  learner.rest(4, hidden);
  Sitting sitting(polishing_judge());
  for (const Landmarks& frame : learner.frames()) sitting.step(frame);
  EXPECT_FALSE(sitting.update().cannot_see);
}

TEST(Sitting, AFreshVerdictStaysOnScreenWhenTheLearnerGoesOutOfSight) {
  Learner learner;
  learner.rest(1);
  learner.perform({});
  const double gone_s = static_cast<double>(learner.frames().size()) * kFrame_s;
  learner.rest(8);
  Sitting sitting(polishing_judge());
  bool was_hidden_behind_verdict = false;
  for (const Landmarks& frame : gone_at(gone_s + 0.4, learner.frames())) {
    sitting.step(frame);
    was_hidden_behind_verdict |= sitting.update().cannot_see && !sitting.scene().cannot_see;
  }
  ASSERT_EQ(sitting.tally().correct, 1);
  EXPECT_TRUE(was_hidden_behind_verdict);
  EXPECT_TRUE(sitting.scene().cannot_see);
}

/// Polishing without a pause, the whole time right, then the whole time wrong.
TEST(Sitting, WindowStrategyHoldsASteadyVerdictOverMovementWithoutEnd) {
  test::Performance right, wrong;
  wrong.height = 0.7;
  Learner learner;
  for (int i = 0; i < 8; ++i) learner.perform(right);
  const std::size_t turn = learner.frames().size();
  for (int i = 0; i < 8; ++i) learner.perform(wrong);
  Sitting sitting(polishing_judge(), {.strategy = Strategy::kWindow});
  int right_frames = 0, wrong_frames = 0, changes = 0;
  std::optional<VerdictKind> last;
  for (std::size_t i = 0; i < learner.frames().size(); ++i) {
    sitting.step(learner.frames()[i]);
    const auto standing = sitting.update().standing;
    if (!standing) continue;
    if (last && *last != standing->kind) ++changes;
    last = standing->kind;
    if (i < turn && standing->kind == VerdictKind::kCorrect) ++right_frames;
    if (i >= turn && standing->kind == VerdictKind::kIncorrect) ++wrong_frames;
  }
  const auto half = static_cast<double>(turn);
  EXPECT_GT(right_frames, 0.7 * half);
  EXPECT_GT(wrong_frames, 0.7 * half);
  EXPECT_LE(changes, 3) << "a verdict that flickers helps nobody";
}

TEST(Sitting, ConfirmsAsAskedAndTakesBack) {
  SittingOptions options;
  options.confirmed = {{1, Label::kCorrect}, {2, Label::kIncorrect}};
  Sitting sitting(polishing_judge(), options);
  std::vector<std::size_t> told;
  sitting.on_confirmed([&](std::size_t number, std::optional<Label>) { told.push_back(number); });
  for (const Landmarks& frame : three_repetitions()) sitting.step(frame);
  EXPECT_EQ(told, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(sitting.confirmed(2), Label::kIncorrect);
  EXPECT_EQ(sitting.undo(), 2U);
  EXPECT_EQ(sitting.confirmed(2), std::nullopt);
  EXPECT_EQ(sitting.undo(), 1U);
  EXPECT_EQ(sitting.undo(), 0U);
  EXPECT_FALSE(sitting.confirm(9, Label::kCorrect));
}

}  // namespace
}  // namespace kata
