// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/judge_training.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/judge_impl.h"
#include "kata/learn/report.h"

namespace kata {
namespace {

/// Of a movement's right and wrong repetitions: what is watched for in a stream. And the right ones
/// that a mistake is explained by.
constexpr std::size_t kMostPrototypes = 10;
constexpr std::size_t kMostWrongPrototypes = 10;
constexpr std::size_t kMostCompared = 4;
constexpr int kLeast = 3;       // right ones, and wrong ones
constexpr int kLeastFew = 2;    // where the teacher insists
constexpr int kLeastAlone = 2;  // a one-sided judge needs one distance at least

std::string count_of(int count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) +
         (count == 1 ? " repetition" : " repetitions");
}

struct Counts {
  int right = 0;
  int wrong = 0;
};

/// "1 more right repetition and 1 more wrong repetition"; empty where there are enough.
std::string missing_of(const Counts& counts, int least) {
  const int least_right = counts.wrong > 0 ? least : kLeastAlone;
  std::string missing;
  if (counts.right < least_right) missing = count_of(least_right - counts.right, "more right");
  if (counts.wrong > 0 && counts.wrong < least) {
    missing += (missing.empty() ? "" : " and ") + count_of(least - counts.wrong, "more wrong");
  }
  return missing;
}

/// Refuses too few; says what is missing of what is let through. Empty: enough.
std::string shortfall_of(const std::string& movement, const Counts& counts, bool may_be_few) {
  const std::string missing = missing_of(counts, kLeast);
  if (missing.empty()) return {};
  const std::string sentence = "\"" + movement + "\" has " + count_of(counts.right, "right") +
                               " and " + count_of(counts.wrong, "wrong") + "; teach " + missing;
  if (!may_be_few || !missing_of(counts, kLeastFew).empty()) {
    throw Error(ErrorCode::kNotEnough, sentence);
  }
  return sentence;
}

/// Only the landmarks that explanations, ghosts and cutting need.
Repetition prototype_of(const Repetition& repetition) {
  Repetition prototype = repetition;
  prototype.mistake.reset();
  for (Landmarks& frame : prototype.frames) {
    frame.face.reset();
    if (frame.pose) frame.pose->world = {};
    if (frame.left_hand) frame.left_hand->world = {};
    if (frame.right_hand) frame.right_hand->world = {};
  }
  return prototype;
}

/// Takes turns among the mistakes, so that each is there before one is there twice; of each mistake
/// some from the first lesson to the last, so that every person and take has its share.
std::vector<Repetition> wrong_prototypes_of(const TrainingSet& set,
                                            std::span<const std::size_t> wrong) {
  std::map<std::string, std::vector<std::size_t>> by_mistake;
  for (const std::size_t place : wrong) {
    by_mistake[set.repetitions[place]->mistake.value_or("")].push_back(place);
  }
  std::map<std::string, std::size_t> counts;
  std::size_t chosen = 0;
  for (std::size_t turn = 0; turn < wrong.size(); ++turn) {
    for (const auto& [mistake, places] : by_mistake) {
      if (turn >= places.size() || chosen >= kMostWrongPrototypes) continue;
      ++counts[mistake];
      ++chosen;
    }
  }
  std::vector<Repetition> prototypes;
  for (const auto& [mistake, count] : counts) {
    const std::vector<std::size_t>& places = by_mistake[mistake];
    for (std::size_t i = 0; i < count; ++i)
      prototypes.push_back(prototype_of(*set.repetitions[places[i * places.size() / count]]));
  }
  return prototypes;
}

/// Places among the right ones, in this order but the takes in turn: a take by another person or
/// from another camera has its share of what is watched for.
std::vector<std::size_t> by_takes(const TrainingSet& set, std::span<const std::size_t> right,
                                  std::span<const std::size_t> order) {
  std::map<std::int64_t, std::size_t> of_take;
  std::vector<std::pair<std::size_t, std::size_t>> turns;  // turn, place in `order`
  for (std::size_t i = 0; i < order.size(); ++i)
    turns.emplace_back(of_take[set.repetitions[right[order[i]]]->take]++, i);
  std::sort(turns.begin(), turns.end());
  std::vector<std::size_t> places;
  for (const auto& [turn, i] : turns) places.push_back(order[i]);
  return places;
}

TaughtMovement learn_movement(const TrainingSet& set, std::span<const std::size_t> places,
                              const ClassifierChoice& choice, std::stop_token stop) {
  std::vector<TaughtSeries> lessons;
  std::vector<std::size_t> right;
  std::vector<std::size_t> wrong;
  std::vector<WrongLesson> wrong_lessons;
  std::map<std::string, std::size_t> persons;
  for (const std::size_t place : places) {
    const Repetition& repetition = *set.repetitions[place];
    const bool is_right = repetition.label == Label::kCorrect;
    if (!is_right) {
      wrong_lessons.push_back(
          {lessons.size(), &set.tracks[place], repetition.mistake.value_or("")});
    }
    lessons.push_back({set.views[place], is_right, repetition.mistake.value_or(""),
                       persons.emplace(repetition.person, persons.size()).first->second});
    (is_right ? right : wrong).push_back(place);
  }
  TaughtMovement movement{
      MovementJudge::train(lessons, body_channels(set.plan), choice, stop), {}, {}, {}};
  std::vector<PointTrack> tracks;
  const std::vector<std::size_t> central = movement.judge.central_right(right.size());
  for (std::size_t i = 0; i < std::min(kMostCompared, central.size()); ++i)
    tracks.push_back(set.tracks[right[central[i]]]);
  for (const std::size_t chosen : by_takes(set, right, central)) {
    if (movement.prototypes.size() == kMostPrototypes) break;
    movement.prototypes.push_back(prototype_of(*set.repetitions[right[chosen]]));
  }
  movement.wrong_prototypes = wrong_prototypes_of(set, wrong);
  movement.explainer = Explainer::learn(tracks, wrong_lessons);
  return movement;
}

}  // namespace

