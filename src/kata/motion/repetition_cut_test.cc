// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/repetition_cut.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::generate_take;
using test::GeneratedTake;
using test::MovementPlan;
using test::Shape;

double mean_edge_error_s(const GeneratedTake& take, const std::vector<CutSpan>& spans) {
  double sum = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    sum += std::abs(seconds(take.frames[spans[i].first].timestamp) - take.repetitions[i].start_s);
    sum += std::abs(seconds(take.frames[spans[i].last].timestamp) - take.repetitions[i].end_s);
  }
  return sum / (2 * static_cast<double>(spans.size()));
}

class CutEveryShape : public testing::TestWithParam<Shape> {};

TEST_P(CutEveryShape, WithRestsFindsEachWithinAQuarterSecond) {
  MovementPlan plan;
  plan.shape = GetParam();
  const GeneratedTake take = generate_take(plan);
  const auto spans = cut_repetitions(take.frames);
  ASSERT_EQ(spans.size(), 8U);
  EXPECT_LT(mean_edge_error_s(take, spans), 0.25);
}

TEST_P(CutEveryShape, AtHalfTheFrameRateCountsTheSame) {
  MovementPlan plan;
  plan.shape = GetParam();
  plan.frame_rate_hz = 12.5;
  EXPECT_EQ(cut_repetitions(generate_take(plan).frames).size(), 8U);
}

TEST_P(CutEveryShape, MirroredCountsTheSame) {
  MovementPlan plan;
  plan.shape = GetParam();
  std::vector<Landmarks> frames;
  for (const Landmarks& frame : generate_take(plan).frames) frames.push_back(mirrored(frame));
  EXPECT_EQ(cut_repetitions(frames).size(), 8U);
}

INSTANTIATE_TEST_SUITE_P(Shapes, CutEveryShape,
                         testing::Values(Shape::kCurl, Shape::kCircle, Shape::kSquat));

TEST(CutRepetitions, WithoutAnyRestCountsCycles) {
  MovementPlan plan;
  plan.shape = Shape::kSquat;
  plan.rest_s = 0;
  plan.repetitions = 6;
  EXPECT_EQ(cut_repetitions(generate_take(plan).frames).size(), 6U);
}

TEST(CutRepetitions, OneBetweenTwoRestsIsOneSpan) {
  MovementPlan plan;
  plan.repetitions = 1;
  EXPECT_EQ(cut_repetitions(generate_take(plan).frames).size(), 1U);
}

TEST(CutRepetitions, DriftAndLostHandsDoNotMatter) {
  MovementPlan plan;
  plan.drift = 0.05;
  plan.hand_missing_share = 0.4;
  EXPECT_EQ(cut_repetitions(generate_take(plan).frames).size(), 8U);
}

TEST(CutRepetitions, StandingStillHasNone) {
  MovementPlan plan;
  plan.repetitions = 0;
  plan.idle_s = 4;
  EXPECT_THAT(cut_repetitions(generate_take(plan).frames), testing::IsEmpty());
}

TEST(CutRepetitions, NothingSeenHasNone) {
  EXPECT_THAT(cut_repetitions({}), testing::IsEmpty());
  const std::vector<Landmarks> unseen(50);
  EXPECT_THAT(cut_repetitions(unseen), testing::IsEmpty());
}

TEST(CutRepetitions, SpansAreInOrderAndApartWithConfidences) {
  const auto spans = cut_repetitions(generate_take({}).frames);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    EXPECT_LT(spans[i].first, spans[i].last);
    if (i > 0) {
      EXPECT_GT(spans[i].first, spans[i - 1].last);
    }
    EXPECT_GT(spans[i].first_confidence, 0.3);
    EXPECT_LE(spans[i].last_confidence, 1.0);
  }
}

}  // namespace
}  // namespace kata
