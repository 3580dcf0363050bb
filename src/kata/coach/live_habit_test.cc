// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_habit.h"

#include <gtest/gtest.h>

#include "kata/coach/live_posture.h"
#include "kata/core/topology.h"
#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::generate_take;
using test::GeneratedTake;
using test::MovementPlan;
using test::Shape;

enum class Legs { kStanding, kSitting };

/// The courses of a take's repetitions, as the coach sees them.
std::vector<LiveHabit::Course> courses_of(const MovementPlan& plan, Legs legs = Legs::kStanding) {
  GeneratedTake take = generate_take(plan);
  LivePostures postures;
  LiveHistory history;
  for (Landmarks& frame : take.frames) {
    for (const std::size_t knee : {kLeftKnee, kRightKnee})
      if (legs == Legs::kSitting) frame.pose->points[knee].y -= 0.12F;
    history.push(postures.next(frame), seconds(frame.timestamp));
  }
  std::vector<LiveHabit::Course> courses;
  for (const auto& truth : take.repetitions)
    courses.push_back(LiveHabit::course(history, truth.start_s, truth.end_s));
  return courses;
}

LiveHabit habit_of(const std::vector<LiveHabit::Course>& courses, std::size_t count) {
  LiveHabit habit;
  for (std::size_t i = 0; i < count; ++i) habit.add(courses[i]);
  return habit;
}

MovementPlan curls() {
  MovementPlan plan;
  plan.repetitions = 16;
  plan.jitter = 0.003;
  return plan;
}

TEST(LiveHabit, IsUnknownBeforeThreeRepetitions) {
  const auto courses = courses_of(curls());
  EXPECT_FALSE(habit_of(courses, 2).resembles(courses[3]).has_value());
  EXPECT_TRUE(habit_of(courses, 3).resembles(courses[4]).has_value());
}

TEST(LiveHabit, MoreOfTheSameResembles) {
  const auto courses = courses_of(curls());
  const LiveHabit habit = habit_of(courses, 6);
  for (std::size_t i = 6; i < courses.size(); ++i) EXPECT_TRUE(habit.resembles(courses[i]).value());
}

TEST(LiveHabit, TheSameArmOnOneWhoSitsDoesNot) {
  const auto courses = courses_of(curls());
  const LiveHabit habit = habit_of(courses, 6);
  for (const auto& sitting : courses_of(curls(), Legs::kSitting))
    EXPECT_FALSE(habit.resembles(sitting).value());
}

TEST(LiveHabit, AnotherMovementDoesNot) {
  const LiveHabit habit = habit_of(courses_of(curls()), 6);
  MovementPlan other = curls();
  other.shape = Shape::kSquat;
  for (const auto& squat : courses_of(other)) EXPECT_FALSE(habit.resembles(squat).value());
}

TEST(LiveHabit, OneStrangerThatSlippedInMakesNone) {
  const auto courses = courses_of(curls());
  MovementPlan other = curls();
  other.shape = Shape::kSquat;
  const auto squats = courses_of(other);
  LiveHabit habit = habit_of(courses, 6);
  habit.add(squats[0]);
  EXPECT_FALSE(habit.resembles(squats[1]).value());
  EXPECT_TRUE(habit.resembles(courses[7]).value());
}

TEST(LiveHabit, WhoTakesOverIsKnownAfterTwo) {
  const auto courses = courses_of(curls());
  const auto other = courses_of(curls(), Legs::kSitting);
  LiveHabit habit = habit_of(courses, 12);
  for (std::size_t i = 0; i < 3; ++i) habit.add(other[i]);
  EXPECT_TRUE(habit.resembles(other[4]).value());
  EXPECT_TRUE(habit.resembles(courses[12]).value());
}

}  // namespace
}  // namespace kata
