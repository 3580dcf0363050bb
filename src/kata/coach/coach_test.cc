// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/coach.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/topology.h"
#include "kata/learn/judge.h"
#include "tests/support/generated_lessons.h"
#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::add_repetitions;
using test::generate_take;
using test::GeneratedTake;
using test::MovementPlan;
using test::Shape;

/// Right: a full curl; wrong: half of it.
std::shared_ptr<const Judge> curl_judge() {
  static const auto judge = [] {
    std::vector<Repetition> lessons;
    MovementPlan plan;
    plan.repetitions = 6;
    add_repetitions(lessons, generate_take(plan), Label::kCorrect, 1);
    plan.amplitude = 0.5;
    plan.seed = 2;
    add_repetitions(lessons, generate_take(plan), Label::kIncorrect, 2);
    return train_judge(lessons, {.with_report = false}).judge;
  }();
  return judge;
}

struct Watched {
  std::vector<Verdict> verdicts;
  std::vector<Hint> hints;
  bool is_mirrored = false;
  std::vector<double> delays_s;
  bool saw_phase = false;
  bool saw_foreign = false;
  bool could_not_see = false;
};

Watched watch(const GeneratedTake& take, const CoachOptions& options = {}) {
  Coach coach(curl_judge(), options);
  Watched watched;
  for (const Landmarks& frame : take.frames) {
    const CoachUpdate update = coach.update(frame);
    for (const Verdict& verdict : update.finished) {
      watched.verdicts.push_back(verdict);
      watched.delays_s.push_back(seconds(frame.timestamp - verdict.end));
    }
    watched.saw_phase = watched.saw_phase || (update.movement && update.phase > 0.5);
    watched.saw_foreign = watched.saw_foreign || update.foreign_ended;
    watched.is_mirrored = update.is_mirrored;
    if (update.hint) watched.hints.push_back(*update.hint);
    watched.could_not_see = watched.could_not_see || update.cannot_see.has_value();
  }
  return watched;
}

MovementPlan learner() {
  MovementPlan plan;
  plan.seed = 7;
  plan.rest_s = 1;
  plan.duration_s = 1.9;
  return plan;
}

TEST(Coach, FindsEveryRightRepetitionAndSaysSo) {
  const Watched watched = watch(generate_take(learner()));
  ASSERT_EQ(watched.verdicts.size(), 8U);
  const auto right = std::count_if(watched.verdicts.begin(), watched.verdicts.end(),
                                   [](const auto& v) { return v.kind == VerdictKind::kCorrect; });
  EXPECT_GE(right, 7);
  EXPECT_TRUE(watched.saw_phase);
}

TEST(Coach, VerdictsComeSoonAfterTheEnd) {
  const Watched watched = watch(generate_take(learner()));
  ASSERT_FALSE(watched.delays_s.empty());
  double sum = 0;
  for (const double delay : watched.delays_s) sum += delay;
  EXPECT_LE(sum / static_cast<double>(watched.delays_s.size()), 0.3);
}

TEST(Coach, CallsHalfMovementsWrong) {
  MovementPlan plan = learner();
  plan.amplitude = 0.5;
  const Watched watched = watch(generate_take(plan));
  ASSERT_GE(watched.verdicts.size(), 7U);
  for (const Verdict& verdict : watched.verdicts) EXPECT_NE(verdict.kind, VerdictKind::kCorrect);
}

TEST(Coach, AnotherMovementGetsNoVerdict) {
  MovementPlan plan = learner();
  plan.shape = Shape::kSquat;
  EXPECT_TRUE(watch(generate_take(plan)).verdicts.empty());
}

/// What the coach could not see, by name.
std::vector<std::string> missing_of(const std::vector<Landmarks>& frames,
                                    const std::shared_ptr<const Judge>& judge) {
  Coach coach(judge);
  std::vector<std::string> missing;
  for (const Landmarks& frame : frames) {
    if (const auto unseen = coach.update(frame).cannot_see) {
      missing.insert(missing.end(), unseen->missing.begin(), unseen->missing.end());
    }
  }
  return missing;
}

/// The same in the picture of a camera that was turned a quarter to the right.
std::vector<Landmarks> turned_quarter(std::vector<Landmarks> frames) {
  for (Landmarks& frame : frames) {
    std::swap(frame.image_width, frame.image_height);
    for (auto& point : frame.pose->points) point = {1 - point.y, point.x, point.z};
  }
  return frames;
}

TEST(Coach, SaysThatThePictureLiesOnItsSide) {
  const std::vector<Landmarks> upright = generate_take(learner()).frames;
  const auto is_level = [](const std::string& part) { return part == "level"; };
  EXPECT_EQ(std::ranges::count_if(missing_of(upright, curl_judge()), is_level), 0);
  EXPECT_GT(std::ranges::count_if(missing_of(turned_quarter(upright), curl_judge()), is_level),
            static_cast<std::ptrdiff_t>(upright.size() / 2));
}

