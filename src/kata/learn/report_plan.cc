// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/report_plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace kata {
namespace {

constexpr std::size_t kLeastToLearn = 2;  // of a class, when others of it are left out

std::vector<std::size_t> class_counts(const std::vector<std::size_t>& labels) {
  std::vector<std::size_t> counts(1 + *std::max_element(labels.begin(), labels.end()), 0);
  for (const std::size_t label : labels) ++counts[label];
  return counts;
}

/// Numbers for the values of a property of the repetitions.
template <typename Key, typename KeyOf>
std::vector<std::size_t> groups_by(const TrainingSet& set, KeyOf key_of) {
  std::map<Key, std::size_t> numbers;
  std::vector<std::size_t> groups;
  for (const Repetition* repetition : set.repetitions) {
    groups.push_back(numbers.emplace(key_of(*repetition), numbers.size()).first->second);
  }
  return groups;
}

/// Every class must still be learnable when any one group is left out.
bool can_leave_out(const std::vector<std::size_t>& groups, const std::vector<std::size_t>& labels) {
  const std::set<std::size_t> distinct(groups.begin(), groups.end());
  if (distinct.size() < 2) return false;
  const auto counts = class_counts(labels);
  for (const std::size_t group : distinct) {
    auto left = counts;
    for (std::size_t i = 0; i < groups.size(); ++i) left[labels[i]] -= groups[i] == group ? 1 : 0;
    for (std::size_t k = 0; k < left.size(); ++k) {
      if (counts[k] > 0 && left[k] < kLeastToLearn) return false;
    }
  }
  return true;
}

double median_duration(const TrainingSet& set, const std::string& movement, Label label) {
  std::vector<double> durations;
  for (std::size_t i = 0; i < set.repetitions.size(); ++i) {
    if (set.repetitions[i]->movement != movement || set.repetitions[i]->label != label) continue;
    durations.push_back(set.tracks[i].duration_s());
  }
  if (durations.empty()) return 0;
  std::sort(durations.begin(), durations.end());
  return durations[durations.size() / 2];
}

void warn_of_movement(const TrainingSet& set, const std::string& movement,
                      std::vector<std::string>& warnings) {
  constexpr std::size_t kFew = 10;
  for (const Label label : {Label::kCorrect, Label::kIncorrect}) {
    std::set<std::int64_t> takes;
    std::size_t count = 0;
    for (const Repetition* repetition : set.repetitions) {
      if (repetition->movement != movement || repetition->label != label) continue;
      takes.insert(repetition->take);
      ++count;
    }
    if (count == 0) continue;
    const std::string which = std::string(label == Label::kCorrect ? "right" : "wrong") +
                              " repetitions of \"" + movement + "\"";
    if (takes.size() == 1) {
      warnings.push_back("all " + which +
                         " come from one take: light, place and mood go with the "
                         "label; record a second take");
    }
    if (count < kFew) {
      warnings.push_back("only " + std::to_string(count) + " " + which + "; ten are better");
    }
  }
  const double right = median_duration(set, movement, Label::kCorrect);
  const double wrong = median_duration(set, movement, Label::kIncorrect);
  constexpr double kVeryDifferent = 1.5;
  if (wrong > 0 && right > 0 && std::max(right / wrong, wrong / right) > kVeryDifferent) {
    warnings.push_back("right and wrong repetitions of \"" + movement +
                       "\" differ much in length; the judge does not look at speed");
  }
}

/// Figures of right ones say nothing of wrong ones.
void warn_of_right_alone(const TrainingSet& set, const std::string& movement,
                         std::vector<std::string>& warnings) {
  const bool has_wrong = std::ranges::any_of(set.repetitions, [&](const Repetition* repetition) {
    return repetition->movement == movement && repetition->label == Label::kIncorrect;
  });
  if (has_wrong) return;
  warnings.push_back("no wrong repetitions of \"" + movement +
                     "\" were taught: whether wrong ones are noticed is not known");
}

/// What was measured of strangers; their repetitions resemble the teacher's less than any take
/// does.
void warn_of_one_person(const ReportPlan& plan, std::vector<std::string>& warnings) {
  if (plan.protocol == "by person") return;
  warnings.push_back(
      "these figures are of the people who taught, not of strangers: of exercises that one person "
      "taught, 79 of 100 repetitions of other people were judged rightly, 87 once one of theirs was "
      "confirmed as right; let two or three other people teach three repetitions each");
}

void warn_of_hands(const TrainingSet& set, std::vector<std::string>& warnings) {
  constexpr double kMostly = 0.6;
  constexpr double kHardly = 0.05;  // a hand that is never there belongs to no movement
  for (const auto& [start, name] :
       {std::pair{kLeftHandStart, "left"}, {kRightHandStart, "right"}}) {
    double seen = 0;
    for (const PointTrack& track : set.tracks) seen += track.seen_share(start);
    seen /= static_cast<double>(set.tracks.size());
    if (seen < kHardly || seen >= kMostly) continue;
    warnings.push_back("the " + std::string(name) + " hand is seen in only " +
                       std::to_string(std::lround(100 * seen)) +
                       " % of the frames; more light or a nearer camera helps");
  }
}

}  // namespace

