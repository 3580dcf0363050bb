// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace kata {

/// Frame rate and latency of the last second or so, for the corner of the picture.
class FrameMeter {
 public:
  using SteadyClock = std::chrono::steady_clock;

  /// Call once a frame, when its picture is about to be drawn.
  void tick(SteadyClock::time_point arrived) {
    const auto now = SteadyClock::now();
    const double latency = std::chrono::duration<double, std::milli>(now - arrived).count();
    if (last_ != SteadyClock::time_point{}) {
      const double period_s = std::chrono::duration<double>(now - last_).count();
      period_s_ = period_s_ == 0 ? period_s : period_s_ + kSmoothing * (period_s - period_s_);
    }
    latency_ms_ = latency_ms_ == 0 ? latency : latency_ms_ + kSmoothing * (latency - latency_ms_);
    last_ = now;
  }

  double frame_rate_hz() const { return period_s_ > 0 ? 1 / period_s_ : 0; }
  double latency_ms() const { return latency_ms_; }

 private:
  static constexpr double kSmoothing = 0.05;  // about the last twenty frames
  SteadyClock::time_point last_{};
  double period_s_ = 0;
  double latency_ms_ = 0;
};

}  // namespace kata
