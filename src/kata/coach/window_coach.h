// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "kata/coach/coach.h"
#include "kata/coach/live_sight.h"
#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"
#include "kata/learn/judge.h"

namespace kata {

struct WindowOptions {
  bool swap_sides = false;
  /// So many are judged together, or more where the taught repetitions took longer.
  std::size_t frames = 30;
};

/// Judges the last frames at every frame, for movements that have no beginning and no end.
///
/// A window that begins in the middle of a movement resembles nothing that was taught, so the
/// nearest window of the last period counts. The verdict that stands changes only when another has
/// outweighed it for a while. A stretch over which one verdict stood is told as a finished one when
/// it ends.
class WindowCoach {
 public:
  explicit WindowCoach(std::shared_ptr<const Judge> judge, const WindowOptions& options = {});

  /// Timestamps must rise. `standing` is set once enough was seen.
  CoachUpdate update(const Landmarks& landmarks);
  /// The stream has ended: the stretch that was still standing.
  std::vector<Verdict> finish();

 private:
  void keep(const Landmarks& landmarks);
  bool is_full() const;
  Verdict nearest_of_the_period(Verdict newest);
  void weigh(const Verdict& verdict, double seconds_passed);
  void change_to(const Verdict& verdict, Timestamp now, std::vector<Verdict>& finished);
  void end_stretch(std::vector<Verdict>& finished);

  std::shared_ptr<const Judge> judge_;
  WindowOptions options_;
  LiveSight sight_;
  double period_s_ = 0;  ///< of a taught repetition
  std::deque<Landmarks> window_;
  std::deque<Verdict> judged_;   ///< at the frames of the last period; `end` is the frame's time
  std::vector<double> weights_;  ///< of each VerdictKind, 0–1, together 1
  std::optional<Verdict> standing_;
};

}  // namespace kata