std::vector<std::string> report_classes(const TrainingSet& set) {
  std::vector<std::string> classes;
  for (const std::string& movement : set.movements) {
    const std::string prefix = set.movements.size() > 1 ? movement + " " : "";
    classes.push_back(prefix + "correct");
    classes.push_back(prefix + "incorrect");
  }
  return classes;
}

std::vector<std::size_t> report_labels(const TrainingSet& set) {
  std::vector<std::size_t> labels;
  for (const Repetition* repetition : set.repetitions) {
    const auto place =
        std::lower_bound(set.movements.begin(), set.movements.end(), repetition->movement);
    const auto movement = static_cast<std::size_t>(place - set.movements.begin());
    labels.push_back(2 * movement + (repetition->label == Label::kCorrect ? 0 : 1));
  }
  return labels;
}

std::vector<bool> taught_classes(const TrainingSet& set) {
  std::vector<bool> taught(2 * set.movements.size(), false);
  for (const std::size_t label : report_labels(set)) taught[label] = true;
  return taught;
}

bool is_only_right(const TrainingSet& set) {
  return std::ranges::all_of(set.repetitions, [](const Repetition* repetition) {
    return repetition->label == Label::kCorrect;
  });
}

ReportPlan plan_report(const TrainingSet& set, std::uint64_t seed) {
  constexpr std::size_t kFolds = 5;
  constexpr std::size_t kRepeats = 2;
  const auto labels = report_labels(set);
  const auto persons = groups_by<std::string>(set, [](const Repetition& r) { return r.person; });
  if (can_leave_out(persons, labels)) return {"by person", false, group_splits(persons, false)};
  const auto takes = groups_by<std::int64_t>(set, [](const Repetition& r) { return r.take; });
  if (can_leave_out(takes, labels)) return {"by take", false, group_splits(takes, false)};
  std::size_t least = labels.size();
  for (const std::size_t count : class_counts(labels)) {
    if (count > 0) least = std::min(least, count);
  }
  if (least <= kLeastToLearn) return {"none", true, {}};
  return {"by repetition", true, stratified_folds(labels, std::min(kFolds, least), kRepeats, seed)};
}

std::vector<std::string> report_warnings(const TrainingSet& set, const ReportPlan& plan) {
  std::vector<std::string> warnings;
  for (const std::string& shortfall : set.shortfalls) {
    warnings.push_back("too few to trust, taught all the same: " + shortfall);
  }
  if (plan.protocol == "by repetition") {
    warnings.push_back(
        "single repetitions were left out: neighbours of the same take resemble each "
        "other, so the figures flatter; record a second take or another person");
  }
  if (plan.splits.empty()) {
    warnings.push_back(
        "too few repetitions to leave any out: how good the judge is cannot be told");
  }
  warn_of_one_person(plan, warnings);
  for (const std::string& movement : set.movements) {
    warn_of_right_alone(set, movement, warnings);
    warn_of_movement(set, movement, warnings);
  }
  warn_of_hands(set, warnings);
  return warnings;
}

}  // namespace kata
