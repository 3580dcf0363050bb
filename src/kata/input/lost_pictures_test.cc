// SPDX-License-Identifier: Apache-2.0
#include "kata/input/lost_pictures.h"

#include <gtest/gtest.h>

namespace kata {
namespace {

constexpr double kPeriod_s = 0.04;

LostPictures after_good_ones(int count) {
  LostPictures pictures(kPeriod_s);
  for (int i = 0; i < count; ++i) pictures.came(i * kPeriod_s, false);
  return pictures;
}

TEST(LostPictures, AreNoneWhereNothingFails) {
  LostPictures pictures = after_good_ones(10);
  pictures.came(25.0, false);  // a pause
  EXPECT_EQ(pictures.all().lost, 0);
  EXPECT_EQ(pictures.all().damaged, 0);
  EXPECT_FALSE(pictures.all().first_s);
}

TEST(LostPictures, AreThoseOfTheGap) {
  LostPictures pictures = after_good_ones(10);
  pictures.failed();
  pictures.came(0.40, false);  // kept back by the decoder
  pictures.came(0.56, false);
  EXPECT_EQ(pictures.in_the_middle().lost, 3);
  EXPECT_NEAR(*pictures.in_the_middle().first_s, 0.44, 1e-9);
}

TEST(LostPictures, AreAtLeastTheFailures) {
  LostPictures pictures = after_good_ones(10);
  for (int i = 0; i < 4; ++i) pictures.failed();
  pictures.came(0.48, false);
  EXPECT_EQ(pictures.in_the_middle().lost, 4);
}

TEST(LostPictures, AreNotAWholePause) {
  LostPictures pictures = after_good_ones(10);
  pictures.failed();
  pictures.came(30.0, false);
  EXPECT_EQ(pictures.all().lost, 1);
}

TEST(LostPictures, AtTheEndAreCountedApart) {
  LostPictures pictures = after_good_ones(10);
  pictures.came(0.40, true);
  pictures.failed();
  EXPECT_EQ(pictures.in_the_middle().lost + pictures.in_the_middle().damaged, 0);
  EXPECT_EQ(pictures.all().lost, 1);
  EXPECT_EQ(pictures.all().damaged, 1);
  EXPECT_NEAR(*pictures.all().first_s, 0.40, 1e-9);
}

TEST(LostPictures, CountDamagedOnesOnceAGoodOneComes) {
  LostPictures pictures = after_good_ones(10);
  for (const double time_s : {0.40, 0.44, 0.48}) pictures.came(time_s, true);
  pictures.came(0.52, false);
  EXPECT_EQ(pictures.in_the_middle().damaged, 3);
  EXPECT_NEAR(*pictures.in_the_middle().first_s, 0.40, 1e-9);
}

}  // namespace
}  // namespace kata
