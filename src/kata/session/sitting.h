// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kata/coach/coach.h"
#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"
#include "kata/learn/judge.h"
#include "kata/show/overlay.h"

namespace kata {

/// How many repetitions a learner has done, by verdict.
struct Tally {
  int repetitions = 0;  ///< all below but `other`
  int correct = 0;
  int incorrect = 0;
  int unsure = 0;
  int other = 0;  ///< movements that are not the craft's; not repetitions
};

struct SittingOptions {
  bool swap_sides = false;  ///< a left-handed learner of a right-handed craft, or the reverse
  bool with_ghost = true;
};

/// One learner before one camera: landmarks in, verdicts, count and picture out.
///
/// No threads, no clock: the same stream gives the same verdicts in a window, a file or a page.
class Sitting {
 public:
  explicit Sitting(std::shared_ptr<const Judge> judge, const SittingOptions& options = {});

  /// The verdicts that this frame completed; usually none.
  std::vector<Verdict> step(const Landmarks& landmarks);
  /// The stream has ended: the verdicts that were still open.
  std::vector<Verdict> finish();
  /// Starts the count anew; the coach keeps what it sees.
  void reset_tally();

  const Tally& tally() const { return tally_; }
  /// What the coach said of the last frame.
  const CoachUpdate& update() const { return update_; }
  /// All verdicts so far, oldest first.
  const std::vector<Verdict>& verdicts() const { return verdicts_; }
  /// What to draw over the last frame.
  OverlayScene scene() const;

 private:
  void count(const std::vector<Verdict>& verdicts);

  std::shared_ptr<const Judge> judge_;
  SittingOptions options_;
  Coach coach_;
  CoachUpdate update_;
  Landmarks landmarks_;
  Tally tally_;
  std::vector<Verdict> verdicts_;
};

}  // namespace kata
