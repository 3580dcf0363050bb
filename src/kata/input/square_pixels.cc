// SPDX-License-Identifier: Apache-2.0
#include "kata/input/square_pixels.h"

#include <cmath>

namespace kata {
namespace {

constexpr double kMostRatio = 8;           // cameras and discs have 0.5 to 2.2
constexpr double kLeastDeviation = 0.005;  // of a side: encoders round it away (4319:4320)

}  // namespace

PictureSize square_size(PictureSize stored, double pixel_ratio) {
  const bool is_believed = pixel_ratio >= 1 / kMostRatio && pixel_ratio <= kMostRatio;  // not NaN
  if (!is_believed || std::abs(std::log(pixel_ratio)) < kLeastDeviation) return stored;
  if (pixel_ratio > 1) stored.width = static_cast<int>(std::lround(stored.width * pixel_ratio));
  if (pixel_ratio < 1) stored.height = static_cast<int>(std::lround(stored.height / pixel_ratio));
  return stored;
}

}  // namespace kata
