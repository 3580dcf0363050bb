// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/learn/bytes.h"

namespace kata {

struct RidgeOptions {
  /// Penalties to try, falling, relative to the mean squared length of a centred example. The
  /// largest wins whose held-out accuracy is within one standard error of the best.
  std::vector<double> penalties = {1.0};
  /// 0: every feature is scaled to its own spread; 1: all by one. Between, rarely varying features
  /// keep some of their smallness, which with few examples is more often noise than signal.
  double shared_scale = 0.3;
};

/// What the rows of features belong to.
struct RidgeTargets {
  std::span<const std::size_t> labels;  ///< below `classes`
  std::size_t classes = 0;
  /// Rows of one group are left out together.
  std::span<const std::size_t> groups;
};

/// Linear scores of many features from few examples.
///
/// Solved in the dual, so that the cost grows with the examples, not with the features; the scores
/// that each example gets from the others come free in closed form.
class Ridge {
 public:
  struct Fitted;
  /// `features` is [examples, width] row-major.
  static Fitted fit(std::span<const float> features, std::size_t width, const RidgeTargets& targets,
                    const RidgeOptions& options);

  std::size_t classes() const { return intercepts_.size(); }
  std::size_t width() const { return means_.size(); }
  /// One score for each class; the largest wins.
  std::vector<double> scores(std::span<const float> features) const;

  void save(ByteWriter& writer) const;
  static Ridge load(ByteReader& reader);

 private:
  std::vector<float> means_;
  std::vector<float> weights_;  ///< [classes, width], scaling included
  std::vector<double> intercepts_;
};

struct Ridge::Fitted {
  Ridge ridge;
  double penalty = 0;
  std::vector<double> held_out_scores;  ///< [examples, classes]: each from all other groups
};

}  // namespace kata
