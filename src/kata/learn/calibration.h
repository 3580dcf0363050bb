// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kata {

/// Probabilities of scores that are multiplied by `sharpness`; the largest score stays largest.
std::vector<double> softmax(std::span<const double> scores, double sharpness);

/// The sharpness under which held-out scores are most likely (Platt 1999, without the offset, so
/// that no decision changes). `scores` is [examples, classes]. A prior of one example that is
/// wrong keeps few and perfectly separated examples from giving certainty. Rows of NaN, of examples
/// that were never left out, say nothing.
double fit_sharpness(std::span<const double> scores, std::span<const std::size_t> labels,
                     std::size_t classes);

/// Where scores divide.
struct ScoreLevel {
  double level = 0;  ///< at which right is as likely as wrong, were there as many of each
  double apart = 1;  ///< from the mean of the wrong ones to the mean of the right ones
};

/// Divides held-out scores of right (label 0) and wrong ones (label 1), each label weighing the
/// same, by a logistic curve: where few are wrong, a judge that was taught so calls most right.
ScoreLevel fit_level(std::span<const double> scores, std::span<const std::size_t> labels);

}  // namespace kata
