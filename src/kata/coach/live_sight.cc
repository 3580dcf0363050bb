// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_sight.h"

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr double kPatience_s = 1.0;
/// Share of the frames of the taught repetitions in which a part was seen, to be needed.
constexpr double kNeededShare = 0.6;

bool sees_body(const Landmarks& frame) {
  constexpr float kVisible = 0.5F;
  return frame.pose && frame.pose->visibility[kLeftShoulder] > kVisible &&
         frame.pose->visibility[kRightShoulder] > kVisible;
}

std::string advice_for(bool body, bool left, bool right) {
  if (body) return "step back until head, shoulders and arms are in the picture";
  if (left && right) return "keep both hands in the picture, with light on them";
  return std::string("keep the ") + (left ? "left" : "right") +
         " hand in the picture, with light on it";
}

}  // namespace

LiveSight::LiveSight(const Judge& judge) {
  double frames = 0, bodies = 0, lefts = 0, rights = 0;
  for (const std::string& movement : judge.movements()) {
    for (const Repetition& repetition : judge.prototypes(movement)) {
      for (const Landmarks& frame : repetition.frames) {
        frames += 1;
        bodies += sees_body(frame) ? 1 : 0;
        lefts += frame.left_hand ? 1 : 0;
        rights += frame.right_hand ? 1 : 0;
      }
    }
  }
  body_.is_needed = bodies > kNeededShare * frames;
  left_hand_.is_needed = lefts > kNeededShare * frames;
  right_hand_.is_needed = rights > kNeededShare * frames;
}

std::optional<CannotSee> LiveSight::step(const Landmarks& landmarks) {
  const double now_s = seconds(landmarks.timestamp);
  const auto is_missing = [now_s](Part& part, bool is_seen) {
    if (is_seen || !part.is_needed) {
      part.missing_since_s.reset();
      return false;
    }
    if (!part.missing_since_s) part.missing_since_s = now_s;
    return now_s - *part.missing_since_s >= kPatience_s;
  };
  const bool body = is_missing(body_, sees_body(landmarks));
  const bool left = is_missing(left_hand_, landmarks.left_hand.has_value());
  const bool right = is_missing(right_hand_, landmarks.right_hand.has_value());
  if (!body && !left && !right) return std::nullopt;
  CannotSee result;
  if (body) result.missing.emplace_back("pose");
  if (left) result.missing.emplace_back("left_hand");
  if (right) result.missing.emplace_back("right_hand");
  result.advice = advice_for(body, left, right);
  return result;
}

}  // namespace kata
