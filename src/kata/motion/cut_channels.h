// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// One coordinate of one body part at the frames of a take; NaN where it was not seen.
struct CutChannel {
  std::vector<float> values;
  float weight = 1;
};

/// The coordinates by which repetitions are told: the trunk's place in the picture, the limbs
/// relative to it, the fingers relative to the wrist; all in body units. Without a body: the hands
/// in hand sizes.
std::vector<CutChannel> cut_channels(std::span<const Landmarks> take);

}  // namespace kata
