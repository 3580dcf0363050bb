// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/core/timestamp.h"

namespace kata {

/// Makes strictly rising time stamps, zero at the first picture, out of a container's times.
///
/// A picture whose time is missing or does not rise (broken files, joined streams, containers
/// without times) comes one nominal frame period after the one before it.
class PresentationClock {
 public:
  /// A rate that makes no sense (0, negative, NaN) counts as 30 Hz.
  explicit PresentationClock(double frame_rate_hz);

  /// The time stamp of the next picture, whose container time is `time_s` if it has one.
  Timestamp next(std::optional<double> time_s);

 private:
  double period_s_;
  bool is_first_ = true;
  double now_s_ = 0;
  std::optional<double> last_time_s_;
};

}  // namespace kata
