// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_movement.h"

#include <algorithm>
#include <cmath>

#include "kata/coach/live_match.h"

namespace kata {
namespace {

constexpr double kLookBack_s = 0.2;
/// Body units per second, root mean square over the parts: well above trembling and swaying.
constexpr double kFast = 0.25;
constexpr double kSlow = 0.12;
constexpr double kRest_s = 0.35;
constexpr double kLeastBurst_s = 0.6;
/// A burst of which this share was repetitions is the craft's.
constexpr double kExplained = 0.3;

}  // namespace

double LiveBursts::speed(const LivePosture& posture, double time_s) {
  past_.push_back({time_s, posture});
  while (past_.size() > 2 && time_s - past_[1].time_s >= kLookBack_s) past_.pop_front();
  const double span_s = time_s - past_.front().time_s;
  if (span_s <= 0) return 0;
  const double difference = posture_difference(posture, past_.front().posture);
  return std::isfinite(difference) ? std::sqrt(difference) / span_s : 0;
}

bool LiveBursts::step(const LivePosture& posture, double time_s) {
  const double now = speed(posture, time_s);
  if (!is_moving_) {
    if (now < kFast) return false;
    is_moving_ = true;
    began_s_ = slow_since_s_ = time_s;
    explained_s_ = 0;
    return false;
  }
  if (now > kSlow) slow_since_s_ = time_s;
  if (time_s - slow_since_s_ < kRest_s) return false;
  is_moving_ = false;
  const double length_s = slow_since_s_ - began_s_;
  return length_s >= kLeastBurst_s && explained_s_ < kExplained * length_s;
}

void LiveBursts::explain(double start_s, double end_s) {
  explained_s_ += std::max(0.0, end_s - std::max(start_s, began_s_));
}

}  // namespace kata
