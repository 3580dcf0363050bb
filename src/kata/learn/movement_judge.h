// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/learn/classifier.h"
#include "kata/learn/classifiers.h"
#include "kata/learn/neighbours_classifier.h"

namespace kata {

/// One repetition of a movement as its judge learns from it: as seen first, then from elsewhere.
struct TaughtSeries {
  std::vector<Series> views;
  bool is_right = true;
  std::string mistake;  ///< empty where it was not named
};

/// What a movement's judge says of one repetition.
struct Opinion {
  double right = 0.5;                  ///< calibrated probability that it is right
  double distance = 0;                 ///< to the nearest taught one; 1 = the limit of "unknown"
  double right_distance = 0;           ///< to the nearest right one, on the same scale
  std::optional<std::string> mistake;  ///< the named one it resembles most
  std::optional<std::size_t> nearest_wrong;  ///< lesson it resembles most among the wrong ones
};

/// Judges repetitions of one movement: right or wrong, how far from all that was taught.
class MovementJudge {
 public:
  /// With both labels: at least two of each. With right ones only: at least two; the judge is then
  /// one-sided, by the distances between the right ones.
  static MovementJudge train(std::span<const TaughtSeries> lessons, std::size_t body_channels,
                             const ClassifierChoice& choice, std::stop_token stop);

  Opinion judge(const Series& series) const;
  bool is_one_sided() const { return mistakes_.empty(); }
  /// Who decides together, and how good each is alone; known only right after training.
  const std::vector<MemberFigure>& members() const { return members_; }
  /// Places among the right lessons that stand for the rest, the most central first.
  std::vector<std::size_t> central_right(std::size_t most) const;

  void save(ByteWriter& writer) const;
  static MovementJudge load(ByteReader& reader);

 private:
  std::unique_ptr<NeighboursClassifier> neighbours_;  // classes: right, then wrong where taught
  std::unique_ptr<Classifier> classifier_;            // same classes; none where neighbours decide
  double neighbours_weight_ = 1;
  double sharpness_ = 1;
  double unknown_limit_ = 1;           // distance at which a repetition is refused
  double right_limit_ = 1;             // one-sided: distance at which right is as likely as wrong
  std::vector<MemberFigure> members_;  // not stored
  std::vector<std::string> mistakes_;  // by lesson; empty when one-sided
};

}  // namespace kata
