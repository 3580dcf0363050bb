// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/learn/judge.h"

namespace kata {

/// What must be seen of a person to judge a craft. The coach and the check before it ask here, so
/// that they say the same.
struct CraftNeeds {
  bool body = true;
  bool left_hand = true;
  bool right_hand = true;
};

/// Decided by what was taught: a hand is needed where its fingers carry a good part of the
/// movement, or where no body was seen; elsewhere its wrist stands for it.
CraftNeeds craft_needs(const Judge& judge);

}  // namespace kata
