// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/core/for_each.h"
#include "kata/core/progress.h"
#include "kata/core/repetition.h"
#include "kata/learn/classifier.h"
#include "kata/learn/cross_validation.h"
#include "kata/learn/judge.h"
#include "kata/learn/metrics.h"

namespace kata {

/// Labelled sequences and all that a protocol may split them by.
struct EvaluationSet {
  Dataset dataset;  ///< one example for each sequence
  /// The same from elsewhere, learned from but never judged; empty, or one list for each example.
  std::vector<std::vector<Series>> views;
  /// The same in a mirror, for learners who work with the other side; empty, or one for each.
  std::vector<Series> mirrored;
  std::vector<double> durations_s;       ///< for the trivial baseline
  std::vector<std::string> group_names;  ///< of dataset.groups; empty without groups
  std::vector<std::string> split_words;  ///< one for each example; empty without
  std::vector<std::string> names;        ///< one for each example: "17", or as its file calls it
};

/// What was said of one example, once for each split in which it was judged.
struct Prediction {
  std::string example;
  std::string group;  ///< empty without groups
  std::size_t truth = 0;
  std::vector<std::size_t> said;  ///< classes, in the order of the splits
};

/// How examples are divided between learning and judging.
struct Protocol {
  enum class Kind { kFolds, kLeaveOneGroupOut, kTeachOneGroup, kTeachGroups, kSplit, kShots };
  Kind kind = Kind::kFolds;
  std::size_t groups = 4;  ///< kTeachGroups: so many persons teach, drawn
  std::size_t each = 4;    ///< kTeachGroups: so many repetitions of each, half right
  std::size_t folds = 5;
  std::size_t repeats = 4;
  std::size_t shots = 5;
  std::size_t draws = 20;
};

/// How many of a learner's repetitions somebody confirms before the others are judged.
struct Confirmed {
  std::size_t right = 0;
  std::size_t wrong = 0;
};

/// "2R", "1R1W", … Throws Error{kInvalidArgument} on anything else.
Confirmed confirmed_from_text(std::string_view text);

/// Whether learners are seen in a mirror where they work with the other side than the teachers.
enum class MirrorChoice { kAuto, kOff };

struct EvaluationOptions {
  Protocol protocol;
  Confirmed confirmed;
  MirrorChoice mirror = MirrorChoice::kAuto;
  /// Each repetition is also learned from once it is judged, as the coach does it.
  bool is_online = false;
  /// Percent of right ones in the stream of an online learner; none: as many as there are.
  std::optional<int> right_percent;
  ClassifierKind classifier = ClassifierKind::kAuto;
  std::uint64_t seed = 1;
  ForEach for_each;  ///< runs the splits; the figures do not depend on it
};

/// What a learner was worth under a protocol.
struct Evaluation {
  std::string protocol;  ///< in words: "stratified 5-fold, 4 repeats"
  std::size_t examples = 0;
  std::vector<std::string> classes;
  Confusion confusion{0};
  Interval interval;                 ///< 95 %, of the accuracy
  Interval balanced_interval;        ///< 95 %, of the balanced accuracy
  std::size_t learners = 0;          ///< judged one by one, over all splits; 0: not so
  std::size_t learners_skipped = 0;  ///< who had too few repetitions to confirm
  std::size_t learners_mirrored = 0;
  std::map<std::string, double> per_group;  ///< accuracy by group; empty without groups
  double baseline_majority = 0;
  double baseline_duration = 0;  ///< nearest class mean of the duration, same splits
  double train_s = 0;            ///< mean for one split
  double predict_ms = 0;         ///< mean for one example
  std::string classifier;
  std::vector<Prediction> predictions;  ///< one for each example, in their order
};

/// Learns and judges by every split. Throws Error{kNotEnough} where the protocol cannot be carried
/// out, {kCancelled} when stopped.
Evaluation evaluate(const EvaluationSet& set, const EvaluationOptions& options,
                    const Progress& progress = {}, std::stop_token stop = {});

/// What groups a craft's repetitions: who performed them, or the take they were cut from.
enum class CraftGroups { kPersons, kTakes };

/// A craft's repetitions as series of its own features. Classes are "correct" and "incorrect", with
/// the movement's name before them where there are several.
EvaluationSet evaluation_set_from_repetitions(std::span<const Repetition> repetitions,
                                              CraftGroups by = CraftGroups::kPersons);

/// The same with the prototype's input instead: 225 coordinates as the picture had them, zero where
/// a part was not seen and after a repetition's end. To compare with; never judged by.
EvaluationSet evaluation_set_of_raw_coordinates(std::span<const Repetition> repetitions,
                                                CraftGroups by = CraftGroups::kPersons);

/// One object, no newline: protocol, n, classes, accuracy, balanced_accuracy, interval, per_group,
/// confusion, baseline_majority, baseline_duration, train_s, predict_ms, classifier, predictions
/// (api/evaluation.schema.json).
std::string evaluation_json(const Evaluation& evaluation);

}  // namespace kata
