// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_learner.h"

#include <gtest/gtest.h>

namespace kata {
namespace {

JudgedFind found(double start_s, double distance, bool is_mirrored = false) {
  JudgedFind one;
  one.find.start_s = start_s;
  one.find.end_s = start_s + 1;
  one.find.distance = distance;
  one.find.is_mirrored = is_mirrored;
  return one;
}

constexpr double kNear = 0.5, kFairlyNear = 0.9;

TEST(LiveLearner, WhatIsFairlyNearWaitsUntilTheLearnerIsKnownAndThenCounts) {
  LiveLearner learner(true);
  EXPECT_TRUE(learner.add(found(0, kFairlyNear)).empty());
  EXPECT_EQ(learner.add(found(2, kNear)).size(), 1U);
  EXPECT_EQ(learner.add(found(4, kNear)).size(), 1U);
  const auto told = learner.add(found(6, kNear));
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].find.start_s, 0);
  EXPECT_EQ(told[1].find.start_s, 6);
  EXPECT_EQ(learner.add(found(8, kFairlyNear)).size(), 1U);
}

TEST(LiveLearner, ChangesSidesOnceForALearnerAndThenTellsWhatWentBefore) {
  LiveLearner learner(true);
  EXPECT_TRUE(learner.add(found(0, kNear, true)).empty());
  EXPECT_TRUE(learner.add(found(2, kNear, true)).empty());
  EXPECT_FALSE(learner.is_mirrored());
  EXPECT_EQ(learner.add(found(4, kNear, true)).size(), 3U);
  EXPECT_TRUE(learner.is_mirrored());
  EXPECT_TRUE(learner.add(found(6, kNear, false)).empty());
}

TEST(LiveLearner, AMovementThatIsItsOwnMirrorImageChangesNoSides) {
  LiveLearner learner(true);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(learner.add(found(2 * i, kNear)).size(), 1U);
    EXPECT_TRUE(learner.add(found(2 * i, kNear, true)).empty());
  }
  EXPECT_FALSE(learner.is_mirrored());
}

TEST(LiveLearner, KeepsTheSideThatIsGiven) {
  LiveLearner learner(false);
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(learner.add(found(2 * i, kNear, true)).empty());
  EXPECT_FALSE(learner.is_mirrored());
}

TEST(LiveLearner, KnowsNothingOfAnotherPerson) {
  LiveLearner learner(true);
  for (int i = 0; i < 3; ++i) learner.add(found(2 * i, kNear, true));
  learner.forget();
  EXPECT_FALSE(learner.is_mirrored());
  EXPECT_TRUE(learner.add(found(20, kFairlyNear)).empty());
}

}  // namespace
}  // namespace kata
