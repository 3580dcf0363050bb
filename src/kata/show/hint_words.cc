// SPDX-License-Identifier: Apache-2.0
#include "kata/show/hint_words.h"

namespace kata {

std::string hint_text(const Hint& hint) {
  const std::string name = hint.movement.empty() ? "the movement" : "\"" + hint.movement + "\"";
  const std::string looks = "this looks like " + name + ", but ";
  switch (hint.cause) {
    case HintCause::kOtherHand:
      return "you work with the other hand; I mirror you";
    case HintCause::kCameraSide:
      return "I see you too much from one side; turn to the camera as the teacher did";
    case HintCause::kFacingOtherWay:
      return "the teacher faced the other way; turn round";
    case HintCause::kTooFar:
      return "you are too far away; come closer to the camera";
    case HintCause::kTooNear:
      return "you are too close; step back from the camera";
    case HintCause::kNotSeen:
      return "I cannot see what " + name + " needs; move until it is in the picture";
    case HintCause::kLarger:
      return looks + "larger than what was taught";
    case HintCause::kSmaller:
      return looks + "smaller than what was taught";
    case HintCause::kFaster:
      return looks + "faster than what was taught";
    case HintCause::kSlower:
      return looks + "slower than what was taught";
    case HintCause::kOtherMovement:
      return "I see you move, but not " + name;
    case HintCause::kNothingMoves:
      return "begin when you like";
  }
  return {};
}

}  // namespace kata
