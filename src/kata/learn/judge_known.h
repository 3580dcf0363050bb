// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"

namespace kata {

class Judge;

/// Judges a repetition that is known to be one of this movement: right, wrong or unsure, never
/// another movement.
Verdict judge_known(const Judge& judge, std::span<const Landmarks> frames,
                    std::string_view movement);

}  // namespace kata
