// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/hint.h"
#include "kata/find/finder.h"

namespace kata {

/// What is known at a moment of the stream.
struct HintMoment {
  CourseFrame frame;
  const NearestSides& nearest;  ///< that ends now
  bool is_moving = false;
  bool cannot_see = false;
};

/// Tells a learner who moves and is not recognised what differs; seldom, and never who is.
class LiveHints {
 public:
  LiveHints(std::shared_ptr<const KnownMovements> known, std::vector<std::string> names);

  std::optional<Hint> step(const HintMoment& moment);
  /// A repetition was told that ended then.
  void told(double end_s);
  /// The learner was found to work with the other hand.
  std::optional<Hint> turned_round(double now_s);

 private:
  struct Past {
    double time_s;
    bool is_moving, is_near, cannot_see;
    float facing, trunk;  ///< NaN, 0: unknown
    NearestSides nearest;
  };

  std::optional<Hint> hint_of(HintCause cause, const std::optional<Find>& nearest);
  double share(bool Past::*what) const;
  std::optional<Find> nearest(std::size_t side) const;
  HintCause cause_of(const std::optional<Find>& straight,
                     const std::optional<Find>& mirrored) const;

  std::shared_ptr<const KnownMovements> known_;
  std::vector<std::string> names_;
  std::deque<Past> past_;
  double patience_s_ = 0;  ///< since the last repetition that was told
  double told_s_ = -1e9;
  double hinted_s_ = -1e9;
};

}  // namespace kata
