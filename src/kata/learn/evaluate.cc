// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/evaluate.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/classifiers.h"
#include "kata/learn/cross_validation.h"
#include "kata/learn/judge_training.h"
#include "kata/motion/skeleton.h"

namespace kata {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<Split> splits_for(const EvaluationSet& set, const EvaluationOptions& options) {
  const Protocol& protocol = options.protocol;
  const auto need_groups = [&] {
    if (set.group_names.size() > 1) return;
    const std::string only = set.group_names.empty() ? "" : set.group_names.front();
    throw Error(ErrorCode::kInvalidArgument,
                set.group_names.empty() ? "the data has no groups to leave out"
                : only.empty()
                    ? "no example names its group, so there is none to leave out"
                    : "all examples are of one group, \"" + only + "\"; none can be left out");
  };
  switch (protocol.kind) {
    case Protocol::Kind::kFolds:
      return stratified_folds(set.dataset.labels, protocol.folds, protocol.repeats, options.seed);
    case Protocol::Kind::kLeaveOneGroupOut:
      need_groups();
      return group_splits(set.dataset.groups, false);
    case Protocol::Kind::kTeachOneGroup:
      need_groups();
      return group_splits(set.dataset.groups, true);
    case Protocol::Kind::kSplit:
      return column_split(set.split_words);
    case Protocol::Kind::kShots:
      return shot_splits(set.dataset.labels, protocol.shots, protocol.draws, options.seed);
  }
  return {};
}

std::string words_for(const Protocol& protocol) {
  switch (protocol.kind) {
    case Protocol::Kind::kFolds:
      return "stratified " + std::to_string(protocol.folds) + "-fold, " +
             std::to_string(protocol.repeats) + " repeats";
    case Protocol::Kind::kLeaveOneGroupOut:
      return "leave one group out";
    case Protocol::Kind::kTeachOneGroup:
      return "learn from one group, judge all others";
    case Protocol::Kind::kSplit:
      return "given split";
    case Protocol::Kind::kShots:
      return std::to_string(protocol.shots) + " of each class to learn from, " +
             std::to_string(protocol.draws) + " draws";
  }
  return {};
}

/// The trivial rival: the class whose mean duration is nearest.
std::size_t class_by_duration(const EvaluationSet& set, const Split& split, std::size_t place) {
  const std::size_t classes = set.dataset.classes.size();
  std::vector<double> sums(classes, 0);
  std::vector<double> counts(classes, 0);
  for (const std::size_t learned : split.learn) {
    sums[set.dataset.labels[learned]] += set.durations_s[learned];
    ++counts[set.dataset.labels[learned]];
  }
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < classes; ++k) {
    if (counts[k] < 1) continue;
    const double miss = std::abs(set.durations_s[place] - sums[k] / counts[k]);
    if (miss < least) {
      least = miss;
      best = k;
    }
  }
  return best;
}

/// Sums of one evaluation while its splits go by.
struct Tally {
  explicit Tally(std::size_t classes) : confusion(classes), by_duration(classes) {}
  Confusion confusion;
  Confusion by_duration;
  std::map<std::string, std::pair<double, double>> groups;  // right answers, cases
  double train_s = 0;
  double predict_s = 0;
  std::vector<std::vector<std::size_t>> said;  // of each example
};

/// The examples to learn from, each followed by its other views.
Dataset with_views(const EvaluationSet& set, std::span<const std::size_t> places) {
  if (set.views.empty()) return set.dataset.subset(places);
  std::vector<std::size_t> repeated;
  for (const std::size_t place : places) {
    repeated.insert(repeated.end(), 1 + set.views[place].size(), place);
  }
  Dataset result = set.dataset.subset(repeated);
  result.ids = repeated;
  std::size_t next = 0;
  for (const std::size_t place : places) {
    ++next;  // the example itself
    for (const Series& view : set.views[place]) result.series[next++] = view;
  }
  return result;
}

/// Each split's learner draws for itself, so that what is drawn (kernels, a network's beginning) is
/// averaged over as the splits are.
std::uint64_t seed_of_split(std::uint64_t seed, std::size_t number) {
  constexpr std::uint64_t kApart = 1000;
  return seed + kApart * number;
}

/// What one split gave.
struct SplitResult {
  std::vector<std::size_t> answers;  // of split.judge
  double train_s = 0;
  double predict_s = 0;
};

