// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_sight.h"

#include <algorithm>
#include <string>

#include "kata/coach/craft_needs.h"
#include "kata/core/topology.h"

namespace kata {
namespace {

/// What is not seen for so long is said, however short a repetition is.
constexpr double kPatience_s = 1.0;
/// Share of a repetition's time.
constexpr double kMost = 0.6;

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

LiveSight::LiveSight(const Judge& judge) : sideways_(is_taught_upright(judge)) {
  const CraftNeeds needs = craft_needs(judge);
  body_.is_needed = needs.body;
  left_hand_.is_needed = needs.left_hand;
  right_hand_.is_needed = needs.right_hand;
  watched_s_ = kPatience_s;
  for (const std::string& movement : judge.movements()) {
    for (const Repetition& one : judge.prototypes(movement))
      watched_s_ = std::max(watched_s_, kMost * duration_s(one.frames));
  }
}

bool LiveSight::is_missing(Part& part, bool is_seen, double now_s) const {
  if (!part.is_needed) return false;
  part.past.push_back({now_s, is_seen});
  while (part.past.size() > 1 && now_s - part.past[1].time_s >= watched_s_) part.past.pop_front();
  if (is_seen || now_s - part.past.front().time_s < watched_s_) return false;
  const auto unseen = std::count_if(part.past.begin(), part.past.end(),
                                    [](const Moment& moment) { return !moment.is_seen; });
  return static_cast<double>(unseen) > kMost * static_cast<double>(part.past.size());
}

std::optional<CannotSee> LiveSight::step(const Landmarks& landmarks) {
  const double now_s = seconds(landmarks.timestamp);
  const bool body = is_missing(body_, sees_body(landmarks), now_s);
  const bool left = is_missing(left_hand_, landmarks.left_hand.has_value(), now_s);
  const bool right = is_missing(right_hand_, landmarks.right_hand.has_value(), now_s);
  if (sideways_.step(landmarks))
    return CannotSee{{"level"}, std::string(kSidewaysText) + ": " + kSidewaysAdvice};
  if (!body && !left && !right) return std::nullopt;
  CannotSee result;
  if (body) result.missing.emplace_back("pose");
  if (left) result.missing.emplace_back("left_hand");
  if (right) result.missing.emplace_back("right_hand");
  result.advice = advice_for(body, left, right);
  return result;
}

}  // namespace kata
