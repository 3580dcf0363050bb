// SPDX-License-Identifier: Apache-2.0
#include "kata/input/presentation_clock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace kata {
namespace {

/// In milliseconds, which compare exactly.
std::vector<long> times(double rate_hz, const std::vector<std::optional<double>>& given) {
  PresentationClock clock(rate_hz);
  std::vector<long> result;
  result.reserve(given.size());
  for (const auto& time_s : given) {
    result.push_back(std::lround(1000 * seconds(clock.next(time_s))));
  }
  return result;
}

TEST(PresentationClock, KeepsTheContainersUnevenTimesAndStartsAtZero) {
  EXPECT_EQ(times(10, {5.0, 5.1, 5.4, 5.45}), (std::vector<long>{0, 100, 400, 450}));
}

TEST(PresentationClock, CountsPicturesWhereTheContainerHasNoTimes) {
  EXPECT_EQ(times(10, {std::nullopt, std::nullopt, std::nullopt}),
            (std::vector<long>{0, 100, 200}));
}

TEST(PresentationClock, CountsPicturesWhereAllTimesAreTheSame) {
  EXPECT_EQ(times(4, {0.0, 0.0, 0.0}), (std::vector<long>{0, 250, 500}));
}

TEST(PresentationClock, GoesOnWhereAJoinedStreamStartsAgain) {
  EXPECT_EQ(times(10, {0.0, 0.1, 0.0, 0.1}), (std::vector<long>{0, 100, 200, 300}));
}

TEST(PresentationClock, TakesThirtyForARateThatMakesNoSense) {
  for (const double rate_hz : {0.0, -5.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(times(rate_hz, {std::nullopt, std::nullopt})[1], 33);
  }
}

}  // namespace
}  // namespace kata
