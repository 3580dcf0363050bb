// SPDX-License-Identifier: Apache-2.0
#include "kata/input/presentation_clock.h"

namespace kata {
namespace {

constexpr double kDefaultRateHz = 30;
constexpr double kMaxRateHz = 1000;
constexpr double kSmallestStepS = 1e-6;  // the resolution of Timestamp

}  // namespace

PresentationClock::PresentationClock(double frame_rate_hz)
    : period_s_(1 / (frame_rate_hz > 0 && frame_rate_hz <= kMaxRateHz ? frame_rate_hz
                                                                      : kDefaultRateHz)) {}

Timestamp PresentationClock::next(std::optional<double> time_s) {
  if (!is_first_) {
    const bool rises = time_s && last_time_s_ && *time_s - *last_time_s_ >= kSmallestStepS;
    now_s_ += rises ? *time_s - *last_time_s_ : period_s_;
  }
  is_first_ = false;
  last_time_s_ = time_s;
  return timestamp_from_seconds(now_s_);
}

}  // namespace kata