SplitResult run_split(const EvaluationSet& set, const Split& split, const ClassifierChoice& choice,
                      std::stop_token stop) {
  SplitResult result;
  const auto start = Clock::now();
  const TrainedClassifier trained = train_classifier(with_views(set, split.learn), choice, stop);
  result.train_s = seconds_since(start);
  const auto judged = Clock::now();
  for (const std::size_t place : split.judge)
    result.answers.push_back(best_of(trained.classifier->scores(set.dataset.series[place])));
  result.predict_s = seconds_since(judged);
  return result;
}

/// The splits side by side, as the caller wants it. What comes out does not depend on that.
std::vector<SplitResult> run_splits(const EvaluationSet& set, const std::vector<Split>& splits,
                                    const EvaluationOptions& options, const Progress& progress,
                                    std::stop_token stop) {
  std::vector<SplitResult> results(splits.size());
  std::mutex mutex;
  std::size_t done = 0;
  const auto report = [&](std::size_t more) {
    const std::scoped_lock lock(mutex);
    done += more;
    const double share = static_cast<double>(done) / static_cast<double>(splits.size());
    if (progress) progress(share, "learning and judging");
  };
  report(0);
  run_for_each(options.for_each, splits.size(), [&](std::size_t i) {
    const ClassifierChoice choice{options.classifier, seed_of_split(options.seed, i), {}};
    results[i] = run_split(set, splits[i], choice, stop);
    report(1);
  });
  return results;
}

void add_split(const EvaluationSet& set, const Split& split, const SplitResult& result,
               const EvaluationOptions& options, Tally& tally) {
  tally.train_s += result.train_s;
  tally.predict_s += result.predict_s;
  // Taught by one group, the figure of interest is the teacher's; else the learner's.
  const bool by_teacher = options.protocol.kind == Protocol::Kind::kTeachOneGroup;
  for (std::size_t i = 0; i < split.judge.size(); ++i) {
    const std::size_t place = split.judge[i];
    const std::size_t truth = set.dataset.labels[place];
    const std::size_t answer = result.answers[i];
    tally.said[place].push_back(answer);
    tally.confusion.add(truth, answer);
    tally.by_duration.add(truth, class_by_duration(set, split, place));
    if (set.group_names.empty()) continue;
    const std::size_t owner = by_teacher ? split.learn[0] : place;
    auto& group = tally.groups[set.group_names[set.dataset.groups[owner]]];
    group.first += answer == truth ? 1 : 0;
    group.second += 1;
  }
}

double majority_share(const Dataset& dataset) {
  const auto counts = dataset.counts();
  return static_cast<double>(*std::max_element(counts.begin(), counts.end())) /
         static_cast<double>(dataset.size());
}

Interval interval_for(const Evaluation& evaluation, const Tally& tally,
                      const EvaluationOptions& options) {
  constexpr std::size_t kLeastGroups = 5;  // fewer say too little about how groups differ
  const bool by_group = options.protocol.kind == Protocol::Kind::kLeaveOneGroupOut ||
                        options.protocol.kind == Protocol::Kind::kTeachOneGroup;
  if (by_group && tally.groups.size() >= kLeastGroups) {
    std::vector<std::pair<double, double>> groups;
    for (const auto& [name, group] : tally.groups) groups.push_back(group);
    return bootstrap_interval(groups, options.seed);
  }
  // Repeats judge the same examples again; they do not make them more.
  const auto judged = static_cast<std::size_t>(tally.confusion.total());
  return wilson_interval(tally.confusion.accuracy(), std::min(evaluation.examples, judged));
}

std::vector<Prediction> predictions_of(const EvaluationSet& set, Tally& tally) {
  std::vector<Prediction> predictions;
  for (std::size_t i = 0; i < set.dataset.size(); ++i) {
    Prediction one{i < set.names.size() ? set.names[i] : std::to_string(i + 1), "",
                   set.dataset.labels[i], std::move(tally.said[i])};
    if (!set.group_names.empty()) one.group = set.group_names[set.dataset.groups[i]];
    predictions.push_back(std::move(one));
  }
  return predictions;
}

/// Pose, left hand, right hand: x, y, z of each point.
template <std::size_t N>
void put_raw(const std::array<PointInUnit, N>& points, std::size_t first, std::size_t frame,
             Series& to) {
  for (std::size_t i = 0; i < N; ++i) {
    to.channel(first + 3 * i)[frame] = points[i].x;
    to.channel(first + 3 * i + 1)[frame] = points[i].y;
    to.channel(first + 3 * i + 2)[frame] = points[i].z;
  }
}

