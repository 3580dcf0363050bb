// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"
#include "kata/core/verdict.h"
#include "kata/learn/judge.h"
#include "kata/learn/known_learner.h"

namespace kata {

/// One learner of a craft in one sitting: judges each repetition as this learner does it, and can
/// be told which were right. Movements that were taught by right repetitions alone are judged as
/// before.
class CraftLearner {
 public:
  explicit CraftLearner(std::shared_ptr<const Judge> judge);

  /// The same repetition with what is known of the learner; from now on it is known too. What is
  /// none of the craft's movements is not counted. `frames` as they were judged.
  Verdict revise(Verdict verdict, std::span<const Landmarks> frames);
  /// Repetitions counted so far.
  std::size_t count() const { return counted_.size(); }
  /// Somebody says that repetition `number`, counted from 1, was right or wrong; nothing takes that
  /// back. False where there is no such repetition.
  bool confirm(std::size_t number, std::optional<Label> label);
  /// What was confirmed of a repetition.
  std::optional<Label> confirmed(std::size_t number) const;
  /// A repetition of the sitting, with its label if confirmed; its frames as they were judged.
  std::optional<Repetition> repetition(std::size_t number) const;
  /// What was confirmed in earlier sittings; it has no number. Nothing where the judge does not
  /// know its movement.
  void remember(const Repetition& confirmed);
  /// Another person may have come: what is believed goes, the count goes on, what was remembered
  /// stays (it belongs to a name).
  void forget();

 private:
  struct Counted {
    std::size_t movement = 0;
    std::optional<std::size_t> place;  ///< in the learner of its movement
    std::optional<Label> label;
    std::vector<Landmarks> frames;
  };
  void begin();

  std::shared_ptr<const Judge> judge_;
  std::vector<KnownLearner> learners_;  ///< by movement
  std::vector<Counted> counted_;
  std::vector<Repetition> remembered_;
};

}  // namespace kata
