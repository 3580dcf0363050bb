// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/repetition_cut.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "kata/motion/known_repetitions.h"
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

/// The take from the middle of its first repetition to the middle of its last.
GeneratedTake begun_within(const GeneratedTake& whole) {
  const GeneratedTake::Truth& first = whole.repetitions.front();
  const GeneratedTake::Truth& last = whole.repetitions.back();
  const double begin_s = (first.start_s + first.end_s) / 2, end_s = (last.start_s + last.end_s) / 2;
  GeneratedTake part;
  for (const Landmarks& frame : whole.frames) {
    const double time_s = seconds(frame.timestamp);
    if (time_s >= begin_s && time_s <= end_s) part.frames.push_back(frame);
  }
  part.repetitions.assign(whole.repetitions.begin() + 1, whole.repetitions.end() - 1);
  return part;
}

TEST_P(CutEveryShape, BegunAndEndedWithinARepetitionKeepsTheWholeOnes) {
  MovementPlan plan;
  plan.shape = GetParam();
  const GeneratedTake take = begun_within(generate_take(plan));
  const auto spans = cut_repetitions(take.frames);
  ASSERT_EQ(spans.size(), 6U);
  EXPECT_LT(mean_edge_error_s(take, spans), 0.25);
}

/// Wherever in the sixth the take ends.
TEST_P(CutEveryShape, TheFirstFiveOfATakeThatGoesOnAreTheFirstFive) {
  MovementPlan plan;
  plan.shape = GetParam();
  GeneratedTake take = generate_take(plan);
  const std::vector<Landmarks> whole = take.frames;
  const GeneratedTake::Truth sixth = take.repetitions[5];
  for (const double share : {0.1, 0.4, 0.7, 0.95}) {
    const double end_s = sixth.start_s + share * (sixth.end_s - sixth.start_s);
    take.frames.clear();
    for (const Landmarks& frame : whole) {
      if (seconds(frame.timestamp) <= end_s) take.frames.push_back(frame);
    }
    const auto spans = cut_first_repetitions(take.frames, 5).spans;
    ASSERT_EQ(spans.size(), 5U) << share;
    EXPECT_LT(mean_edge_error_s(take, spans), 0.25) << share;
    EXPECT_TRUE(cut_first_repetitions(take.frames, 9).spans.empty());
  }
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

/// From the far end of the movement to the far end: the same cycle, begun half a cycle later.
std::vector<GeneratedTake::Truth> half_later(const GeneratedTake& take) {
  std::vector<GeneratedTake::Truth> result;
  for (std::size_t i = 0; i + 1 < take.repetitions.size(); ++i) {
    const auto& one = take.repetitions[i];
    const auto& next = take.repetitions[i + 1];
    result.push_back({(one.start_s + one.end_s) / 2, (next.start_s + next.end_s) / 2});
  }
  return result;
}

/// Both ends of the way are as slow as each other: only what is known tells which is the beginning.
TEST(CutRepetitions, WithoutAnyRestTheyBeginWhereKnownOnesBegin) {
  for (const Shape shape : {Shape::kCurl, Shape::kSquat}) {
    MovementPlan plan;
    plan.shape = shape;
    plan.rest_s = 0;
    const GeneratedTake earlier = generate_take(plan);
    std::vector<std::vector<Landmarks>> known;
    for (const auto& truth : half_later(earlier)) {
      known.emplace_back();
      for (const Landmarks& frame : earlier.frames) {
        const double time_s = seconds(frame.timestamp);
        if (time_s >= truth.start_s && time_s <= truth.end_s) known.back().push_back(frame);
      }
    }
    plan.seed = 5;
    GeneratedTake take = generate_take(plan);
    const auto alone = cut_repetitions(take.frames);
    ASSERT_EQ(alone.size(), 8U);
    EXPECT_LT(mean_edge_error_s(take, alone), 0.25);
    take.repetitions = half_later(take);
    const auto after = cut_repetitions(take.frames, {std::nullopt, known});
    ASSERT_EQ(after.size(), 7U);
    EXPECT_LT(mean_edge_error_s(take, after), 0.25);
    const double share = rated_cut(take.frames, {std::nullopt, known}).share;
    EXPECT_GT(share, 0.5);
    EXPECT_LT(share, rated_cut(take.frames).share);
  }
}

TEST(CutRepetitions, OfNothingTheFirstAreNone) {
  EXPECT_TRUE(cut_first_repetitions({}, 1).spans.empty());
}

std::vector<Landmarks> first_repetition(const GeneratedTake& take, double slower = 1) {
  std::vector<Landmarks> frames;
  for (Landmarks frame : take.frames) {
    const double time_s = seconds(frame.timestamp);
    if (time_s < take.repetitions[0].start_s || time_s > take.repetitions[0].end_s) continue;
    frame.timestamp = timestamp_from_seconds(slower * time_s);
    frames.push_back(std::move(frame));
  }
  return frames;
}

/// At even shares of their length two in one may resemble a known one; that they take twice as long
/// tells them apart.
TEST(KnownRepetitions, AreUnlikeTheSameDoneMuchSlower) {
  const GeneratedTake take = generate_take({}), larger = generate_take({.amplitude = 1.3});
  const KnownRepetitions known(std::vector<std::vector<Landmarks>>{first_repetition(larger)});
  const double at_its_pace = known.difference(first_repetition(take));
  EXPECT_GT(at_its_pace, 0);
  EXPECT_GT(known.difference(first_repetition(take, 2)), 2 * at_its_pace);
  EXPECT_LT(known.difference(first_repetition(take, 1.2)), 1.5 * at_its_pace);
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
