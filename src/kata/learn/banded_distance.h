// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "kata/motion/series.h"

namespace kata {

/// A series made ready for many alignments: thinned to a fixed number of frames, with room around
/// it so that the inner loop has a constant length and vectorises.
class AlignableSeries {
 public:
  static constexpr std::size_t kFrames = 32;
  static constexpr std::size_t kBand = 6;

  AlignableSeries() = default;
  /// `series` has kFrames frames and no NaN.
  explicit AlignableSeries(const Series& series);

  /// Root of the summed squares along the best path, over the frames; stops and returns infinity as
  /// soon as it must be above `give_up_above`.
  double distance_to(const AlignableSeries& other, double give_up_above) const;

  std::size_t channels() const { return channels_; }
  /// The series that it was made from.
  Series series() const;

 private:
  static constexpr std::size_t kWidth = 16;  // of a row: 2 × band + 1, rounded up
  static constexpr std::size_t kStride = kBand + kFrames + kWidth - kBand;

  void row_costs(const AlignableSeries& other, std::size_t row, float* costs) const;

  std::size_t channels_ = 0;
  std::vector<float> values_;  // [channels, kStride]; frame 0 lies at kBand
};

}  // namespace kata
