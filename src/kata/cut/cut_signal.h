// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/cut/cut_tuning.h"

namespace kata {

/// What moves in a take, as one path through a space of body units on an even time grid.
struct CutSignal {
  double step_s = 0.04;  ///< of the grid
  double start_s = 0;    ///< time of the first grid frame
  std::size_t dims = 0;
  std::size_t frames = 0;
  std::vector<float> values;  ///< [dims, frames] row-major, smoothed, about their mean
  std::vector<float> speed;   ///< body units per second
  float jitter = 0;           ///< what stays of the points' trembling, body units
  float typical_speed = 0;    ///< of the moving parts of the take; idle time does not lower it

  const float* dim(std::size_t d) const { return &values[d * frames]; }
  double time_s(std::size_t frame) const { return start_s + static_cast<double>(frame) * step_s; }
};

/// How the channels of a take become its signal: so that other takes can be seen the same way.
struct CutView {
  std::vector<float> factors;     ///< of each channel; 0 = not used
  std::vector<float> means;       ///< of each weighted channel
  std::vector<float> components;  ///< [dims, channels]
  std::size_t dims = 0;
};

/// Empty (no dims) where too little was seen to speak of movement.
CutSignal cut_signal(std::span<const Landmarks> take, const CutTuning& tuning, CutView& view);

/// Another take seen the same way; empty where it is too short.
CutSignal signal_as(std::span<const Landmarks> take, const CutTuning& tuning, const CutView& view);

}  // namespace kata
