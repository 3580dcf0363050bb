// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "kata/motion/point_track.h"

namespace kata {

/// A few moments of a repetition as stick figures, for the report.
struct StickFigure {
  /// Head, shoulders, elbows, wrists, middle finger tips, hips; of each pair the person's left
  /// first.
  static constexpr std::size_t kPoints = 11;
  static constexpr std::array<std::pair<std::size_t, std::size_t>, 10> kLines = {
      {{1, 2}, {1, 3}, {3, 5}, {5, 7}, {2, 4}, {4, 6}, {6, 8}, {1, 9}, {2, 10}, {9, 10}}};

  /// Hundredths of a body unit from the shoulders' middle, x to the right, y down; none: not seen.
  using Moment = std::array<std::optional<std::array<int, 2>>, kPoints>;
  std::vector<Moment> moments;
};

/// Evenly spread moments; empty where no shoulders are seen.
StickFigure stick_figure(const PointTrack& track, std::size_t moments = 5);

}  // namespace kata
