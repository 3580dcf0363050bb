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

namespace kata {

/// One repetition of a movement as its judge learns from it.
struct TaughtSeries {
  Series series;
  bool is_right = true;
  std::string mistake;  ///< empty where it was not named
};

/// What a movement's judge says of one repetition.
struct Opinion {
  double right = 0.5;              ///< calibrated probability that it is right
  double distance = 0;             ///< to the nearest taught one; 1 = the limit of "unknown"
  double right_distance = 0;       ///< to the nearest right one, on the same scale
  std::size_t nearest_right = 0;   ///< which of the right ones, in the order of the lessons
  std::optional<std::string> mistake;  ///< the named one it resembles most
};

/// Judges repetitions of one movement: right or wrong, how far from all that was taught.
class MovementJudge {
 public:
  /// With both labels: at least two of each. With right ones only: at least two; the judge is then
  /// one-sided, by the distances between the right ones.
  static MovementJudge train(std::span<const TaughtSeries> lessons, const ClassifierChoice& choice,
                             std::stop_token stop);

  Opinion judge(const Series& series) const;
  bool is_one_sided() const { return classifier_ == nullptr; }
  /// The places among the lessons of right ones that stand for the rest, the most central first.
  std::vector<std::size_t> central_right(std::size_t most) const;

  void save(ByteWriter& writer) const;
  static MovementJudge load(ByteReader& reader);

 private:
  std::vector<double> distances_to(const Series& query, std::span<const Series> examples) const;

  std::unique_ptr<Classifier> classifier_;  // wrong, right; none when one-sided
  std::vector<Series> right_;               // thinned, for alignment
  std::vector<Series> wrong_;
  std::vector<std::string> wrong_mistakes_;  // one for each of wrong_
  double unknown_limit_ = 1;                 // distance at which a repetition is refused
  double right_limit_ = 1;                   // one-sided: distance at which right is as likely as wrong
};

}  // namespace kata
