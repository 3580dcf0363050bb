// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

namespace kata {

/// What is believed of a learner nobody has seen before; scores as Measured::score. The defaults
/// are of a judge that one person taught.
///
/// Source: UI-PRMD m01 to m03, each of ten persons teaching, the nine others judged (270 pairs);
/// bench/results/2026-12-01-strangers-judged.md.
struct LearnerTuning {
  double middle = -0.08;        ///< score; between a learner's right and wrong ones, on average
  double middle_sd = 0.28;      ///< score; how learners differ in it
  double right_sd = 0.16;       ///< score; how one learner's right ones differ
  double wrong_sd = 0.5;        ///< score; how one learner's wrong ones differ
  double most_middle = 1.4;     ///< score; beyond that nobody is believed to be
  double most_score = 1.5;      ///< score; what is surer than that tells no more of the learner
  double outlier_share = 1e-6;  ///< density; what lies far from both says little

  /// Score; how far right and wrong may lie apart, and how often that was so.
  std::array<double, 7> apart = {0.45, 0.6, 0.75, 0.9, 1.1, 1.4, 1.9};
  std::array<double, 7> apart_weight = {1, 1.5, 2, 2, 1.5, 1, 0.5};
  /// Shares of right ones that a learner may do; each as likely.
  std::array<double, 5> right_share = {0.1, 0.3, 0.5, 0.7, 0.9};
  /// How much a repetition that nobody confirmed counts, of one that was. With 1 a learner who does
  /// all wrong is taken for one of another level, who does all right.
  double unconfirmed_weight = 0.6;

  /// Log likelihood for each unit of log(nearest wrong one / nearest own right one) over
  /// `own_even`.
  double own_slope = 8;
  double own_even = 0.2;
  double own_most = 4;  ///< log likelihood; the learner's own repetitions never decide alone
};

/// Of a judge that several persons taught: it was told by those left out where right and wrong
/// divide, and one learner's right ones vary no less than the wrong ones. The wrong ones of several
/// people are so many that one of them is always near: a learner's own ones say no more then.
/// Source: leave one person out, UI-PRMD m01 to m03 and IntelliRehabDS g1, g2 (the same page).
constexpr LearnerTuning tuning_of_several() {
  LearnerTuning tuning;
  tuning.middle = 0;
  tuning.middle_sd = 0.2;
  tuning.right_sd = 0.25;
  tuning.wrong_sd = 0.25;
  tuning.own_slope = 0;
  return tuning;
}

/// Which side a learner works with is decided once a person.
struct MirrorTuning {
  std::size_t after = 5;  ///< repetitions
  double nearer = 0.8;    ///< share; the median of distances in a mirror to those straight on
};

}  // namespace kata
