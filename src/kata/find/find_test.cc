// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kata/core/error.h"
#include "kata/find/bank.h"
#include "kata/find/depth.h"
#include "kata/find/finder.h"
#include "kata/find/finder_tuning.h"
#include "tests/support/generated_lessons.h"
#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::add_repetitions;
using test::generate_take;
using test::GeneratedTake;
using test::MovementPlan;
using test::Shape;

std::vector<CourseFrame> course_of(const std::vector<Landmarks>& frames) {
  std::vector<CourseFrame> course;
  for (const Landmarks& frame : frames) course.push_back(course_frame(frame));
  return course;
}

Signature signature_of_take(const GeneratedTake& take, std::size_t repetition) {
  const auto course = course_of(take.frames);
  const auto& truth = take.repetitions[repetition];
  return signature_of({course, truth.start_s, truth.end_s}, BodyPart::kArms).value();
}

PointWeights all_alike() {
  PointWeights weights;
  weights.fill(1);
  return weights;
}

MovementPlan steady(Shape shape) {
  MovementPlan plan;
  plan.shape = shape;
  plan.jitter = 0.0005;
  plan.duration_spread = 0;
  return plan;
}

TEST(Signature, IsNearerToTheSameMovementAtAnotherPaceAndPlaceThanToAnother) {
  MovementPlan plan = steady(Shape::kCurl);
  const Signature curl = signature_of_take(generate_take(plan), 0);
  plan.duration_s = 2.6;
  plan.drift = 0.05;
  plan.seed = 5;
  const Signature slow_curl = signature_of_take(generate_take(plan), 2);
  const Signature wave = signature_of_take(generate_take(steady(Shape::kWave)), 0);
  EXPECT_LT(2 * signature_distance(curl, slow_curl, all_alike()),
            signature_distance(curl, wave, all_alike()));
}

TEST(Signature, DoesNotDependOnHowLargeABodyIsInThePicture) {
  GeneratedTake take = generate_take(steady(Shape::kCurl));
  const Signature near = signature_of_take(take, 0);
  for (Landmarks& frame : take.frames) {
    for (PointInUnit& p : frame.pose->points) p = {0.3F + 0.5F * p.x, 0.2F + 0.5F * p.y, p.z};
    for (PointInUnit& p : frame.right_hand->points) p = {0.3F + 0.5F * p.x, 0.2F + 0.5F * p.y, p.z};
  }
  EXPECT_LT(signature_distance(near, signature_of_take(take, 0), all_alike()), 1e-3);
}

TEST(Signature, MirroredIsThatOfTheMirroredStream) {
  GeneratedTake take = generate_take(steady(Shape::kCircle));
  const Signature straight = signature_of_take(take, 1);
  for (Landmarks& frame : take.frames) frame = mirrored(frame);
  const Signature in_mirror = signature_of_take(take, 1);
  EXPECT_TRUE(in_mirror.has_left_hand);
  EXPECT_LT(signature_distance(mirrored(straight), in_mirror, all_alike()), 1e-3);
  EXPECT_GT(signature_distance(straight, in_mirror, all_alike()), 0.1);
}

TEST(Signature, AHandThatIsSeenTooSeldomIsSilent) {
  GeneratedTake take = generate_take(steady(Shape::kCurl));
  for (std::size_t i = 0; i < take.frames.size(); i += 2) take.frames[i].right_hand.reset();
  EXPECT_FALSE(signature_of_take(take, 0).has_right_hand);
}

TEST(TurnedCourseFrame, FingersThatPointAwayFromTheCameraGoAsideAndHipsDrawTogether) {
  Landmarks frame = generate_take(steady(Shape::kCurl)).frames.front();
  Hand& hand = frame.right_hand.value();
  for (std::size_t i = 1; i < hand.points.size(); ++i) {
    hand.points[i] = hand.points[0];
    hand.points[i].z = hand.points[0].z + 0.1F;
  }
  const double quarter = 0.5;  // radians
  const CourseFrame straight = course_frame(frame), turned = turned_course_frame(frame, quarter);
  const float aspect =
      static_cast<float>(frame.image_width) / static_cast<float>(frame.image_height);
  EXPECT_NEAR(turned.points[kCourseRightHand].x, 0.1 * std::sin(quarter) * aspect, 1e-4);
  EXPECT_NEAR(turned.points[kCourseRightHand].y, straight.points[kCourseRightHand].y, 1e-6);
  EXPECT_NEAR(turned.points[kCourseLeftHip].x,
              static_cast<float>(std::cos(quarter)) * straight.points[kCourseLeftHip].x, 1e-6);
}

TEST(TurnedCourseFrame, TheTwoWaysMoveAWristToEitherSideOfWhereItWas) {
  const Landmarks frame = generate_take(steady(Shape::kCurl)).frames.front();
  const auto wrist = [&](double yaw_rad) {
    return turned_course_frame(frame, yaw_rad).points[kCourseRightWrist].x;
  };
  const float middle = static_cast<float>(std::cos(0.4)) * wrist(0);
  EXPECT_GT(std::abs(wrist(0.4) - middle), 0.01F);
  EXPECT_NEAR(wrist(0.4) - middle, middle - wrist(-0.4), 1e-5);
}

TEST(ForeignBank, HoldsManyStreamsOfPeopleWithAndWithoutLegs) {
  const ForeignBank& bank = ForeignBank::shipped();
  ASSERT_GE(bank.streams(), 100U);
  std::size_t with_legs = 0;
  for (std::size_t i = 0; i < bank.streams(); i += 5) {
    const ForeignBank::Stream stream = bank.stream(i);
    with_legs += stream.has_legs ? 1 : 0;
    ASSERT_GT(stream.frames.size(), 100U);
    EXPECT_GT(stream.frames.front().trunk, 0);
    EXPECT_FALSE(bank_windows(stream, 20, 0.5, 4).empty());
  }
  EXPECT_GE(with_legs, 3U);
}

