// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "kata/coach/coach.h"

namespace kata {

/// Notices when parts that the craft needs have not been seen for a while.
class LiveSight {
 public:
  explicit LiveSight(const Judge& judge);
  std::optional<CannotSee> step(const Landmarks& landmarks);

 private:
  struct Part {
    bool is_needed = false;
    std::optional<double> missing_since_s;
  };
  Part body_, left_hand_, right_hand_;
};

}  // namespace kata
