// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "kata/core/timestamp.h"

namespace kata {

/// Why a learner's movement is not recognised, as far as it can be measured.
enum class HintCause {
  kOtherHand,       ///< works with the other hand than the teacher; is mirrored from now on
  kCameraSide,      ///< the camera stands further to one side than when it was taught
  kFacingOtherWay,  ///< taught from one side, seen from the other
  kTooFar,          ///< too small in the picture to be measured
  kTooNear,         ///< too large for the picture
  kNotSeen,         ///< what the craft needs cannot be seen
  kLarger,          ///< the movement is larger than what was taught
  kSmaller,
  kFaster,
  kSlower,
  kOtherMovement,  ///< like nothing that was taught
  kNothingMoves,   ///< stands still
};

constexpr std::string_view to_string(HintCause cause) {
  constexpr std::string_view kNames[] = {"other_hand", "camera_side",    "facing_other_way",
                                         "too_far",    "too_near",       "not_seen",
                                         "larger",     "smaller",        "faster",
                                         "slower",     "other_movement", "nothing_moves"};
  return kNames[static_cast<int>(cause)];
}

/// Said to a learner, once in a while, when nothing is recognised.
struct Hint {
  HintCause cause = HintCause::kOtherMovement;
  std::string movement;  ///< the nearest one
  Timestamp start{};     ///< the time of which it tells
  Timestamp end{};
  double distance = 0;  ///< of the nearest stretch; 1 = the limit, 0 = unknown
};

}  // namespace kata
