// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/cut/cut_tuning.h"

namespace kata {

/// One coordinate of one body part at the frames of a take; NaN where it was not seen.
struct CutChannel {
  std::vector<float> values;
  float weight = 1;  ///< 0: not seen often enough to count
};

/// The coordinates by which repetitions are told: the trunk's place in the picture, the limbs
/// relative to it, the fingers relative to the wrist, how the hands are turned; in body units,
/// without a body in hand sizes. Always the same channels in the same order.
std::vector<CutChannel> cut_channels(std::span<const Landmarks> take, const CutTuning& tuning);

}  // namespace kata
