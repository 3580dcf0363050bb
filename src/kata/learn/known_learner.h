// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/learn/learner_belief.h"
#include "kata/learn/movement_judge.h"

namespace kata {

/// One learner of one movement: the repetitions done so far, which of them somebody confirmed as
/// right or wrong, and what is believed of the learner by them. A value.
class KnownLearner {
 public:
  explicit KnownLearner(const LearnerTuning& tuning = {}) : tuning_(tuning), belief_(tuning) {}

  /// Probability that a repetition is right, 0–1, as this learner does it.
  double right(const Measured& repetition) const;
  /// Remembers a repetition, confirmed or not; its number, counted from 0.
  std::size_t add(Measured repetition, std::optional<Label> label = std::nullopt);
  /// Nothing: it is not confirmed after all. `number` is one that add() gave.
  void confirm(std::size_t number, std::optional<Label> label);
  std::size_t size() const { return repetitions_.size(); }
  bool has_confirmed() const;
  const LearnerBelief& belief() const { return belief_; }

 private:
  struct Known {
    Measured measured;
    std::optional<Label> label;
  };
  LearnerEvidence evidence(const Measured& repetition) const;
  double nearest_confirmed(const Measured& repetition, Label label) const;
  void believe_again();

  LearnerTuning tuning_;
  std::vector<Known> repetitions_;
  LearnerBelief belief_;
};

}  // namespace kata
