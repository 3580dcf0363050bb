// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/report.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "kata/learn/classifiers.h"
#include "kata/learn/judge_impl.h"
#include "kata/learn/metrics.h"
#include "kata/learn/report_figure.h"
#include "kata/learn/report_plan.h"

namespace kata {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

/// What was said of one repetition over all splits in which it was judged.
struct Record {
  int judged = 0;
  int wrong = 0;
  int unsure = 0;
  int refused = 0;
  int mistake_named = 0;
  std::size_t said = 0;  // the class at the last wrong answer
  double confidence = 0;
};

struct Sums {
  explicit Sums(std::size_t classes, std::size_t count)
      : confusion(classes), by_duration(classes), records(count) {}
  Confusion confusion;
  Confusion by_duration;
  std::vector<Record> records;
  std::map<std::size_t, std::pair<double, double>> by_split;
};

std::size_t said_class(const Decision& decision) {
  return 2 * decision.movement + (decision.opinion.right >= 0.5 ? 0 : 1);
}

std::size_t class_by_duration(const TrainingSet& set, const std::vector<std::size_t>& labels,
                              const Split& split, std::size_t place) {
  std::map<std::size_t, std::pair<double, double>> sums;
  for (const std::size_t learned : split.learn) {
    sums[labels[learned]].first += set.tracks[learned].duration_s();
    sums[labels[learned]].second += 1;
  }
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (const auto& [label, sum] : sums) {
    const double miss = std::abs(set.tracks[place].duration_s() - sum.first / sum.second);
    if (miss < least) {
      least = miss;
      best = label;
    }
  }
  return best;
}

void note(const TrainingSet& set, std::size_t place, std::size_t truth, const Decision& decision,
          Record& record) {
  const std::size_t said = said_class(decision);
  ++record.judged;
  record.unsure += decision.kind == VerdictKind::kUnsure ? 1 : 0;
  record.refused += decision.kind == VerdictKind::kOther ? 1 : 0;
  const auto& mistake = set.repetitions[place]->mistake;
  record.mistake_named += mistake && decision.opinion.mistake == mistake ? 1 : 0;
  if (said == truth) return;
  ++record.wrong;
  record.said = said;
  record.confidence = std::max(decision.opinion.right, 1 - decision.opinion.right);
}

HeldOut held_out_so_far(const Sums& sums) {
  double rightly = 0;
  for (const auto& [split, share] : sums.by_split) rightly += share.first;
  return {static_cast<int>(sums.confusion.total()), static_cast<int>(rightly)};
}

void run_splits(const TrainingSet& set, const std::vector<Split>& splits,
                const TrainOptions& options, const Progress& progress, std::stop_token stop,
                Sums& sums) {
  const auto labels = report_labels(set);
  for (std::size_t i = 0; i < splits.size(); ++i) {
    if (progress) {
      const double done = static_cast<double>(i) / static_cast<double>(splits.size());
      progress(0.2 + 0.6 * done, "judging what was left out");
    }
    TrainOptions quiet = options;
    quiet.on_epoch = {};
    const Judge judge = learn_judge(set, splits[i].learn, quiet, stop);
    for (const std::size_t place : splits[i].judge) {
      const Decision decision = decide(JudgeBuilder::knowledge(judge), set.views[place].front());
      const std::size_t said = said_class(decision);
      sums.confusion.add(labels[place], said);
      sums.by_duration.add(labels[place], class_by_duration(set, labels, splits[i], place));
      sums.by_split[i].first += said == labels[place] ? 1 : 0;
      sums.by_split[i].second += 1;
      note(set, place, labels[place], decision, sums.records[place]);
    }
    if (progress && options.on_held_out) options.on_held_out(held_out_so_far(sums));
  }
}

Json confusion_json(const Confusion& confusion) {
  Json rows = Json::array();
  for (std::size_t truth = 0; truth < confusion.classes(); ++truth) {
    Json row = Json::array();
    for (std::size_t said = 0; said < confusion.classes(); ++said) {
      row.push_back(confusion.at(truth, said));
    }
    rows.push_back(row);
  }
  return rows;
}

/// For each class [[true negatives, false positives], [false negatives, true positives]]; null for
/// one that was not taught.
Json multilabel_json(const Confusion& confusion, const std::vector<bool>& taught) {
  Json all = Json::array();
  for (std::size_t k = 0; k < confusion.classes(); ++k) {
    if (!taught[k]) {
      all.push_back(nullptr);
      continue;
    }
    std::int64_t said = 0;
    std::int64_t truth = 0;
    for (std::size_t j = 0; j < confusion.classes(); ++j) {
      said += confusion.at(j, k);
      truth += confusion.at(k, j);
    }
    const std::int64_t both = confusion.at(k, k);
    Json table = Json::array();
    table.push_back({confusion.total() - said - truth + both, said - both});
    table.push_back({truth - both, both});
    all.push_back(table);
  }
  return all;
}

Json movements_json(const TrainingSet& set, const Sums& sums) {
  Json all = Json::array();
  for (const std::string& movement : set.movements) {
    int counts[2] = {0, 0};
    double judged = 0;
    double wrong = 0;
    std::map<std::string, std::array<int, 4>> mistakes;  // repetitions, judged, caught, named
    for (std::size_t i = 0; i < set.repetitions.size(); ++i) {
      const Repetition& repetition = *set.repetitions[i];
      if (repetition.movement != movement) continue;
      const Record& record = sums.records[i];
      ++counts[repetition.label == Label::kCorrect ? 0 : 1];
      judged += record.judged;
      wrong += record.wrong;
      if (!repetition.mistake) continue;
      auto& mistake = mistakes[*repetition.mistake];
      ++mistake[0];
      mistake[1] += record.judged;
      mistake[2] += record.judged - record.wrong;
      mistake[3] += record.mistake_named;
    }
    Json entry;
    entry["name"] = movement;
    entry["correct"] = counts[0];
    entry["incorrect"] = counts[1];
    entry["accuracy"] = judged > 0 ? Json(rounded(1 - wrong / judged)) : Json();
    entry["mistakes"] = Json::array();
    for (const auto& [name, m] : mistakes) {
      entry["mistakes"].push_back(
          {{"name", name},
           {"n", m[0]},
           {"caught", rounded(m[2] / std::max(1.0, static_cast<double>(m[1])))},
           {"named", rounded(m[3] / std::max(1.0, static_cast<double>(m[1])))}});
    }
    all.push_back(entry);
  }
  return all;
}

std::string advice_for(const Record& record) {
  if (record.wrong == record.judged) return "look at it again: the label may be wrong";
  return "record more like it, right and wrong";
}

Json figure_json(const StickFigure& figure) {
  Json moments = Json::array();
  for (const StickFigure::Moment& moment : figure.moments) {
    Json points = Json::array();
    for (const auto& point : moment) points.push_back(point ? Json(*point) : Json());
    moments.push_back(points);
  }
  return moments;
}

/// Who decides, how good each is alone, and why they were put together.
Json deciders_json(const TrainingSet& set, const Judge& judge) {
  const JudgeKnowledge& knowledge = JudgeBuilder::knowledge(judge);
  Json all = Json::array();
  for (std::size_t m = 0; m < set.movements.size(); ++m) {
    const MovementJudge& one = knowledge.taught[m].judge;
    Json members = Json::array();
    for (const MemberFigure& member : one.members()) {
      members.push_back({{"name", member.name},
                         {"weight", rounded(member.weight)},
                         {"held_out_accuracy", rounded(member.held_out_accuracy)}});
    }
    std::string why = "only right repetitions were taught: what is far from them is wrong";
    if (!one.is_one_sided()) {
      why = one.members().size() > 1
                ? "the nearer a repetition is to one of the taught ones, the more the neighbours "
                  "decide; the others by how well they judged what was left out"
                : "chosen by name";
    }
    all.push_back({{"movement", set.movements[m]}, {"members", members}, {"why", why}});
  }
  return all;
}

Json confused_json(const TrainingSet& set, const Sums& sums) {
  const auto classes = report_classes(set);
  const auto labels = report_labels(set);
  Json all = Json::array();
  for (std::size_t i = 0; i < set.repetitions.size(); ++i) {
    const Record& record = sums.records[i];
    if (record.wrong == 0) continue;
    const Repetition& repetition = *set.repetitions[i];
    Json entry;
    entry["repetition"] = repetition.id;
    entry["take"] = repetition.take;
    entry["movement"] = repetition.movement;
    entry["taught_as"] = classes[labels[i]];
    entry["judged_as"] = classes[record.said];
    entry["wrong"] = record.wrong;
    entry["judged"] = record.judged;
    entry["confidence"] = rounded(record.confidence);
    entry["advice"] = advice_for(record);
    entry["figure"] = figure_json(stick_figure(set.tracks[i]));
    all.push_back(entry);
  }
  return all;
}

/// Accuracy when only k of each class were taught.
Json curve_json(const TrainingSet& set, const TrainOptions& options, std::stop_token stop) {
  // Many lessons take longer to learn, and draws of them differ less.
  const auto draws = [](std::size_t k) -> std::size_t { return k < 10 ? 4 : 2; };
  const auto labels = report_labels(set);
  std::map<std::size_t, std::size_t> counts;
  for (const std::size_t label : labels) ++counts[label];
  std::size_t least = labels.size();
  for (const auto& [label, count] : counts) least = std::min(least, count);
  Json curve = Json::array();
  if (options.classifier == ClassifierKind::kBilstm)
    return curve;  // too slow to learn it twenty times more
  for (const std::size_t k : {3U, 5U, 10U, 20U}) {
    if (least <= k || counts.size() < 2) break;
    Sums sums(report_classes(set).size(), labels.size());
    run_splits(set, shot_splits(labels, k, draws(k), options.seed), options, {}, stop, sums);
    curve.push_back({{"k", k}, {"accuracy", rounded(sums.confusion.accuracy())}});
  }
  return curve;
}

double majority(const std::vector<std::size_t>& labels) {
  std::map<std::size_t, double> counts;
  double most = 0;
  for (const std::size_t label : labels) most = std::max(most, ++counts[label]);
  return most / static_cast<double>(labels.size());
}

Interval interval_for(const ReportPlan& plan, const Sums& sums, std::uint64_t seed) {
  constexpr std::size_t kLeastGroups = 5;
  if (plan.protocol == "by person" && sums.by_split.size() >= kLeastGroups) {
    std::vector<std::pair<double, double>> groups;
    for (const auto& [split, share] : sums.by_split) groups.push_back(share);
    return bootstrap_interval(groups, seed);
  }
  return wilson_interval(sums.confusion.accuracy(), sums.records.size());
}

void add_figures(Json& json, const TrainingSet& set, const ReportPlan& plan, const Sums& sums,
                 std::uint64_t seed) {
  if (plan.splits.empty()) {
    for (const char* key : {"accuracy", "balanced_accuracy", "interval"}) json[key] = nullptr;
    return;
  }
  const Interval interval = interval_for(plan, sums, seed);
  int unsure = 0;
  int refused = 0;
  for (const Record& record : sums.records) {
    unsure += record.unsure;
    refused += record.refused;
  }
  const double judged = static_cast<double>(sums.confusion.total());
  json["accuracy"] = rounded(sums.confusion.accuracy());
  json["balanced_accuracy"] = rounded(sums.confusion.balanced_accuracy());
  json["interval"] = {rounded(interval.low), rounded(interval.high)};
  json["unsure"] = rounded(unsure / judged);
  json["refused"] = rounded(refused / judged);
  json["confusion"] = confusion_json(sums.confusion);
  json["multilabel_confusion"] = multilabel_json(sums.confusion, taught_classes(set));
  json["movements"] = movements_json(set, sums);
  json["baseline_majority"] = rounded(majority(report_labels(set)));
  json["baseline_duration"] = rounded(sums.by_duration.accuracy());
  if (!is_only_right(set) || set.movements.size() > 1) return;
  // With one class there is nothing to guess and nothing to balance.
  for (const char* key : {"balanced_accuracy", "baseline_majority", "baseline_duration"})
    json[key] = nullptr;
}

}  // namespace

std::string report_json(const TrainingSet& set, const Judge& judge, const TrainOptions& options,
                        const Progress& progress, std::stop_token stop) {
  const auto start = Clock::now();
  const ReportPlan plan = plan_report(set, options.seed);
  Sums sums(report_classes(set).size(), set.repetitions.size());
  run_splits(set, plan.splits, options, progress, stop, sums);
  Json json;
  json["format"] = 1;
  json["classifier"] = to_string(options.classifier);
  json["seed"] = options.seed;
  json["protocol"] = plan.protocol;
  json["flatters"] = plan.is_flattering;
  json["shortfalls"] = set.shortfalls;
  json["n"] = set.repetitions.size();
  json["classes"] = report_classes(set);
  json["only_right"] = is_only_right(set);
  json["deciders"] = deciders_json(set, judge);
  add_figures(json, set, plan, sums, options.seed);
  if (progress) progress(0.8, "how many repetitions are needed");
  json["learning_curve"] = curve_json(set, options, stop);
  json["confused"] = confused_json(set, sums);
  json["warnings"] = report_warnings(set, plan);
  json["report_s"] = rounded(std::chrono::duration<double>(Clock::now() - start).count());
  return json.dump();
}

}  // namespace kata
