// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "kata/coach/live_posture.h"

namespace kata {

/// Tells bursts of movement from rest, and which of them no repetition explains.
class LiveBursts {
 public:
  /// True when a burst has just ended that was foreign to the craft.
  bool step(const LivePosture& posture, double time_s);
  /// The movement between these moments was a repetition.
  void explain(double start_s, double end_s);
  bool is_moving() const { return is_moving_; }
  /// When the burst that goes on, or the last one, began.
  double began_s() const { return began_s_; }

 private:
  double speed(const LivePosture& posture, double time_s);

  struct Moment {
    double time_s;
    LivePosture posture;
  };
  std::deque<Moment> past_;
  bool is_moving_ = false;
  double began_s_ = 0;
  double slow_since_s_ = 0;
  double explained_s_ = 0;
};

}  // namespace kata