TEST(ForeignBank, RefusesWhatIsDamaged) {
  EXPECT_THROW(ForeignBank("no bank"), Error);
  EXPECT_THROW(ForeignBank(std::string_view("KATABNK1\x05\0\0\0too short", 21)), Error);
}

KnownMovement known_curl() {
  std::vector<Repetition> right, wrong;
  MovementPlan plan;
  plan.repetitions = 6;
  add_repetitions(right, generate_take(plan), Label::kCorrect, 1);
  plan.amplitude = 0.5;
  plan.seed = 2;
  add_repetitions(wrong, generate_take(plan), Label::kIncorrect, 2);
  KnownMovement known = KnownMovement::learn(right, wrong).value();
  known.set_limits(ForeignBank::shipped());
  return known;
}

/// A finder of the curl that has seen the whole take.
Finder finder_after(const GeneratedTake& take) {
  auto known = std::make_shared<KnownMovements>();
  known->push_back(known_curl());
  Finder finder(known);
  for (const Landmarks& frame : take.frames) finder.step(course_frame(frame));
  return finder;
}

std::vector<Find> finds_in(const GeneratedTake& take) {
  auto known = std::make_shared<KnownMovements>();
  known->push_back(known_curl());
  Finder finder(known);
  std::vector<Find> finds;
  for (const Landmarks& frame : take.frames) {
    for (const Find& find : finder.step(course_frame(frame))) finds.push_back(find);
  }
  for (const Find& find : finder.finish()) finds.push_back(find);
  return finds;
}

/// Repetitions of which a find of this side tells.
std::size_t found_in(const GeneratedTake& take, const std::vector<Find>& finds, bool is_mirrored) {
  return static_cast<std::size_t>(
      std::count_if(take.repetitions.begin(), take.repetitions.end(), [&](const auto& truth) {
        return std::any_of(finds.begin(), finds.end(), [&](const Find& find) {
          const double both_s =
              std::min(find.end_s, truth.end_s) - std::max(find.start_s, truth.start_s);
          return find.is_mirrored == is_mirrored && both_s > 0.5 * (truth.end_s - truth.start_s);
        });
      }));
}

TEST(KnownMovement, WhatMovesCountsAndWhatIsStillDoesNot) {
  const PointWeights weights = known_curl().weights();
  EXPECT_GT(weights[kCourseRightWrist], 0.5F);
  EXPECT_LT(weights[kCourseLeftWrist], 0.1F);
}

TEST(KnownMovement, WeighsRepetitionsThatAreTakesOfTheirOwnAlike) {
  std::vector<Repetition> right;
  add_repetitions(right, generate_take({}), Label::kCorrect, 1);
  const PointWeights of_one_take = KnownMovement::learn(right, {})->weights();
  for (std::size_t i = 0; i < right.size(); ++i) right[i].take = static_cast<std::int64_t>(i);
  EXPECT_EQ(KnownMovement::learn(right, {})->weights(), of_one_take);
}

TEST(Finder, FindsRepetitionsAtAnotherPace) {
  MovementPlan plan;
  plan.seed = 9;
  plan.duration_s = 2.2;
  const GeneratedTake take = generate_take(plan);
  EXPECT_GE(found_in(take, finds_in(take), false), 7U);
}

TEST(Finder, FindsThoseOfALeftHandedPersonInTheMirrorOnly) {
  GeneratedTake take = generate_take({});
  for (Landmarks& frame : take.frames) frame = mirrored(frame);
  const auto finds = finds_in(take);
  EXPECT_GE(found_in(take, finds, true), 7U);
  EXPECT_EQ(found_in(take, finds, false), 0U);
}

TEST(Finder, FindsNothingInAnotherMovementNorInRest) {
  MovementPlan plan;
  plan.shape = Shape::kSquat;
  EXPECT_TRUE(finds_in(generate_take(plan)).empty());
  plan.repetitions = 0;
  plan.idle_s = 6;
  EXPECT_TRUE(finds_in(generate_take(plan)).empty());
}

TEST(Finder, SaysHowNearAStretchIsThatWasFoundOtherwise) {
  const GeneratedTake take = generate_take({});
  const Finder finder = finder_after(take);
  const auto& last = take.repetitions.back();
  EXPECT_LT(finder.distance(0, last.start_s, last.end_s, false).value(), FinderTuning{}.known);
  EXPECT_GT(finder.distance(0, last.start_s, last.end_s, true).value(), 1);
}

TEST(Finder, CannotSayHowNearWhatShowsNoBodyIs) {
  GeneratedTake take = generate_take({});
  for (Landmarks& frame : take.frames) frame.pose.reset();
  const Finder finder = finder_after(take);
  const auto& last = take.repetitions.back();
  EXPECT_FALSE(finder.distance(0, last.start_s, last.end_s, false).has_value());
  EXPECT_FALSE(finder.distance(1, last.start_s, last.end_s, false).has_value());
}

TEST(Finder, FindsThemThoughAHandIsLostForAWhile) {
  GeneratedTake take = generate_take({});
  for (Landmarks& frame : take.frames) {
    if (seconds(frame.timestamp) > 5) frame.right_hand.reset();
  }
  EXPECT_GE(found_in(take, finds_in(take), false), 7U);
}

}  // namespace
}  // namespace kata