Series raw_series(const std::vector<Landmarks>& frames, std::size_t length) {
  Series series(3 * (kPosePoints + 2 * kHandPoints), length);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (frames[i].pose) put_raw(frames[i].pose->points, 0, i, series);
    if (frames[i].left_hand) put_raw(frames[i].left_hand->points, 3 * kLeftHandStart, i, series);
    if (frames[i].right_hand) put_raw(frames[i].right_hand->points, 3 * kRightHandStart, i, series);
  }
  return series;
}

}  // namespace

Evaluation evaluate(const EvaluationSet& set, const EvaluationOptions& options,
                    const Progress& progress, std::stop_token stop) {
  if (set.dataset.size() == 0)
    throw Error(ErrorCode::kNotEnough, "there are no examples to evaluate");
  if (set.dataset.classes.size() < 2) {
    throw Error(ErrorCode::kNotEnough,
                "all examples are of one class; at least two are needed to tell anything apart");
  }
  const std::vector<Split> splits = splits_for(set, options);
  Tally tally(set.dataset.classes.size());
  tally.said.resize(set.dataset.size());
  const std::vector<SplitResult> results = run_splits(set, splits, options, progress, stop);
  for (std::size_t i = 0; i < splits.size(); ++i)
    add_split(set, splits[i], results[i], options, tally);
  Evaluation result;
  result.protocol = words_for(options.protocol);
  result.examples = set.dataset.size();
  result.classes = set.dataset.classes;
  result.confusion = tally.confusion;
  result.interval = interval_for(result, tally, options);
  for (const auto& [name, group] : tally.groups)
    result.per_group[name] = group.first / group.second;
  result.baseline_majority = majority_share(set.dataset);
  result.baseline_duration = tally.by_duration.accuracy();
  result.train_s = tally.train_s / static_cast<double>(splits.size());
  result.predict_ms = 1000 * tally.predict_s / static_cast<double>(tally.confusion.total());
  result.classifier = to_string(options.classifier);
  result.predictions = predictions_of(set, tally);
  return result;
}

EvaluationSet evaluation_set_from_repetitions(std::span<const Repetition> repetitions,
                                              CraftGroups by) {
  const TrainingSet taught = make_training_set(repetitions);
  EvaluationSet set;
  set.dataset.body_channels = body_channels(taught.plan);
  std::map<std::string, std::size_t> groups;
  const bool has_several = taught.movements.size() > 1;
  const auto name_of = [&](const Repetition& repetition) {
    const std::string label(to_string(repetition.label));
    return has_several ? repetition.movement + " " + label : label;
  };
  std::map<std::string, std::size_t> classes;
  for (const Repetition* repetition : taught.repetitions) classes[name_of(*repetition)] = 0;
  for (auto& [name, index] : classes) {
    index = set.dataset.classes.size();
    set.dataset.classes.push_back(name);
  }
  for (std::size_t i = 0; i < taught.repetitions.size(); ++i) {
    const Repetition& repetition = *taught.repetitions[i];
    const std::string name =
        by == CraftGroups::kTakes ? "take " + std::to_string(repetition.take) : repetition.person;
    const auto [group, is_new] = groups.emplace(name, groups.size());
    if (is_new) set.group_names.push_back(name);
    set.names.push_back(std::to_string(repetition.id));
    set.dataset.series.push_back(taught.views[i].front());
    set.views.emplace_back(taught.views[i].begin() + 1, taught.views[i].end());
    set.dataset.labels.push_back(classes[name_of(repetition)]);
    set.dataset.groups.push_back(group->second);
    set.durations_s.push_back(taught.tracks[i].duration_s());
  }
  return set;
}

EvaluationSet evaluation_set_of_raw_coordinates(std::span<const Repetition> repetitions,
                                                CraftGroups by) {
  EvaluationSet set = evaluation_set_from_repetitions(repetitions, by);
  set.views.clear();
  set.dataset.body_channels = 0;
  std::size_t longest = 0;
  for (const Repetition& repetition : repetitions)
    longest = std::max(longest, repetition.frames.size());
  std::size_t next = 0;
  for (const Repetition& repetition : repetitions) {
    if (!is_seen(repetition)) continue;
    set.dataset.series[next++] = raw_series(repetition.frames, longest);
  }
  return set;
}

}  // namespace kata
