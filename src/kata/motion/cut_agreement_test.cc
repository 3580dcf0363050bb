// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_agreement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::generate_take;
using test::GeneratedTake;

std::size_t frame_at(const GeneratedTake& take, double time_s) {
  const auto found = std::ranges::lower_bound(take.frames, timestamp_from_seconds(time_s), {},
                                              &Landmarks::timestamp);
  return static_cast<std::size_t>(found - take.frames.begin());
}

/// A curl up and down without a rest, cut from the far end to the far end.
TakeCut half_a_cycle_late(const GeneratedTake& take) {
  TakeCut cut{take.frames, std::nullopt, false, false, {}};
  for (std::size_t i = 0; i + 1 < take.repetitions.size(); ++i) {
    const auto& one = take.repetitions[i];
    const auto& next = take.repetitions[i + 1];
    cut.spans.push_back({frame_at(take, (one.start_s + one.end_s) / 2) + 1,
                         frame_at(take, (next.start_s + next.end_s) / 2)});
  }
  return cut;
}

TakeCut as_found(const GeneratedTake& take) {
  return {take.frames, std::nullopt, false, false, cut_repetitions(take.frames)};
}

double largest_edge_error_s(const GeneratedTake& take, const std::vector<CutSpan>& spans) {
  double most = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto time_s = [&](std::size_t frame) { return seconds(take.frames[frame].timestamp); };
    most = std::max(most, std::abs(time_s(spans[i].first) - take.repetitions[i].start_s));
    most = std::max(most, std::abs(time_s(spans[i].last) - take.repetitions[i].end_s));
  }
  return most;
}

bool is_same(const std::vector<CutSpan>& a, const std::vector<CutSpan>& b) {
  return std::ranges::equal(a, b, [](const CutSpan& x, const CutSpan& y) {
    return x.first == y.first && x.last == y.last;
  });
}

class AgreeingCuts : public testing::Test {
 protected:
  const GeneratedTake cyclic = generate_take({.rest_s = 0, .idle_s = 0.4});
  const GeneratedTake with_rests = generate_take({.amplitude = 0.8, .seed = 5});
};

TEST_F(AgreeingCuts, AnEarlierTakeThatWasCutHalfACycleLateIsCutLikeTheNewOne) {
  const TakeCut takes[] = {half_a_cycle_late(cyclic), as_found(with_rests)};
  const auto cuts = agreeing_cuts(takes);
  ASSERT_EQ(cuts.size(), 2U);
  ASSERT_EQ(cuts[0].size(), 8U);
  EXPECT_LT(largest_edge_error_s(cyclic, cuts[0]), 0.4);
  EXPECT_EQ(cuts[1].size(), 8U);
}

TEST_F(AgreeingCuts, WhatSomebodyLookedAfterStays) {
  TakeCut late = half_a_cycle_late(cyclic);
  late.is_fixed = true;
  const TakeCut takes[] = {late, as_found(with_rests)};
  EXPECT_TRUE(is_same(agreeing_cuts(takes)[0], late.spans));
}

TEST_F(AgreeingCuts, ANewTakeThatWasCutLateIsCutLikeTheEarlierOne) {
  const TakeCut takes[] = {as_found(with_rests), half_a_cycle_late(cyclic)};
  const auto cuts = agreeing_cuts(takes);
  EXPECT_TRUE(is_same(cuts[0], takes[0].spans));
  ASSERT_EQ(cuts[1].size(), 8U);
  EXPECT_LT(largest_edge_error_s(cyclic, cuts[1]), 0.4);
}

TEST_F(AgreeingCuts, TakesThatAgreeStayAsTheyAre) {
  const TakeCut takes[] = {as_found(cyclic), as_found(with_rests)};
  const auto cuts = agreeing_cuts(takes);
  EXPECT_TRUE(is_same(cuts[0], takes[0].spans));
  EXPECT_TRUE(is_same(cuts[1], takes[1].spans));
}

TEST_F(AgreeingCuts, OneTakeStaysAsItIs) {
  const TakeCut takes[] = {half_a_cycle_late(cyclic)};
  EXPECT_TRUE(is_same(agreeing_cuts(takes)[0], takes[0].spans));
  EXPECT_TRUE(agreeing_cuts({}).empty());
}

TEST_F(AgreeingCuts, NextToATakeWithoutRepetitionsTheOthersStay) {
  const TakeCut takes[] = {as_found(with_rests), {cyclic.frames, std::nullopt, false, true, {}}};
  EXPECT_TRUE(is_same(agreeing_cuts(takes)[0], takes[0].spans));
}

}  // namespace
}  // namespace kata
