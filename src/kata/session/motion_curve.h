// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// How fast arms, hips and hands move along a take, in picture heights a second, for a timeline:
/// at most `bins` means over equal spans of time.
std::vector<float> motion_curve(std::span<const Landmarks> frames, std::size_t bins);

}  // namespace kata
