// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>

#include "kata/core/timestamp.h"

namespace kata {

/// When to try something costly again: at once, then after pauses that double while it fails.
class Backoff {
 public:
  Backoff(Duration shortest, Duration longest) : shortest_(shortest), longest_(longest) {}

  bool is_due(Timestamp now) const { return !next_ || now >= *next_; }
  void fail(Timestamp now) {
    pause_ = next_ ? std::min(2 * pause_, longest_) : shortest_;
    next_ = now + pause_;
  }
  /// The next try is due after `pause`, as if nothing had failed yet.
  void rest(Timestamp now, Duration pause) {
    next_ = now + pause;
    pause_ = std::max(shortest_, pause / 2);
  }
  /// The next try is due at once.
  void reset() { next_.reset(); }

 private:
  Duration shortest_;
  Duration longest_;
  Duration pause_{};
  std::optional<Timestamp> next_;
};

}  // namespace kata
