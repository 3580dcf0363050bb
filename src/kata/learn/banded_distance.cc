// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/banded_distance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "kata/core/error.h"

namespace kata {

AlignableSeries::AlignableSeries(const Series& series) : channels_(series.channels) {
  KATA_CHECK(series.frames == kFrames, "a thinned series");
  values_.assign(channels_ * kStride, 0.0F);
  for (std::size_t c = 0; c < channels_; ++c) {
    const auto from = series.channel(c);
    std::copy(from.begin(), from.end(),
              values_.begin() + static_cast<std::ptrdiff_t>(c * kStride + kBand));
  }
}

Series AlignableSeries::series() const {
  Series result(channels_, kFrames);
  for (std::size_t c = 0; c < channels_; ++c) {
    const float* from = &values_[c * kStride + kBand];
    std::copy(from, from + kFrames, result.channel(c).begin());
  }
  return result;
}

void AlignableSeries::row_costs(const AlignableSeries& other, std::size_t row, float* costs) const {
  float sums[kWidth] = {};
  for (std::size_t c = 0; c < channels_; ++c) {
    const float value = values_[c * kStride + kBand + row];
    const float* against = &other.values_[c * kStride + row];  // column row − kBand
    for (std::size_t k = 0; k < kWidth; ++k) {
      const float difference = value - against[k];
      sums[k] += difference * difference;
    }
  }
  std::copy(sums, sums + kWidth, costs);
}

double AlignableSeries::distance_to(const AlignableSeries& other, double give_up_above) const {
  constexpr float kFar = std::numeric_limits<float>::max() / 4;
  constexpr std::size_t kColumns = 2 * kBand + 1;
  const double limit = give_up_above * give_up_above * static_cast<double>(kFrames);
  float costs[kWidth];
  // Column k of a row is frame row − kBand + k of the other; one place more on the right stays far.
  float above[kColumns + 1];
  float current[kColumns + 1];
  std::fill(above, above + kColumns + 1, kFar);
  std::fill(current, current + kColumns + 1, kFar);
  for (std::size_t row = 0; row < kFrames; ++row) {
    row_costs(other, row, costs);
    float least = kFar;
    for (std::size_t k = 0; k < kColumns; ++k) {
      const bool is_inside = row + k >= kBand && row + k < kFrames + kBand;
      float best = std::min(above[k], above[k + 1]);
      if (k > 0) best = std::min(best, current[k - 1]);
      if (row == 0 && k == kBand) best = 0;
      current[k] = is_inside ? std::min(best + costs[k], kFar) : kFar;
      least = std::min(least, current[k]);
    }
    if (static_cast<double>(least) > limit) return std::numeric_limits<double>::infinity();
    std::swap(above, current);
  }
  return std::sqrt(static_cast<double>(above[kBand]) / static_cast<double>(kFrames));
}

}  // namespace kata
