// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/known_learner.h"

#include <gtest/gtest.h>

#include "kata/core/error.h"
#include "kata/learn/calibration.h"
#include "kata/learn/evaluate_learners.h"

namespace kata {
namespace {

LearnerEvidence scored(double score) { return {score, 0}; }

/// A repetition whose one channel stands at `level`.
Measured measured(double score, float level, double wrong_distance = 1) {
  Series series(1, AlignableSeries::kFrames);
  for (float& value : series.values) value = level;
  return {score, wrong_distance, AlignableSeries(series)};
}

TEST(LearnerBelief, MoreIsNeverLessRight) {
  const LearnerBelief belief;
  double before = 0;
  for (double score = -4; score <= 4; score += 0.25) {
    const double right = belief.right(scored(score));
    EXPECT_GE(right, before - 1e-12) << score;
    before = right;
  }
  EXPECT_GT(before, 0.9);
  EXPECT_LT(belief.right(scored(-4)), 0.1);
}

TEST(LearnerBelief, OneConfirmedRightOneMovesTheMiddle) {
  LearnerBelief belief;
  EXPECT_LT(belief.right(scored(-0.25)), 0.5);
  belief.add(scored(-0.25), Label::kCorrect);
  EXPECT_GT(belief.right(scored(-0.25)), 0.6);
  EXPECT_LT(belief.middle(), -0.2);
}

TEST(LearnerBelief, AConfirmedWrongOneMovesItUp) {
  LearnerBelief belief;
  const double before = belief.right(scored(0.1));
  belief.add(scored(0.1), Label::kIncorrect);
  EXPECT_LT(belief.right(scored(0.1)), before);
}

TEST(LearnerBelief, UnconfirmedOnesCountLess) {
  LearnerBelief told;
  LearnerBelief untold;
  told.add(scored(-0.3), Label::kCorrect);
  untold.add(scored(-0.3), std::nullopt);
  EXPECT_LT(told.middle(), untold.middle());
}

TEST(Learner, WhatIsLikeTheOwnRightOneIsRight) {
  KnownLearner learner;
  learner.add(measured(0, 0.0F), Label::kCorrect);
  EXPECT_GT(learner.right(measured(0, 0.1F)), learner.right(measured(0, 0.9F)));
}

TEST(Learner, WhatIsTakenBackIsForgotten) {
  KnownLearner learner;
  const std::size_t number = learner.add(measured(-0.3, 0.0F));
  const double before = learner.right(measured(-0.3, 0.2F));
  learner.confirm(number, Label::kCorrect);
  EXPECT_GT(learner.right(measured(-0.3, 0.2F)), before);
  EXPECT_TRUE(learner.has_confirmed());
  learner.confirm(number, std::nullopt);
  EXPECT_NEAR(learner.right(measured(-0.3, 0.2F)), before, 1e-12);
}

TEST(FitLevel, DividesUnevenClassesInTheMiddle) {
  std::vector<double> scores;
  std::vector<std::size_t> labels;
  for (int i = 0; i < 100; ++i) {
    scores.push_back(0.4 + 0.012 * i);
    labels.push_back(0);
  }
  for (int i = 0; i < 5; ++i) {
    scores.push_back(-0.2 + 0.2 * i);
    labels.push_back(1);
  }
  const ScoreLevel fitted = fit_level(scores, labels);
  EXPECT_GT(fitted.level, 0.3) << "not at zero, below which nearly nothing lies";
  EXPECT_LT(fitted.level, 0.9);
  EXPECT_NEAR(fitted.apart, 0.8, 0.1);
}

TEST(ConfirmedFromText, ReadsCountsAndRefusesTheRest) {
  EXPECT_EQ(confirmed_from_text("2R").right, 2U);
  EXPECT_EQ(confirmed_from_text("1R1W").wrong, 1U);
  EXPECT_EQ(confirmed_from_text("").right, 0U);
  for (const char* text : {"R", "2", "2X", "1R,1W", "-1R"})
    EXPECT_THROW(confirmed_from_text(text), Error) << text;
}

TEST(RightClass, KnowsItsNames) {
  EXPECT_EQ(right_class({"0", "1"}), 1U);
  EXPECT_EQ(right_class({"correct", "incorrect"}), 0U);
  EXPECT_EQ(right_class({"a", "b"}), std::nullopt);
  EXPECT_EQ(right_class({"0", "1", "2"}), std::nullopt);
}

}  // namespace
}  // namespace kata
