// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "kata/cut/known_repetitions.h"
#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::generate_take;
using test::GeneratedTake;
using test::MovementPlan;
using test::Shape;

std::vector<CutSpan> cut_repetitions(std::span<const Landmarks> take,
                                     std::span<const std::vector<Landmarks>> known = {}) {
  CutQuestion question;
  question.known = known;
  return cut_take(take, question).repetitions;
}

std::vector<CutSpan> cut_said(std::span<const Landmarks> take, int count) {
  CutQuestion question;
  question.said = count;
  return cut_take(take, question).repetitions;
}

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
    const auto spans = cut_first_repetitions(take.frames, 5).repetitions;
    ASSERT_EQ(spans.size(), 5U) << share;
    EXPECT_LT(mean_edge_error_s(take, spans), 0.25) << share;
    EXPECT_TRUE(cut_first_repetitions(take.frames, 9).repetitions.empty());
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
    const auto after = cut_repetitions(take.frames, known);
    ASSERT_EQ(after.size(), 7U);
    EXPECT_LT(mean_edge_error_s(take, after), 0.25);
    const double share = explained_share(take.frames, after);
    EXPECT_GT(share, 0.5);
    EXPECT_LT(share, explained_share(take.frames, alone));
  }
}

TEST(CutRepetitions, OfNothingTheFirstAreNone) {
  EXPECT_TRUE(cut_first_repetitions({}, 1).repetitions.empty());
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

/// A single movement cannot be told from getting ready.
TEST(CutRepetitions, OneIsTakenWhereTheTeacherSaysOne) {
  MovementPlan plan;
  plan.repetitions = 1;
  const GeneratedTake take = generate_take(plan);
  EXPECT_THAT(cut_repetitions(take.frames), testing::IsEmpty());
  const auto spans = cut_said(take.frames, 1);
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_LT(mean_edge_error_s(take, spans), 0.25);
}

TEST(CutRepetitions, TwoAreCutIntoTwo) {
  MovementPlan plan;
  plan.repetitions = 2;
  const GeneratedTake take = generate_take(plan);
  const auto spans = cut_repetitions(take.frames);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_LT(mean_edge_error_s(take, spans), 0.25);
}

/// Two takes, the second begun where the first ends.
std::vector<Landmarks> one_after_the_other(const GeneratedTake& first,
                                           const GeneratedTake& second) {
  std::vector<Landmarks> frames = first.frames;
  const Duration offset =
      first.frames.back().timestamp.time_since_epoch() + duration_from_seconds(0.04);
  for (Landmarks frame : second.frames) {
    frame.timestamp += offset;
    frames.push_back(std::move(frame));
  }
  return frames;
}

/// The times of the spans, in repetitions of `of` that lie `later_s` after its own truth.
std::size_t found_of(const std::vector<CutSpan>& spans, const std::vector<Landmarks>& frames,
                     const GeneratedTake& of, double later_s) {
  return static_cast<std::size_t>(std::ranges::count_if(of.repetitions, [&](const auto& truth) {
    return std::ranges::any_of(spans, [&](const CutSpan& span) {
      return std::abs(seconds(frames[span.first].timestamp) - truth.start_s - later_s) < 0.3 &&
             std::abs(seconds(frames[span.last].timestamp) - truth.end_s - later_s) < 0.3;
    });
  }));
}

/// Getting ready is no repetition, and neither is what follows: both are told with their place.
TEST(CutRepetitions, AnotherMovementBeforeAndAfterIsLeftOut) {
  const GeneratedTake own = generate_take({.shape = Shape::kCircle, .repetitions = 6});
  const GeneratedTake other = generate_take({.shape = Shape::kSquat, .repetitions = 1});
  const std::vector<Landmarks> with_before = one_after_the_other(other, own);
  const double later_s = seconds(other.frames.back().timestamp) + 0.04;
  const std::vector<Landmarks> frames = one_after_the_other(
      {with_before, {}}, generate_take({.shape = Shape::kSquat, .repetitions = 1}));
  const Cut cut = cut_take(frames);
  EXPECT_EQ(cut.repetitions.size(), 6U);
  EXPECT_EQ(found_of(cut.repetitions, frames, own, later_s), 6U);
  ASSERT_EQ(cut.left_out.size(), 2U);
  EXPECT_LT(cut.left_out[0].span.last, cut.repetitions.front().first);
  EXPECT_GT(cut.left_out[1].span.first, cut.repetitions.back().last);
}

/// To one side and back, to the other side and back: one repetition, not two.
TEST(CutRepetitions, APieceOfTwoPartsIsOneRepetition) {
  std::vector<Landmarks> frames;
  for (int i = 0; i < 4; ++i) {
    const GeneratedTake curl = generate_take({.repetitions = 1, .idle_s = 0.1});
    const GeneratedTake squat =
        generate_take({.shape = Shape::kSquat, .repetitions = 1, .idle_s = 0.1});
    for (const GeneratedTake* part : {&curl, &squat})
      frames = frames.empty() ? part->frames : one_after_the_other({frames, {}}, *part);
  }
  EXPECT_EQ(cut_repetitions(frames).size(), 4U);
}

TEST(CutRepetitions, ACountThatIsSaidIsTakenWhereItIsLikely) {
  const GeneratedTake take = generate_take({});
  EXPECT_EQ(cut_said(take.frames, 8).size(), 8U);
  CutQuestion question;
  question.said = 23;
  const Cut cut = cut_take(take.frames, question);
  EXPECT_EQ(cut.seen, 8U);
  EXPECT_EQ(cut.repetitions.size(), 8U) << "23 is not likely at all";
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
