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
#include "kata/learn/evaluate_learners.h"
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
    case Protocol::Kind::kTeachGroups:
      need_groups();
      return teacher_splits(set.dataset.labels, set.dataset.groups, protocol.groups, protocol.each,
                            protocol.draws, options.seed);
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
    case Protocol::Kind::kTeachGroups:
      return "learn from " + std::to_string(protocol.each) + " examples of each of " +
             std::to_string(protocol.groups) + " groups, judge all others, " +
             std::to_string(protocol.draws) + " draws";
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
  std::map<std::string, Confusion> groups;
  LearnersJudged learners;
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

/// Adds one answer to the sums. Taught by one group, the figure of interest is the teacher's; else
/// the learner's.
void tell(const EvaluationSet& set, const Split& split, const EvaluationOptions& options,
          const Answer& answer, Tally& tally) {
  const std::size_t truth = set.dataset.labels[answer.place];
  tally.said[answer.place].push_back(answer.said);
  tally.confusion.add(truth, answer.said);
  tally.by_duration.add(truth, class_by_duration(set, split, answer.place));
  if (set.group_names.empty()) return;
  const bool by_teacher = options.protocol.kind == Protocol::Kind::kTeachOneGroup;
  const std::size_t owner = by_teacher ? split.learn[0] : answer.place;
  tally.groups.try_emplace(set.group_names[set.dataset.groups[owner]], tally.confusion.classes())
      .first->second.add(truth, answer.said);
}

/// What one split gave.
struct SplitResult {
  std::vector<Answer> answers;
  LearnersJudged learners;
  double train_s = 0;
  double predict_s = 0;
};

SplitResult run_split(const EvaluationSet& set, const Split& split,
                      const EvaluationOptions& options, std::uint64_t seed, std::stop_token stop) {
  SplitResult result;
  const auto start = Clock::now();
  const TrainedClassifier trained =
      train_classifier(with_views(set, split.learn), {options.classifier, seed, {}}, stop);
  result.train_s = seconds_since(start);
  const auto judged = Clock::now();
  for (const std::size_t place : split.judge)
    result.answers.push_back(
        {place, best_of(trained.classifier->scores(set.dataset.series[place]))});
  result.predict_s = seconds_since(judged);
  return result;
}

/// The same where single learners are judged right or wrong, by the judge of a craft.
SplitResult run_split_by_learner(const EvaluationSet& set, const Split& split,
                                 const EvaluationOptions& options, std::uint64_t seed,
                                 std::stop_token stop) {
  SplitResult result;
  const auto start = Clock::now();
  const MovementJudge judge =
      learn_right_from_wrong(with_views(set, split.learn), {options.classifier, seed, {}}, stop);
  result.train_s = seconds_since(start);
  const auto judged = Clock::now();
  result.answers = judge_learners(judge, set, split.judge, options, seed, result.learners);
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
  const auto run = is_judged_by_learner(set, options) ? run_split_by_learner : run_split;
  run_for_each(options.for_each, splits.size(), [&](std::size_t i) {
    results[i] = run(set, splits[i], options, seed_of_split(options.seed, i), stop);
    report(1);
  });
  return results;
}

void add_split(const EvaluationSet& set, const Split& split, const SplitResult& result,
               const EvaluationOptions& options, Tally& tally) {
  tally.train_s += result.train_s;
  tally.predict_s += result.predict_s;
  tally.learners.judged += result.learners.judged;
  tally.learners.skipped += result.learners.skipped;
  tally.learners.mirrored += result.learners.mirrored;
  for (const Answer& answer : result.answers) tell(set, split, options, answer, tally);
}

double majority_share(const Dataset& dataset) {
  const auto counts = dataset.counts();
  return static_cast<double>(*std::max_element(counts.begin(), counts.end())) /
         static_cast<double>(dataset.size());
}

void set_intervals(const Tally& tally, const EvaluationOptions& options, Evaluation& evaluation) {
  constexpr std::size_t kLeastGroups = 5;  // fewer say too little about how groups differ
  const bool by_group = options.protocol.kind != Protocol::Kind::kFolds &&
                        options.protocol.kind != Protocol::Kind::kShots;
  // Repeats judge the same examples again; they do not make them more.
  const auto judged = static_cast<std::size_t>(tally.confusion.total());
  const std::size_t cases = std::min(evaluation.examples, judged);
  evaluation.interval = wilson_interval(tally.confusion.accuracy(), cases);
  evaluation.balanced_interval = wilson_interval(tally.confusion.balanced_accuracy(), cases);
  if (!by_group || tally.groups.size() < kLeastGroups) return;
  std::vector<std::pair<double, double>> shares;
  std::vector<Confusion> confusions;
  for (const auto& [name, group] : tally.groups) {
    const auto all = static_cast<double>(group.total());
    shares.emplace_back(group.accuracy() * all, all);
    confusions.push_back(group);
  }
  evaluation.interval = bootstrap_interval(shares, options.seed);
  evaluation.balanced_interval = balanced_bootstrap_interval(confusions, options.seed);
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
  const bool by_learner = is_judged_by_learner(set, options);
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
  if (tally.confusion.total() == 0)
    throw Error(ErrorCode::kNotEnough, "no learner has so many repetitions to confirm");
  set_intervals(tally, options, result);
  result.learners = tally.learners.judged;
  result.learners_skipped = tally.learners.skipped;
  result.learners_mirrored = tally.learners.mirrored;
  if (by_learner) result.protocol += words_for_learners(options);
  for (const auto& [name, group] : tally.groups) result.per_group[name] = group.accuracy();
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
    set.mirrored.push_back(body_features(mirrored(taught.tracks[i], body_skeleton()), taught.plan));
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
  set.mirrored.clear();
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
