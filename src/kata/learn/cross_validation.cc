// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/cross_validation.h"

#include <algorithm>
#include <map>

#include "kata/core/error.h"
#include "kata/learn/random.h"

namespace kata {
namespace {

using Places = std::vector<std::size_t>;

std::map<std::size_t, Places> places_by(std::span<const std::size_t> keys) {
  std::map<std::size_t, Places> result;
  for (std::size_t i = 0; i < keys.size(); ++i) result[keys[i]].push_back(i);
  return result;
}

std::size_t shortest(const std::map<std::size_t, Places>& classes) {
  std::size_t least = classes.empty() ? 0 : classes.begin()->second.size();
  for (const auto& [label, places] : classes) least = std::min(least, places.size());
  return least;
}

}  // namespace

std::vector<Split> stratified_folds(std::span<const std::size_t> labels, std::size_t folds,
                                    std::size_t repeats, std::uint64_t seed) {
  if (folds < 2 || repeats < 1) {
    throw Error(ErrorCode::kInvalidArgument, "at least two folds and one repeat are needed");
  }
  const auto classes = places_by(labels);
  if (shortest(classes) < 2) {
    throw Error(ErrorCode::kNotEnough,
                "every class needs at least two examples to be cross-validated");
  }
  Random random(seed);
  std::vector<Split> splits;
  for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
    std::vector<Split> round(folds);
    std::size_t next = 0;  // goes on from class to class, so that all folds are about equally large
    for (const auto& [label, all] : classes) {
      Places places = all;
      random.shuffle(places);
      for (const std::size_t place : places) round[next++ % folds].judge.push_back(place);
    }
    for (Split& split : round) {
      if (split.judge.empty()) continue;
      std::sort(split.judge.begin(), split.judge.end());
      for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!std::binary_search(split.judge.begin(), split.judge.end(), i))
          split.learn.push_back(i);
      }
      splits.push_back(std::move(split));
    }
  }
  return splits;
}

std::vector<Split> group_splits(std::span<const std::size_t> groups, bool teach_one) {
  const auto by_group = places_by(groups);
  if (by_group.size() < 2) {
    throw Error(ErrorCode::kNotEnough, "there is only one group; at least two are needed");
  }
  std::vector<Split> splits;
  for (const auto& [group, places] : by_group) {
    Places others;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (groups[i] != group) others.push_back(i);
    }
    splits.push_back(teach_one ? Split{places, others} : Split{others, places});
  }
  return splits;
}

namespace {

/// Of each group, `of_class` examples of every class, drawn; nothing of a group that has fewer.
std::map<std::size_t, Places> lessons_by_group(std::span<const std::size_t> labels,
                                               std::span<const std::size_t> groups,
                                               std::size_t of_class, Random& random) {
  const std::size_t classes = places_by(labels).size();
  std::map<std::size_t, Places> lessons;
  for (const auto& [group, places] : places_by(groups)) {
    std::map<std::size_t, Places> by_label;
    for (const std::size_t place : places) by_label[labels[place]].push_back(place);
    if (by_label.size() < classes || shortest(by_label) < of_class) continue;
    for (auto& [label, mine] : by_label) {
      random.shuffle(mine);
      lessons[group].insert(lessons[group].end(), mine.begin(),
                            mine.begin() + static_cast<std::ptrdiff_t>(of_class));
    }
  }
  return lessons;
}

}  // namespace

std::vector<Split> teacher_splits(std::span<const std::size_t> labels,
                                  std::span<const std::size_t> groups, std::size_t teachers,
                                  std::size_t each, std::size_t draws, std::uint64_t seed) {
  const std::size_t classes = places_by(labels).size();
  const std::size_t of_class = each / std::max<std::size_t>(classes, 1);
  Random random(seed);
  std::vector<Split> splits;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const auto lessons = lessons_by_group(labels, groups, of_class, random);
    if (of_class < 1 || teachers < 1 || lessons.size() < teachers) {
      throw Error(ErrorCode::kNotEnough, "only " + std::to_string(lessons.size()) +
                                             " groups have " + std::to_string(of_class) +
                                             " examples of each class");
    }
    Places able;
    for (const auto& [group, places] : lessons) able.push_back(group);
    random.shuffle(able);
    able.resize(teachers);
    Split split;
    for (const std::size_t group : able) {
      const Places& taught = lessons.at(group);
      split.learn.insert(split.learn.end(), taught.begin(), taught.end());
    }
    std::sort(split.learn.begin(), split.learn.end());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (std::find(able.begin(), able.end(), groups[i]) == able.end()) split.judge.push_back(i);
    }
    splits.push_back(std::move(split));
  }
  return splits;
}

std::vector<Split> shot_splits(std::span<const std::size_t> labels, std::size_t shots,
                               std::size_t draws, std::uint64_t seed) {
  const auto classes = places_by(labels);
  if (shots < 1 || shortest(classes) <= shots) {
    throw Error(ErrorCode::kNotEnough, "the smallest class has " +
                                           std::to_string(shortest(classes)) +
                                           " examples; one more than the shots are needed");
  }
  Random random(seed);
  std::vector<Split> splits;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    Split split;
    for (const auto& [label, all] : classes) {
      Places places = all;
      random.shuffle(places);
      const auto middle = places.begin() + static_cast<std::ptrdiff_t>(shots);
      split.learn.insert(split.learn.end(), places.begin(), middle);
      split.judge.insert(split.judge.end(), middle, places.end());
    }
    std::sort(split.learn.begin(), split.learn.end());
    std::sort(split.judge.begin(), split.judge.end());
    splits.push_back(std::move(split));
  }
  return splits;
}

std::vector<Split> column_split(std::span<const std::string> words) {
  Split split;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_learned = words[i] == "train" || words[i] == "training" || words[i] == "learn";
    (is_learned ? split.learn : split.judge).push_back(i);
  }
  if (split.learn.empty() || split.judge.empty()) {
    throw Error(ErrorCode::kNotEnough,
                "the split needs sequences marked train and others to judge");
  }
  return {split};
}

}  // namespace kata
