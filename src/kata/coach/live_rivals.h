// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "kata/coach/live_match.h"

namespace kata {

/// The matches among which is being decided: of those that tell of much the same stretch of time,
/// the nearest.
class LiveRivals {
 public:
  void add(const LiveMatch& match);
  bool empty() const { return matches_.empty(); }
  /// There must be one.
  const LiveMatch& nearest() const;
  /// The nearest and those that overlap it; all are forgotten.
  std::vector<LiveMatch> take();

 private:
  std::vector<LiveMatch> matches_;
};

}  // namespace kata
