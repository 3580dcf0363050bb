// SPDX-License-Identifier: Apache-2.0
#include "kata/input/presentation_clock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace kata {
namespace {

/// In milliseconds, which compare exactly.
std::vector<long> times(const ClockOptions& options,
                        const std::vector<std::optional<double>>& given) {
  PresentationClock clock(options);
  std::vector<long> result;
  result.reserve(given.size());
  for (const auto& time_s : given) {
    result.push_back(std::lround(1000 * seconds(clock.next(time_s))));
  }
  return result;
}

TEST(PresentationClock, KeepsTheContainersUnevenTimes) {
  EXPECT_EQ(times({10}, {0.0, 0.1, 0.4, 0.45}), (std::vector<long>{0, 100, 400, 450}));
}

TEST(PresentationClock, BeginsWhereThePictureDoesWhenTheSoundBeganEarlier) {
  EXPECT_EQ(times({10}, {1.5, 1.6, 1.7}), (std::vector<long>{1500, 1600, 1700}));
}

TEST(PresentationClock, CountsFromTheOrigin) {
  EXPECT_EQ(times({10, 1.4}, {1.4, 1.5, 1.8}), (std::vector<long>{0, 100, 400}));
  EXPECT_EQ(times({10, -0.5}, {-0.2, -0.1, 0.0}), (std::vector<long>{300, 400, 500}));
}

TEST(PresentationClock, HasNothingBeforeZero) {
  EXPECT_EQ(times({10}, {-0.2, -0.1, 0.0}), (std::vector<long>{0, 100, 200}));
}

TEST(PresentationClock, KeepsAPause) {
  EXPECT_EQ(times({10}, {0.0, 0.1, 25.1}), (std::vector<long>{0, 100, 25100}));
}

TEST(PresentationClock, GoesOnWhereABroadcastsClockIsSetAnew) {
  EXPECT_EQ(times({10, 0, true}, {0.0, 0.1, 5000.0, 5000.1}),
            (std::vector<long>{0, 100, 200, 300}));
  EXPECT_EQ(times({10, 0, true}, {95443.6, 95443.7, 0.0, 0.1})[3] - 95443600, 300) << "wrapped";
}

TEST(PresentationClock, FindsBackAfterAStumble) {
  EXPECT_EQ(times({10}, {0.0, 0.1, 0.05, 0.3, 0.4}), (std::vector<long>{0, 100, 200, 300, 400}));
}

TEST(PresentationClock, CountsPicturesWhereTheContainerHasNoTimes) {
  EXPECT_EQ(times({10}, {std::nullopt, std::nullopt, std::nullopt}),
            (std::vector<long>{0, 100, 200}));
}

TEST(PresentationClock, CountsPicturesWhereAllTimesAreTheSame) {
  EXPECT_EQ(times({4}, {0.0, 0.0, 0.0}), (std::vector<long>{0, 250, 500}));
}

TEST(PresentationClock, GoesOnWhereAJoinedStreamStartsAgain) {
  EXPECT_EQ(times({10}, {0.0, 0.1, 0.0, 0.1}), (std::vector<long>{0, 100, 200, 300}));
}

TEST(PresentationClock, GoesOnWhereALongStreamStartsAgain) {
  EXPECT_EQ(times({10}, {8.0, 8.1, 0.0, 0.1, 0.3}),
            (std::vector<long>{8000, 8100, 8200, 8300, 8500}));
}

TEST(PresentationClock, TakesThirtyForARateThatMakesNoSense) {
  for (const double rate_hz : {0.0, -5.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(times({rate_hz}, {std::nullopt, std::nullopt})[1], 33);
  }
}

}  // namespace
}  // namespace kata
