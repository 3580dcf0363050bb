// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_rivals.h"

#include <gtest/gtest.h>

namespace kata {
namespace {

LiveMatch match(double distance, double start_s, double end_s) {
  LiveMatch one;
  one.distance = distance;
  one.start_s = start_s;
  one.end_s = end_s;
  return one;
}

TEST(LiveRivals, OfMatchesOfTheSameStretchTheNearestStays) {
  LiveRivals rivals;
  EXPECT_TRUE(rivals.empty());
  rivals.add(match(0.8, 0, 2));
  rivals.add(match(0.5, 0.1, 2.1));
  rivals.add(match(0.6, 0.2, 2.2));
  ASSERT_FALSE(rivals.empty());
  const auto taken = rivals.take();
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_DOUBLE_EQ(taken[0].distance, 0.5);
  EXPECT_DOUBLE_EQ(taken[0].end_s, 2.1);
}

TEST(LiveRivals, MatchesThatOverlapInPartCompete) {
  LiveRivals rivals;
  rivals.add(match(0.8, 0, 2));
  rivals.add(match(0.5, 1, 3));
  EXPECT_DOUBLE_EQ(rivals.nearest().distance, 0.5);
  EXPECT_EQ(rivals.take().size(), 2U);
  EXPECT_TRUE(rivals.empty());
}

TEST(LiveRivals, WhatLiesApartFromTheNearestIsForgotten) {
  LiveRivals rivals;
  rivals.add(match(0.8, 0, 2));
  rivals.add(match(0.5, 2.5, 4));
  const auto taken = rivals.take();
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_DOUBLE_EQ(taken[0].start_s, 2.5);
  EXPECT_TRUE(rivals.empty());
}

}  // namespace
}  // namespace kata
