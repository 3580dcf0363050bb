// SPDX-License-Identifier: Apache-2.0
#include "kata/input/square_pixels.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace kata {
namespace {

std::string size_of(int width, int height, double ratio) {
  const PictureSize size = square_size({width, height}, ratio);
  return std::to_string(size.width) + "x" + std::to_string(size.height);
}

TEST(SquarePixels, WidenWhatCamerasAndDiscsStore) {
  EXPECT_EQ(size_of(320, 480, 2), "640x480");
  EXPECT_EQ(size_of(1440, 1080, 4.0 / 3), "1920x1080");
  EXPECT_EQ(size_of(720, 576, 16.0 / 15), "768x576");
  EXPECT_EQ(size_of(720, 576, 64.0 / 45), "1024x576");
  EXPECT_EQ(size_of(720, 480, 32.0 / 27), "853x480");
}

TEST(SquarePixels, GrowTheHeightOfPixelsThatAreHigh) {
  EXPECT_EQ(size_of(720, 480, 8.0 / 9), "720x540");
  EXPECT_EQ(size_of(640, 240, 0.5), "640x480");
}

TEST(SquarePixels, DoNotBelieveWhatMakesNoSense) {
  for (const double ratio : {0.0, -2.0, 1e6, 1e-6, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(size_of(64, 48, ratio), "64x48") << ratio;
  }
}

TEST(SquarePixels, LeaveWhatIsSquareButForRounding) {
  EXPECT_EQ(size_of(1920, 1080, 4319.0 / 4320), "1920x1080");
}

}  // namespace
}  // namespace kata
