// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// How one thing about a body goes through a repetition, in equal steps of its duration; NaN where
/// it was not seen.
struct RepetitionCurve {
  std::string name;  ///< for people: "right elbow"
  std::string unit;
  std::vector<double> values;
};

/// The angle of a joint ("right_elbow"), or for "left_hand" and "right_hand" how far the hand is
/// open (fingertips from the wrist, in palm lengths). All NaN for a name that has no curve.
RepetitionCurve curve_of(std::span<const Landmarks> frames, std::string_view joint,
                         std::size_t steps = 64);

/// The joint whose curve changes most over the repetition; empty when nothing was seen.
std::string liveliest_joint(std::span<const Landmarks> frames);

}  // namespace kata
