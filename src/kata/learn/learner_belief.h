// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/learn/learner_tuning.h"

namespace kata {

/// What one repetition says: its score, and how much more likely it is right by the learner's own
/// confirmed ones alone (log of a ratio; 0 = nothing).
struct LearnerEvidence {
  double score = 0;
  double own = 0;
};

/// Where a learner's right and wrong repetitions lie, by Bayes' rule on a grid: the middle between
/// them, how far they are apart, and the share of right ones. A value; no repetition is kept.
class LearnerBelief {
 public:
  explicit LearnerBelief(const LearnerTuning& tuning = {});

  /// Probability that a repetition is right, 0–1; of one that was not added before.
  double right(const LearnerEvidence& evidence) const;
  /// Learns from a repetition; without a label from what it may be.
  void add(const LearnerEvidence& evidence, std::optional<Label> label);
  /// Middle between right and wrong, as now believed, in scores.
  double middle() const;

 private:
  LearnerTuning tuning_;
  std::vector<double> log_weights_;  // [middles, apart, right_share]
};

}  // namespace kata
