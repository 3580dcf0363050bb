// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/crop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

namespace kata {
namespace {

Image random_image(int width, int height, PixelFormat format) {
  Image image(width, height, format);
  for (std::size_t i = 0; i < image.row_stride() * static_cast<std::size_t>(height); ++i) {
    image.data()[i] = static_cast<std::uint8_t>(std::rand());
  }
  return image;
}

/// One channel (0 red, 1 green, 2 blue) of a pixel that may lie outside.
int tap(const ImageView& image, long x, long y, int channel, Border border) {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) {
    if (border == Border::kZero) return 0;
    x = std::clamp(x, 0L, image.width - 1L);
    y = std::clamp(y, 0L, image.height - 1L);
  }
  const bool is_bgr = image.format == PixelFormat::kBgr || image.format == PixelFormat::kBgra;
  const int position = image.format == PixelFormat::kGray ? 0 : is_bgr ? 2 - channel : channel;
  return image.data[static_cast<std::size_t>(y) * image.row_stride +
                    static_cast<std::size_t>(x * channels(image.format) + position)];
}

/// The definition, step by step: positions in double, rounded to 1/32 px, 8-bit result.
float sample(const ImageView& image, const RectInImage& rect, const TensorShape& shape, int u,
             int v, int channel) {
  const double dx = (u / static_cast<double>(shape.size) - 0.5) * rect.width;
  const double dy = (v / static_cast<double>(shape.size) - 0.5) * rect.height;
  const double c = std::cos(rect.angle);
  const double s = std::sin(rect.angle);
  const long x32 = std::lrint(32 * (rect.center.x + c * dx - s * dy));
  const long y32 = std::lrint(32 * (rect.center.y + s * dx + c * dy));
  const long x = static_cast<long>(std::floor(static_cast<double>(x32) / 32));
  const long y = static_cast<long>(std::floor(static_cast<double>(y32) / 32));
  const int fx = static_cast<int>(x32 - 32 * x);
  const int fy = static_cast<int>(y32 - 32 * y);
  const int sum = tap(image, x, y, channel, shape.border) * (32 - fx) * (32 - fy) +
                  tap(image, x + 1, y, channel, shape.border) * fx * (32 - fy) +
                  tap(image, x, y + 1, channel, shape.border) * (32 - fx) * fy +
                  tap(image, x + 1, y + 1, channel, shape.border) * fx * fy;
  const int value = (sum + 512) >> 10;
  return static_cast<float>(value) * (shape.high - shape.low) / 255.0f + shape.low;
}

double largest_difference(const ImageView& image, const RectInImage& rect,
                          const TensorShape& shape) {
  std::vector<float> tensor(static_cast<std::size_t>(shape.size * shape.size * 3));
  crop_to_tensor(image, rect, shape, tensor);
  double largest = 0;
  for (int v = 0; v < shape.size; ++v) {
    for (int u = 0; u < shape.size; ++u) {
      for (int k = 0; k < 3; ++k) {
        const float found = tensor[static_cast<std::size_t>((v * shape.size + u) * 3 + k)];
        largest = std::max(
            largest, std::abs(static_cast<double>(found - sample(image, rect, shape, u, v, k))));
      }
    }
  }
  return largest;
}

constexpr TensorShape kReplicated{48, 0, 1, Border::kReplicate};
constexpr TensorShape kBlackOutside{56, -1, 1, Border::kZero};

class CropOfFormat : public ::testing::TestWithParam<PixelFormat> {};

TEST_P(CropOfFormat, EqualsTheDefinitionInside) {
  const Image image = random_image(97, 83, GetParam());
  EXPECT_LT(largest_difference(image, {{48.3, 41.7}, 40.9, 40.9, 0.37}, kReplicated), 1e-5);
}

TEST_P(CropOfFormat, EqualsTheDefinitionAcrossAllBorders) {
  const Image image = random_image(31, 45, GetParam());
  EXPECT_LT(largest_difference(image, {{15.1, 22.2}, 90.3, 90.3, -2.1}, kReplicated), 1e-5);
  EXPECT_LT(largest_difference(image, {{15.1, 22.2}, 90.3, 90.3, -2.1}, kBlackOutside), 1e-5);
}

TEST_P(CropOfFormat, EqualsTheDefinitionAtEachCorner) {
  const Image image = random_image(40, 30, GetParam());
  for (const double x : {0.0, 39.0}) {
    for (const double y : {0.0, 29.0}) {
      EXPECT_LT(largest_difference(image, {{x, y}, 17.7, 17.7, 0.9}, kReplicated), 1e-5);
      EXPECT_LT(largest_difference(image, {{x, y}, 17.7, 17.7, 0.9}, kBlackOutside), 1e-5);
    }
  }
}

TEST_P(CropOfFormat, WorksOnOnePixel) {
  const Image image = random_image(1, 1, GetParam());
  EXPECT_LT(largest_difference(image, {{0, 0}, 3, 3, 0.2}, kReplicated), 1e-5);
  EXPECT_LT(largest_difference(image, {{0, 0}, 3, 3, 0.2}, kBlackOutside), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Formats, CropOfFormat,
                         ::testing::Values(PixelFormat::kGray, PixelFormat::kRgb, PixelFormat::kBgr,
                                           PixelFormat::kRgba, PixelFormat::kBgra));

TEST(Crop, ReadsRowsWithPadding) {
  const Image wide = random_image(64, 40, PixelFormat::kBgr);
  ImageView part = wide;
  part.width = 33;
  EXPECT_LT(largest_difference(part, {{20, 20}, 50, 50, 0.5}, kBlackOutside), 1e-5);
}

TEST(Crop, OfTheWholeImageHasBlackBars) {
  Image image(40, 20, PixelFormat::kRgb);
  std::fill_n(image.data(), 40 * 20 * 3, std::uint8_t{255});
  std::vector<float> tensor(48 * 48 * 3);
  crop_to_tensor(image, whole_image_square(image), {48, -1, 1, Border::kZero}, tensor);
  EXPECT_FLOAT_EQ(tensor[24 * 3], -1);
  EXPECT_FLOAT_EQ(tensor[(24 * 48 + 24) * 3], 1);
}

TEST(Crop, OfARectThatIsNoNumberIsBlack) {
  const Image image = random_image(20, 20, PixelFormat::kBgr);
  std::vector<float> tensor(48 * 48 * 3, 7);
  crop_to_tensor(image, {{std::numeric_limits<double>::quiet_NaN(), 0}, 5, 5, 0}, kReplicated,
                 tensor);
  EXPECT_FLOAT_EQ(*std::max_element(tensor.begin(), tensor.end()), 0);
  crop_to_tensor(image, {{1e12, 0}, 5, 5, 0}, kReplicated, tensor);
  EXPECT_FLOAT_EQ(*std::max_element(tensor.begin(), tensor.end()), 0);
}

}  // namespace
}  // namespace kata
