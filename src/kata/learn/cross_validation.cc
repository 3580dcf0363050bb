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
