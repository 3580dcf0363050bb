// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "kata/core/landmarks.h"
#include "kata/input/frame_source.h"

namespace kata {

/// A drawn figure that raises and lowers its right arm; for tests that need pictures with truth.
struct SyntheticOptions {
  int width = 320;
  int height = 240;
  double frame_rate_hz = 25;
  int frames = 50;
  double period_s = 2;  ///< of one raise and lowering
  bool with_hands = true;
};

/// Where every point of the figure is at a moment: exact, visibility 1.
Landmarks synthetic_landmarks(const SyntheticOptions& options, Timestamp timestamp);

/// The figure's pictures. Throws std::logic_error for sizes or rates that are not positive.
std::unique_ptr<FrameSource> make_synthetic_source(const SyntheticOptions& options = {});

}  // namespace kata
