// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/craft_learner.h"

#include <gtest/gtest.h>

#include "kata/learn/movement_for_test.h"

namespace kata {
namespace {

std::vector<Landmarks> performed(double height) {
  Random random(3);
  test::Performance how;
  how.height = height;
  return test::perform(how, random);
}

Verdict revised(CraftLearner& learner, const std::vector<Landmarks>& frames) {
  return learner.revise(test::judge_of_polishing()->judge(frames), frames);
}

TEST(CraftLearner, JudgesClearRepetitionsAsTheJudgeDoes) {
  CraftLearner learner(test::judge_of_polishing());
  EXPECT_EQ(revised(learner, performed(0)).kind, VerdictKind::kCorrect);
  EXPECT_EQ(revised(learner, performed(0.7)).kind, VerdictKind::kIncorrect);
  EXPECT_EQ(learner.count(), 2U);
}

TEST(CraftLearner, WhatIsNoneOfTheCraftsIsNotCounted) {
  CraftLearner learner(test::judge_of_polishing());
  Verdict other;
  other.kind = VerdictKind::kOther;
  EXPECT_EQ(learner.revise(other, performed(0)).kind, VerdictKind::kOther);
  EXPECT_EQ(learner.count(), 0U);
}

TEST(CraftLearner, ConfirmsByNumberAndTakesBack) {
  CraftLearner learner(test::judge_of_polishing());
  EXPECT_FALSE(learner.confirm(1, Label::kCorrect));
  revised(learner, performed(0.35));
  EXPECT_TRUE(learner.confirm(1, Label::kCorrect));
  EXPECT_EQ(learner.confirmed(1), Label::kCorrect);
  EXPECT_EQ(learner.repetition(1)->label, Label::kCorrect);
  EXPECT_EQ(learner.repetition(1)->movement, "polish");
  EXPECT_TRUE(learner.confirm(1, std::nullopt));
  EXPECT_EQ(learner.confirmed(1), std::nullopt);
  EXPECT_FALSE(learner.confirm(0, Label::kCorrect));
  EXPECT_FALSE(learner.confirm(2, Label::kCorrect));
}

TEST(CraftLearner, OneConfirmedRepetitionChangesTheNext) {
  const auto frames = performed(0.35);
  CraftLearner told_right(test::judge_of_polishing());
  CraftLearner told_wrong(test::judge_of_polishing());
  for (CraftLearner* learner : {&told_right, &told_wrong}) revised(*learner, frames);
  told_right.confirm(1, Label::kCorrect);
  told_wrong.confirm(1, Label::kIncorrect);
  EXPECT_GT(revised(told_right, frames).score, revised(told_wrong, frames).score);
}

TEST(CraftLearner, ForgettingKeepsTheCountAndWhatBelongsToAName) {
  const auto frames = performed(0.35);
  CraftLearner named(test::judge_of_polishing());
  CraftLearner fresh(test::judge_of_polishing());
  Repetition before;
  before.movement = "polish";
  before.frames = frames;
  named.remember(before);
  revised(named, performed(0.7));
  named.forget();
  EXPECT_EQ(named.count(), 1U);
  EXPECT_TRUE(named.confirm(1, Label::kIncorrect)) << "its number is still known";
  EXPECT_GE(revised(named, frames).score, revised(fresh, frames).score);
}

}  // namespace
}  // namespace kata
