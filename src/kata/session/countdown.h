// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>

#include "kata/core/timestamp.h"

namespace kata {

/// Counts down on a stream's own clock, then tells how long it has been over.
class Countdown {
 public:
  explicit Countdown(double length_s) : length_s_(length_s) {}

  /// 0 when it is over. Call it for every frame.
  double left_s(Timestamp now) {
    if (!first_) first_ = now;
    const double left_s = std::max(0.0, length_s_ - seconds(now - *first_));
    if (left_s <= 0 && !begin_) begin_ = now;
    return left_s;
  }
  /// Since the first frame after the countdown.
  double since_s(Timestamp now) const { return begin_ ? seconds(now - *begin_) : 0; }

 private:
  double length_s_;
  std::optional<Timestamp> first_;
  std::optional<Timestamp> begin_;
};

}  // namespace kata
