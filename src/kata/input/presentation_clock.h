// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/core/timestamp.h"

namespace kata {

struct ClockOptions {
  double frame_rate_hz = 0;  ///< one that makes no sense (0, negative, NaN, 1e9) counts as 30
  double origin_s = 0;       ///< the container's time at which players begin to count
  /// A jump of the container's times is no pause but its clock set anew, as in broadcasts.
  bool has_jumps = false;
};

/// Makes strictly rising time stamps, the seconds that players show, out of a container's times.
///
/// A picture whose time is missing or does not rise (broken files, joined streams, containers
/// without times) comes one nominal frame period after the one before it.
class PresentationClock {
 public:
  explicit PresentationClock(const ClockOptions& options);

  /// The time stamp of the next picture, whose container time is `time_s` if it has one.
  Timestamp next(std::optional<double> time_s);
  /// What players show at a time of the container near that of the last picture; not below zero.
  Timestamp shown_at(double time_s) const;

 private:
  double following(double time_s);

  double period_s_;
  bool has_jumps_;
  bool is_first_ = true;
  double shift_s_;  ///< from the container's time to the players'
  double now_s_ = 0;
};

}  // namespace kata
