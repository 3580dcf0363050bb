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
#include "kata/learn/learner_tuning.h"
#include "kata/learn/neighbours_classifier.h"

namespace kata {

/// One repetition of a movement as its judge learns from it: as seen first, then from elsewhere.
struct TaughtSeries {
  std::vector<Series> views;
  bool is_right = true;
  std::string mistake;     ///< empty where it was not named
  std::size_t person = 0;  ///< who performed it; the same number for all where nobody is named
};

/// What a movement's judge says of one repetition.
struct Opinion {
  double right = 0.5;                  ///< calibrated probability that it is right
  double distance = 0;                 ///< to the nearest taught one; 1 = the limit of "unknown"
  double right_distance = 0;           ///< to the nearest right one, on the same scale
  std::optional<std::string> mistake;  ///< the named one it resembles most
  std::optional<std::size_t> nearest_wrong;  ///< lesson it resembles most among the wrong ones
};

/// One repetition as a movement's judge sees it before it knows the learner.
struct Measured {
  double score = 0;           ///< right above, wrong below; right and wrong lie about 0.9 apart
  double wrong_distance = 0;  ///< to the nearest taught wrong one, in the unit of `view`
  AlignableSeries view;       ///< to compare repetitions of one learner with one another
};

/// Judges repetitions of one movement: right or wrong, how far from all that was taught.
class MovementJudge {
 public:
  /// With both labels: at least two of each. With right ones only: at least two; the judge is then
  /// one-sided, by the distances between the right ones.
  static MovementJudge train(std::span<const TaughtSeries> lessons, std::size_t body_channels,
                             const ClassifierChoice& choice, std::stop_token stop);
  /// The same of examples whose class 0 is right and class 1 wrong; `mistakes` names each id's.
  static MovementJudge train(const Dataset& dataset, std::vector<std::string> mistakes,
                             const ClassifierChoice& choice, std::stop_token stop);

  Opinion judge(const Series& series) const;
  /// None of a judge that was taught right ones alone: it has no score to shift.
  std::optional<Measured> measure(const Series& series) const;
  /// What is believed of learners it has not seen.
  LearnerTuning learner_tuning() const {
    return is_of_several_ ? tuning_of_several() : LearnerTuning();
  }
  /// To the nearest taught one of any label, in the unit of Measured::view.
  double distance_to_taught(const Series& series) const;
  bool is_one_sided() const { return mistakes_.empty(); }
  /// Who decides together, and how good each is alone; known only right after training.
  const std::vector<MemberFigure>& members() const { return members_; }
  /// Places among the right lessons that stand for the rest, the most central first.
  std::vector<std::size_t> central_right(std::size_t most) const;

  void save(ByteWriter& writer) const;
  /// What was stored without its level was judged by zero.
  static MovementJudge load(ByteReader& reader, bool has_level);

 private:
  void learn_both(const Dataset& dataset, std::vector<double> held_out,
                  const ClassifierChoice& choice, std::stop_token stop);
  void set_limits();
  double score_of(const std::vector<Nearest>& nearest, const Series& series) const;

  std::unique_ptr<NeighboursClassifier> neighbours_;  // classes: right, then wrong where taught
  std::unique_ptr<Classifier> classifier_;            // same classes; none where neighbours decide
  double neighbours_weight_ = 1;
  double sharpness_ = 1;
  bool is_of_several_ = false;  // persons: level and unit are known by those left out
  double level_ = 0;  // score at which right is as likely as wrong; of several persons only
  double unit_ = 1;   // of the score: brings right and wrong 0.9 apart; of several persons only
  double unknown_limit_ = 1;           // distance at which a repetition is refused
  double right_limit_ = 1;             // one-sided: distance at which right is as likely as wrong
  std::vector<MemberFigure> members_;  // not stored
  std::vector<std::string> mistakes_;  // by lesson; empty when one-sided
};

}  // namespace kata