TEST(Coach, LetsTheLearnerLieWhereThatIsTaught) {
  std::vector<Repetition> lessons;
  MovementPlan plan;
  plan.repetitions = 6;
  for (const Label label : {Label::kCorrect, Label::kIncorrect}) {
    GeneratedTake take = generate_take(plan);
    take.frames = turned_quarter(std::move(take.frames));
    add_repetitions(lessons, take, label, label == Label::kCorrect ? 1 : 2);
    plan.amplitude = 0.5;
  }
  const std::shared_ptr<const Judge> judge = train_judge(lessons, {.with_report = false}).judge;
  const auto lying = turned_quarter(generate_take(learner()).frames);
  EXPECT_EQ(missing_of(lying, judge), std::vector<std::string>());
}

TEST(Coach, RestingGetsNoVerdict) {
  MovementPlan plan = learner();
  plan.repetitions = 0;
  plan.idle_s = 5;
  const Watched watched = watch(generate_take(plan));
  EXPECT_TRUE(watched.verdicts.empty());
  EXPECT_FALSE(watched.saw_foreign);
}

TEST(Coach, SwapSidesJudgesALeftHandedLearnerAlike) {
  GeneratedTake take = generate_take(learner());
  for (Landmarks& frame : take.frames) frame = mirrored(frame);
  EXPECT_EQ(watch(take, {.swap_sides = true}).verdicts.size(), 8U);
}

TEST(Coach, FindsOutThatALearnerWorksWithTheOtherHand) {
  GeneratedTake take = generate_take(learner());
  for (Landmarks& frame : take.frames) frame = mirrored(frame);
  const Watched watched = watch(take);
  EXPECT_TRUE(watched.is_mirrored);
  EXPECT_EQ(watched.verdicts.size(), 8U) << "those before it was known count late";
  ASSERT_EQ(watched.hints.size(), 1U);
  EXPECT_EQ(watched.hints.front().cause, HintCause::kOtherHand);
}

TEST(Coach, GivesNoHintWhereAllGoesWell) {
  const Watched watched = watch(generate_take(learner()));
  EXPECT_FALSE(watched.is_mirrored);
  EXPECT_TRUE(watched.hints.empty());
}

TEST(Coach, TellsWhoDoesSomethingElseThatItIsSomethingElse) {
  MovementPlan plan = learner();
  plan.shape = Shape::kSquat;
  plan.rest_s = 0;
  plan.repetitions = 20;
  const Watched watched = watch(generate_take(plan));
  ASSERT_FALSE(watched.hints.empty());
  EXPECT_LE(watched.hints.size(), 2U) << "one in 30 s";
  EXPECT_EQ(watched.hints.front().cause, HintCause::kOtherMovement)
      << "at " << watched.hints.front().distance;
  EXPECT_EQ(watched.hints.front().movement, "curl");
}

TEST(Coach, AHandThatTheMovementDoesNotNeedMayBeLost) {
  GeneratedTake take = generate_take(learner());
  for (Landmarks& frame : take.frames) {
    if (seconds(frame.timestamp) > 5) frame.right_hand.reset();
  }
  const Watched watched = watch(take);
  EXPECT_FALSE(watched.could_not_see);
  EXPECT_EQ(watched.verdicts.size(), 8U);
}

TEST(Coach, AFlickIsNoRepetition) {
  MovementPlan plan = learner();
  plan.duration_s = 0.4;
  EXPECT_TRUE(watch(generate_take(plan)).verdicts.empty());
}

/// The repetition at `place` is given up before its middle, and taken back the way it came.
GeneratedTake broken_off(const GeneratedTake& take, std::size_t place) {
  const auto& truth = take.repetitions[place];
  const double until_s = truth.start_s + 0.3 * (truth.end_s - truth.start_s);
  GeneratedTake result = take;
  for (Landmarks& frame : result.frames) {
    const double now_s = seconds(frame.timestamp);
    if (now_s <= until_s || now_s >= truth.end_s) continue;
    const double wanted_s = std::max(truth.start_s, 2 * until_s - now_s);
    const auto shown = std::find_if(
        take.frames.begin(), take.frames.end(),
        [wanted_s](const Landmarks& one) { return seconds(one.timestamp) >= wanted_s; });
    const Timestamp timestamp = frame.timestamp;
    frame = *shown;
    frame.timestamp = timestamp;
  }
  return result;
}

