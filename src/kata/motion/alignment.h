// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "kata/motion/series.h"

namespace kata {

struct AlignmentOptions {
  /// How far the time lines may slide against each other, as a share of the longer one.
  double band = 0.15;
  /// True: the whole of the first series is laid on any beginning of the second (a repetition that
  /// is still under way); the band is then ignored.
  bool is_open_ended = false;
};

/// How two series fit when time may stretch: Sakoe and Chiba's dynamic time warping, 1978.
struct Alignment {
  double distance = 0;  ///< root of the mean squared difference along the path, per channel
  std::vector<std::pair<std::size_t, std::size_t>> path;  ///< frame of the first, of the second
};

/// Channels that are NaN in either series are left out. Both have the same channels.
Alignment align(const Series& first, const Series& second, const AlignmentOptions& options = {});

/// The distance of align() alone, without the path: less memory, no allocation per cell.
double alignment_distance(const Series& first, const Series& second,
                          const AlignmentOptions& options = {});

}  // namespace kata
