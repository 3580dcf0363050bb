// SPDX-License-Identifier: Apache-2.0
#include "kata/input/presentation_clock.h"

#include <algorithm>

namespace kata {
namespace {

constexpr double kDefaultRate_hz = 30;
constexpr double kMostRate_hz = 1000;
constexpr double kSmallestStep_s = 1e-6;  // the resolution of Timestamp
/// Times that fall back less are a stumble, after which they go on as before; else all begins anew.
constexpr double kLongestStumble_s = 1;
/// ffmpeg's dts_delta_threshold and dts_error_threshold: a longer step is none of time.
constexpr double kLongestStep_s = 10;
constexpr double kLongestPause_s = 30 * 3600;

}  // namespace

PresentationClock::PresentationClock(const ClockOptions& options)
    : period_s_(1 / (options.frame_rate_hz > 0 && options.frame_rate_hz <= kMostRate_hz
                         ? options.frame_rate_hz
                         : kDefaultRate_hz)),
      has_jumps_(options.has_jumps),
      shift_s_(-options.origin_s) {}

Timestamp PresentationClock::next(std::optional<double> time_s) {
  if (time_s) {
    now_s_ = following(*time_s);
  } else if (!is_first_) {
    now_s_ += period_s_;
  }
  is_first_ = false;
  return timestamp_from_seconds(now_s_);
}

double PresentationClock::following(double time_s) {
  const double due_s = time_s + shift_s_;
  if (is_first_) {
    if (due_s < 0) shift_s_ -= due_s;
    return std::max(0.0, due_s);
  }
  const double step_s = due_s - now_s_;
  const double longest_s = has_jumps_ ? kLongestStep_s : kLongestPause_s;
  if (step_s >= kSmallestStep_s && step_s <= longest_s) return due_s;
  const double next_s = now_s_ + period_s_;
  if (step_s < -kLongestStumble_s || step_s > longest_s) shift_s_ = next_s - time_s;
  return next_s;
}

Timestamp PresentationClock::shown_at(double time_s) const {
  return timestamp_from_seconds(std::max(0.0, time_s + shift_s_));
}

}  // namespace kata
