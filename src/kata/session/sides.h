// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/coach/coach.h"
#include "kata/core/verdict.h"

namespace kata {

/// "right_elbow" → "left_elbow" and the reverse, in names and in sentences; whole words only.
std::string with_swapped_sides(const std::string& text);

/// A left-handed learner is judged in a mirror; what is said to them names their own sides.
void swap_sides(Verdict& verdict);
void swap_sides(CoachUpdate& update);

}  // namespace kata
