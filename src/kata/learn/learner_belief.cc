// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/learner_belief.h"

#include <algorithm>
#include <cmath>

namespace kata {
namespace {

constexpr std::size_t kMiddles = 29;

double middle_at(const LearnerTuning& tuning, std::size_t i) {
  const double along = 2.0 * static_cast<double>(i) / static_cast<double>(kMiddles - 1) - 1;
  return tuning.middle + tuning.most_middle * along;
}

/// Density of Student's form with five degrees of freedom, but for a factor.
double density(double miss, double sd) {
  const double z = miss / sd;
  const double tail = 1 + z * z / 5;
  return 1 / (tail * tail * tail * sd);
}

/// How likely a score is, if the repetition is right and if it is wrong.
struct Likelihood {
  double right = 0;
  double wrong = 0;
};

/// Distances of a score from where right and wrong ones lie.
struct Misses {
  double right = 0;
  double wrong = 0;
};

Misses misses(double score, double middle, double apart) {
  return {score - middle - apart / 2, score - middle + apart / 2};
}

Likelihood likelihood(const LearnerTuning& tuning, const Misses& misses, double own) {
  return {(density(misses.right, tuning.right_sd) + tuning.outlier_share) * std::exp(own),
          density(misses.wrong, tuning.wrong_sd) + tuning.outlier_share};
}

/// Calls `visit(cell, middle, apart, share)` for every cell of the grid.
template <typename Visit>
void for_each_cell(const LearnerTuning& tuning, Visit visit) {
  std::size_t cell = 0;
  for (std::size_t m = 0; m < kMiddles; ++m) {
    for (const double apart : tuning.apart) {
      for (const double share : tuning.right_share)
        visit(cell++, middle_at(tuning, m), apart, share);
    }
  }
}

}  // namespace

LearnerBelief::LearnerBelief(const LearnerTuning& tuning) : tuning_(tuning) {
  for (std::size_t m = 0; m < kMiddles; ++m) {
    const double z = (middle_at(tuning, m) - tuning.middle) / tuning.middle_sd;
    for (const double weight : tuning.apart_weight)
      log_weights_.insert(log_weights_.end(), tuning.right_share.size(),
                          std::log(weight) - z * z / 2);
  }
}

double LearnerBelief::right(const LearnerEvidence& evidence) const {
  const double top = *std::max_element(log_weights_.begin(), log_weights_.end());
  double right = 0;
  double all = 0;
  for_each_cell(tuning_, [&](std::size_t cell, double middle, double apart, double share) {
    // Beyond where right ones lie a score is no worse: more is never less right.
    const Misses all_misses = misses(evidence.score, middle, apart);
    const Likelihood l = likelihood(
        tuning_, {std::min(all_misses.right, 0.0), std::max(all_misses.wrong, 0.0)}, evidence.own);
    const double weight = std::exp(log_weights_[cell] - top);
    right += weight * share * l.right;
    all += weight * (share * l.right + (1 - share) * l.wrong);
  });
  return right / all;
}

void LearnerBelief::add(const LearnerEvidence& evidence, std::optional<Label> label) {
  const double score = std::clamp(evidence.score, -tuning_.most_score, tuning_.most_score);
  for_each_cell(tuning_, [&](std::size_t cell, double middle, double apart, double share) {
    const Likelihood l = likelihood(tuning_, misses(score, middle, apart), evidence.own);
    const double unconfirmed = share * l.right + (1 - share) * l.wrong;
    // Which ones are confirmed is chosen by a person: that says nothing of the share.
    const double seen = !label ? unconfirmed : *label == Label::kCorrect ? l.right : l.wrong;
    log_weights_[cell] += (label ? 1.0 : tuning_.unconfirmed_weight) * std::log(seen);
  });
}

double LearnerBelief::middle() const {
  const double top = *std::max_element(log_weights_.begin(), log_weights_.end());
  double sum = 0;
  double all = 0;
  for_each_cell(tuning_, [&](std::size_t cell, double middle, double, double) {
    const double weight = std::exp(log_weights_[cell] - top);
    sum += weight * middle;
    all += weight;
  });
  return sum / all;
}

}  // namespace kata
