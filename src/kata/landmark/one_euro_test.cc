// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/one_euro.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace kata {
namespace {

constexpr OneEuroOptions kOptions{.min_cutoff_hz = 1, .beta = 10, .derivative_cutoff_hz = 1};

double filtered(OneEuro& filter, double value, double time_s) {
  std::array<double, 1> values = {value};
  filter.apply(values, timestamp_from_seconds(time_s), 1);
  return values[0];
}

TEST(OneEuro, LetsTheFirstValuePass) {
  OneEuro filter(kOptions);
  EXPECT_EQ(filtered(filter, 5, 1), 5);
}

TEST(OneEuro, FollowsTheFormula) {
  OneEuro filter(kOptions);
  filtered(filter, 0, 0);
  const double step_s = 0.1;
  const auto alpha = [&](double cutoff) {
    return 1 / (1 + 1 / (2 * std::numbers::pi * cutoff * step_s));
  };
  const double derivative = alpha(1) * (1 / step_s);
  EXPECT_NEAR(filtered(filter, 1, step_s), alpha(1 + 10 * derivative), 1e-12);
}

TEST(OneEuro, RestsMoreOftenAskedOrNot) {
  // Half the time step, twice as often: about the same answer after the same time.
  OneEuro coarse({.min_cutoff_hz = 0.5, .beta = 0});
  OneEuro fine({.min_cutoff_hz = 0.5, .beta = 0});
  filtered(coarse, 0, 0);
  filtered(fine, 0, 0);
  double at_coarse = 0;
  double at_fine = 0;
  for (int i = 1; i <= 10; ++i) at_coarse = filtered(coarse, 1, i * 0.02);
  for (int i = 1; i <= 20; ++i) at_fine = filtered(fine, 1, i * 0.01);
  EXPECT_NEAR(at_coarse, at_fine, 0.02);
}

TEST(OneEuro, LeavesValuesOfTheSameTimeAlone) {
  OneEuro filter(kOptions);
  filtered(filter, 0, 1);
  EXPECT_EQ(filtered(filter, 7, 1), 7);
  EXPECT_EQ(filtered(filter, 7, 0.5), 7);
}

TEST(OneEuro, DoesNotLagBehindASteadyMotionWithFullLead) {
  OneEuro lagging({.min_cutoff_hz = 2, .beta = 1, .derivative_cutoff_hz = 5});
  OneEuro leading({.min_cutoff_hz = 2, .beta = 1, .derivative_cutoff_hz = 5, .lead = 1});
  double with_lag = 0;
  double with_lead = 0;
  for (int i = 0; i <= 100; ++i) {
    with_lag = filtered(lagging, i * 0.1, i * 0.04);
    with_lead = filtered(leading, i * 0.1, i * 0.04);
  }
  EXPECT_LT(with_lag, 10 - 0.02);
  EXPECT_NEAR(with_lead, 10, 1e-3);
}

TEST(OneEuro, StartsAnewAfterReset) {
  OneEuro filter(kOptions);
  filtered(filter, 0, 0);
  filter.reset();
  EXPECT_EQ(filtered(filter, 9, 1), 9);
}

TEST(LowPass, MovesATenthOfTheWay) {
  LowPass filter(0.1);
  std::array<double, 2> values = {0, 1};
  filter.apply(values);
  values = {1, 1};
  filter.apply(values);
  EXPECT_NEAR(values[0], 0.1, 1e-12);
  EXPECT_NEAR(values[1], 1, 1e-12);
}

}  // namespace
}  // namespace kata
