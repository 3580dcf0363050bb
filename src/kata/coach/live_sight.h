// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>

#include "kata/coach/coach.h"
#include "kata/coach/trunk.h"

namespace kata {

/// Notices when parts that the craft needs have not been seen for most of a repetition's time, or
/// the picture lies on its side.
class LiveSight {
 public:
  explicit LiveSight(const Judge& judge);
  std::optional<CannotSee> step(const Landmarks& landmarks);

 private:
  struct Moment {
    double time_s;
    bool is_seen;
  };
  struct Part {
    bool is_needed = false;
    std::deque<Moment> past;
  };
  bool is_missing(Part& part, bool is_seen, double now_s) const;

  double watched_s_ = 1;
  Part body_, left_hand_, right_hand_;
  SidewaysNotice sideways_;
};

}  // namespace kata