bool is_seen(const Repetition& repetition) {
  return !std::ranges::all_of(repetition.frames, &Landmarks::is_empty);
}

TrainingSet make_training_set(std::span<const Repetition> repetitions, bool may_be_few) {
  TrainingSet set;
  std::set<std::string> names;
  for (const Repetition& repetition : repetitions) {
    if (!is_seen(repetition)) continue;
    set.repetitions.push_back(&repetition);
    set.tracks.push_back(track_from_landmarks(repetition.frames));
    names.insert(repetition.movement);
  }
  if (set.repetitions.empty()) {
    throw Error(ErrorCode::kNotEnough,
                "there are no repetitions to learn from; teach at least 3 right and 3 wrong ones");
  }
  set.movements.assign(names.begin(), names.end());
  for (const std::string& movement : set.movements) {
    Counts counts;
    for (const Repetition* repetition : set.repetitions) {
      if (repetition->movement != movement) continue;
      ++(repetition->label == Label::kCorrect ? counts.right : counts.wrong);
    }
    std::string shortfall = shortfall_of(movement, counts, may_be_few);
    if (!shortfall.empty()) set.shortfalls.push_back(std::move(shortfall));
  }
  set.plan = plan_features(set.tracks);
  if (set.plan.is_empty()) {
    throw Error(
        ErrorCode::kNotEnough,
        "neither a body nor hands are seen in most of the repetitions; teach with the whole "
        "movement in the picture");
  }
  for (const PointTrack& track : set.tracks) {
    set.views.push_back(body_features_around(track, set.plan));
  }
  return set;
}

Judge learn_judge(const TrainingSet& set, std::span<const std::size_t> places,
                  const TrainOptions& options, std::stop_token stop) {
  const auto choice_for = [&](const std::string& task) {
    ClassifierChoice choice{options.classifier, options.seed, {}};
    if (options.on_epoch) {
      choice.on_epoch = [&options, task](TrainingEpoch epoch) {
        epoch.task = task;
        options.on_epoch(epoch);
      };
    }
    return choice;
  };
  JudgeKnowledge knowledge;
  knowledge.plan = set.plan;
  knowledge.movements = set.movements;
  Dataset which;
  which.classes = set.movements;
  which.body_channels = body_channels(set.plan);
  for (std::size_t m = 0; m < set.movements.size(); ++m) {
    std::vector<std::size_t> mine;
    for (const std::size_t place : places) {
      if (set.repetitions[place]->movement != set.movements[m]) continue;
      mine.push_back(place);
      for (const Series& view : set.views[place]) {
        which.series.push_back(view);
        which.labels.push_back(m);
        which.ids.push_back(place);
      }
    }
    knowledge.taught.push_back(learn_movement(set, mine, choice_for(set.movements[m]), stop));
  }
  if (set.movements.size() > 1)
    knowledge.which = train_classifier(which, choice_for("which movement"), stop).classifier;
  return JudgeBuilder::build(std::move(knowledge));
}

Trained train_judge(std::span<const Repetition> repetitions, const TrainOptions& options,
                    const Progress& progress, std::stop_token stop) {
  if (progress) progress(0, "measuring the repetitions");
  const TrainingSet set = make_training_set(repetitions, options.may_be_few);
  std::vector<std::size_t> all(set.repetitions.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (progress) progress(0.1, "learning");
  Trained trained;
  trained.judge = std::make_shared<const Judge>(learn_judge(set, all, options, stop));
  if (options.with_report) {
    trained.report_json = report_json(set, *trained.judge, options, progress, stop);
  }
  if (progress) progress(1, "done");
  return trained;
}

}  // namespace kata
