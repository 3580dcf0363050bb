// SPDX-License-Identifier: Apache-2.0
#include "kata/input/pace_of_times.h"

#include <gtest/gtest.h>

#include <limits>

namespace kata {
namespace {

TEST(PaceOfTimes, IsThatOfTheUsualStep) {
  EXPECT_NEAR(pace_of_times({0, 0.04, 0.08, 0.12, 0.16, 0.20}), 25, 1e-6);
  EXPECT_NEAR(pace_of_times({0, 0.08, 0.04, 0.16, 0.12, 0.20}), 25, 1e-6) << "in decoding order";
  EXPECT_NEAR(pace_of_times({0, 0.04, 0.08, 25.12, 25.16, 25.20}), 25, 1e-6) << "with a pause";
}

TEST(PaceOfTimes, IsUnknownOfFewPicturesAndOfTimesThatStandStill) {
  EXPECT_EQ(pace_of_times({}), 0);
  EXPECT_EQ(pace_of_times({0, 0.04}), 0);
  EXPECT_EQ(pace_of_times({1, 1, 1, 1, 1, 1, 1}), 0);
}

TEST(BelievedRate, IsTheClaimWhereTheTimesAgree) {
  EXPECT_EQ(believed_rate_hz(30000 / 1001.0, 30), 30000 / 1001.0);
  EXPECT_EQ(believed_rate_hz(240, 240.2), 240) << "a slow motion camera";
}

TEST(BelievedRate, IsWhatTheTimesSayWhereTheyDiffer) {
  EXPECT_EQ(believed_rate_hz(1000, 30), 30) << "a browser's recording";
  EXPECT_EQ(believed_rate_hz(30, 9), 9);
  EXPECT_EQ(believed_rate_hz(3.4, 25), 25) << "the mean over a long pause";
  EXPECT_EQ(believed_rate_hz(0, 25), 25);
}

TEST(BelievedRate, OfClaimsAloneIsNoneThatNoCameraHas) {
  EXPECT_EQ(believed_rate_hz(60, 0), 60);
  for (const double claim : {0.0, -1.0, 1000.0, 90000.0, std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(believed_rate_hz(claim, 0), 0) << claim;
  }
}

}  // namespace
}  // namespace kata