/// Every repetition is held in its middle for `share` of its whole time, and is that much longer.
GeneratedTake held_in_the_middle(const GeneratedTake& take, double share) {
  GeneratedTake result = take;
  result.frames.clear();
  double late_s = 0;
  std::size_t next = 0;
  for (const Landmarks& frame : take.frames) {
    result.frames.push_back(frame);
    result.frames.back().timestamp = frame.timestamp + duration_from_seconds(late_s);
    if (next == take.repetitions.size()) continue;
    const auto& truth = take.repetitions[next];
    if (seconds(frame.timestamp) < (truth.start_s + truth.end_s) / 2) continue;
    const double hold_s = share / (1 - share) * (truth.end_s - truth.start_s);
    for (double held_s = 0.04; held_s < hold_s; held_s += 0.04) {
      result.frames.push_back(frame);
      result.frames.back().timestamp = frame.timestamp + duration_from_seconds(late_s + held_s);
    }
    late_s += hold_s;
    ++next;
  }
  return result;
}

TEST(Coach, ARepetitionMayPauseInItsMiddle) {
  EXPECT_EQ(watch(held_in_the_middle(generate_take(learner()), 0.35)).verdicts.size(), 8U);
}

TEST(Coach, AnAttemptThatIsBrokenOffIsNotRightAndHidesNone) {
  const GeneratedTake whole = generate_take(learner());
  const Watched watched = watch(broken_off(whole, 3));
  std::size_t others = 0;
  for (const Verdict& verdict : watched.verdicts) {
    const double middle_s = (seconds(verdict.start) + seconds(verdict.end)) / 2;
    const auto& truth = whole.repetitions[3];
    const bool is_broken = middle_s > truth.start_s && middle_s < truth.end_s;
    if (is_broken) {
      EXPECT_NE(verdict.kind, VerdictKind::kCorrect);
    }
    others += is_broken ? 0 : 1;
  }
  EXPECT_EQ(others, 7U);
}

TEST(Coach, WhoLeavesAndReturnsIsCountedOn) {
  GeneratedTake take = generate_take(learner());
  for (Landmarks& frame : take.frames) {
    const double now_s = seconds(frame.timestamp);
    if (now_s < take.repetitions[2].start_s || now_s > take.repetitions[3].end_s) continue;
    frame.pose.reset();
    frame.left_hand.reset();
    frame.right_hand.reset();
  }
  const Watched watched = watch(take);
  EXPECT_TRUE(watched.could_not_see);
  EXPECT_EQ(watched.verdicts.size(), 6U);
}

void hide_hips(Landmarks& frame) {
  for (const std::size_t hip : {kLeftHip, kRightHip}) frame.pose->visibility[hip] = 0;
}

/// Long in the trunk: by it, this body is larger than its shoulders are wide.
void lower_hips(Landmarks& frame) {
  for (const std::size_t hip : {kLeftHip, kRightHip}) frame.pose->points[hip].y += 0.15F;
}

TEST(Coach, ABodyDoesNotGrowWhenItsHipsComeIntoThePicture) {
  std::vector<Repetition> lessons;
  MovementPlan plan;
  plan.repetitions = 6;
  add_repetitions(lessons, generate_take(plan), Label::kCorrect, 1);
  plan.amplitude = 0.5;
  add_repetitions(lessons, generate_take(plan), Label::kIncorrect, 2);
  for (Repetition& lesson : lessons) {
    for (Landmarks& frame : lesson.frames) hide_hips(frame);
  }
  const auto judge = train_judge(lessons, {.with_report = false}).judge;
  Coach coach(judge);
  std::size_t verdicts = 0;
  for (Landmarks frame : generate_take(learner()).frames) {
    lower_hips(frame);
    if (static_cast<int>(seconds(frame.timestamp) / 4) % 2 == 0) hide_hips(frame);
    verdicts += coach.update(frame).finished.size();
  }
  EXPECT_EQ(verdicts, 8U);
}

TEST(Coach, WhatItCannotSeeItCallsNoOtherMovement) {
  MovementPlan plan = learner();
  plan.shape = Shape::kWave;
  plan.idle_s = 2;
  GeneratedTake take = generate_take(plan);
  EXPECT_TRUE(watch(take).saw_foreign);
  for (Landmarks& frame : take.frames) {
    frame.pose->visibility[kLeftShoulder] = frame.pose->visibility[kRightShoulder] = 0.1F;
  }
  const Watched watched = watch(take);
  EXPECT_TRUE(watched.could_not_see);
  EXPECT_FALSE(watched.saw_foreign);
  EXPECT_TRUE(watched.verdicts.empty());
}

TEST(Coach, SaysWhenNobodyIsSeen) {
  GeneratedTake take = generate_take(learner());
  for (Landmarks& frame : take.frames) {
    frame.pose.reset();
    frame.right_hand.reset();
  }
  const Watched watched = watch(take);
  EXPECT_TRUE(watched.could_not_see);
  EXPECT_TRUE(watched.verdicts.empty());
}

}  // namespace
}  // namespace kata
