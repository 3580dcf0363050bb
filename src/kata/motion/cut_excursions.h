// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "kata/motion/cut_signal.h"

namespace kata {

/// A moment or a while in which the body is slower than before and after: where one may cut.
struct CutDwell {
  std::size_t enter = 0;  ///< grid frame at which it has become slow
  std::size_t lowest = 0;
  std::size_t leave = 0;  ///< last grid frame before it is fast again
  double speed = 0;       ///< at the lowest
};

/// Path length up to each frame; the speed that trembling alone would show is taken off.
std::vector<double> path_lengths(const CutSignal& signal);

std::vector<CutDwell> find_dwells(const CutSignal& signal);

/// A way out of a posture and back to it: what a repetition looks like before one knows which.
struct CutExcursion {
  std::size_t begin = 0;  ///< grid frame at which it leaves
  std::size_t end = 0;    ///< grid frame at which it is back; > begin
  double duration_s = 0;
  double height = 0;     ///< distance of its farthest posture from both ends, body units
  double length = 0;     ///< of the path, without trembling, body units
  double closure = 0;    ///< 0–1: it ends where it began, and comes back nowhere in between
  double stillness = 0;  ///< 0–1: how slow the body is at both ends
};

/// All excursions that are not hopeless, in order of their end: between two dwells, or between a
/// dwell and a moment at which the body passes through the same posture without slowing down.
std::vector<CutExcursion> find_excursions(const CutSignal& signal,
                                          const std::vector<CutDwell>& dwells);

}  // namespace kata
