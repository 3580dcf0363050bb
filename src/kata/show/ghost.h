// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "kata/core/landmarks.h"

namespace kata {

/// Moves and scales a teacher's picture so that it lies over the learner's: px = scale * px +
/// shift.
///
/// Nothing is turned: a body that leans or a hand that is turned wrongly is what the ghost shows.
struct GhostFit {
  double scale = 1;
  double shift_x = 0;  ///< px of the learner's picture
  double shift_y = 0;
  int image_width = 0;  ///< of the learner's picture, px
  int image_height = 0;
};

/// Fits by shoulders and hips; by shoulders and head where the hips are not seen; by wrists and
/// knuckles where there is no body. Empty when the two have too little in common.
std::optional<GhostFit> ghost_fit(const Landmarks& teacher, const Landmarks& learner);

/// The teacher laid over the learner's picture.
Landmarks ghost_of(const Landmarks& teacher, const GhostFit& fit);

/// The frame of a repetition that is `phase` (0–1) of its duration in. Throws std::logic_error when
/// there are no frames.
const Landmarks& frame_at_phase(std::span<const Landmarks> frames, double phase);

}  // namespace kata
