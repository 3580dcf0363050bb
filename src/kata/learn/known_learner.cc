// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/known_learner.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "kata/core/error.h"

namespace kata {
double KnownLearner::nearest_confirmed(const Measured& repetition, Label label) const {
  double least = std::numeric_limits<double>::infinity();
  for (const Known& known : repetitions_) {
    if (known.label != label) continue;
    least = std::min(least, repetition.view.distance_to(known.measured.view, least));
  }
  return least;
}

/// What is nearer to the learner's own right ones than to anything wrong is right.
LearnerEvidence KnownLearner::evidence(const Measured& repetition) const {
  const double to_right = nearest_confirmed(repetition, Label::kCorrect);
  if (!std::isfinite(to_right)) return {repetition.score, 0};
  const double to_wrong =
      std::min(repetition.wrong_distance, nearest_confirmed(repetition, Label::kIncorrect));
  const double nearness = std::log((to_wrong + 1e-9) / (to_right + 1e-9)) - tuning_.own_even;
  return {repetition.score,
          std::clamp(tuning_.own_slope * nearness, -tuning_.own_most, tuning_.own_most)};
}

double KnownLearner::right(const Measured& repetition) const {
  return belief_.right(evidence(repetition));
}

std::size_t KnownLearner::add(Measured repetition, std::optional<Label> label) {
  repetitions_.push_back({std::move(repetition), std::nullopt});
  if (label) {
    confirm(repetitions_.size() - 1, label);
  } else {
    belief_.add(evidence(repetitions_.back().measured), std::nullopt);
  }
  return repetitions_.size() - 1;
}

void KnownLearner::confirm(std::size_t number, std::optional<Label> label) {
  KATA_CHECK(number < repetitions_.size(), "a repetition of this learner");
  repetitions_[number].label = label;
  believe_again();
}

bool KnownLearner::has_confirmed() const {
  return std::ranges::any_of(repetitions_,
                             [](const Known& known) { return known.label.has_value(); });
}

/// Confirmed ones first: by them the others are known better.
void KnownLearner::believe_again() {
  belief_ = LearnerBelief(tuning_);
  for (const Known& known : repetitions_) {
    if (known.label) belief_.add({known.measured.score, 0}, known.label);
  }
  for (const Known& known : repetitions_) {
    if (!known.label) belief_.add(evidence(known.measured), std::nullopt);
  }
}

}  // namespace kata
