// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "kata/coach/live_match.h"

namespace kata {

/// How this learner does a movement, by the repetitions told so far: one body before one camera
/// does it much alike each time, far more than it resembles the teacher before another.
class LiveHabit {
 public:
  /// The whole body, still parts and all, at evenly spaced moments.
  using Course = std::vector<LivePosture>;
  static Course course(const LiveHistory& history, double start_s, double end_s);

  /// Whether a stretch is as near to earlier repetitions as most of those are to each other; none
  /// while too few are known.
  std::optional<bool> resembles(const Course& course) const;
  /// The course of a repetition that was told.
  void add(Course course);

 private:
  struct Told {
    Course course;
    std::vector<double> to_others;  // distances, in no order
  };
  std::deque<Told> told_;
};

}  // namespace kata
