// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// What moves in a take, as one path through a space of body units on an even time grid.
///
/// Each channel is a coordinate of a body part, weighted by how far its movement exceeds its
/// jitter; the distance of two moments is that of two postures.
struct CutSignal {
  double step_s = 0.04;  ///< of the grid
  double start_s = 0;    ///< time of the first grid frame
  std::size_t dims = 0;
  std::size_t frames = 0;
  std::vector<float> values;  ///< [frames, dims] row-major, smoothed
  std::vector<float> speed;   ///< body units per second
  double jitter = 0;          ///< what stays of the points' trembling, body units
  double spread = 0;          ///< of the postures while moving, root mean square about their mean
  double typical_speed = 0;   ///< of the moving parts of the take; idle time does not lower it

  std::span<const float> at(std::size_t frame) const { return {&values[frame * dims], dims}; }
  double distance(std::size_t a, std::size_t b) const;
  double time_s(std::size_t frame) const { return start_s + static_cast<double>(frame) * step_s; }
};

/// Empty (no dims) where too little was seen to speak of movement.
CutSignal cut_signal(std::span<const Landmarks> take);

}  // namespace kata
