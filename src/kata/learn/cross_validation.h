// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kata {

/// Which examples are learned from and which are judged; no example is in both.
struct Split {
  std::vector<std::size_t> learn;
  std::vector<std::size_t> judge;
};

/// Every example is judged once for each repeat; classes are spread evenly over the folds.
/// Throws Error{kInvalidArgument} for fewer than two folds or repeats below one.
std::vector<Split> stratified_folds(std::span<const std::size_t> labels, std::size_t folds,
                                    std::size_t repeats, std::uint64_t seed);

/// Each group is judged by what was learned from all others, or, with `teach_one`, all others by
/// what was learned from it. Throws Error{kNotEnough} for a single group.
std::vector<Split> group_splits(std::span<const std::size_t> groups, bool teach_one);

/// `each` examples of each of `teachers` groups drawn to learn from, of every class alike, all
/// other groups judged. Throws Error{kNotEnough} where too few groups have so many.
std::vector<Split> teacher_splits(std::span<const std::size_t> labels,
                                  std::span<const std::size_t> groups, std::size_t teachers,
                                  std::size_t each, std::size_t draws, std::uint64_t seed);

/// `shots` of each class drawn to learn from, the rest judged.
/// Throws Error{kNotEnough} where a class has none left to judge.
std::vector<Split> shot_splits(std::span<const std::size_t> labels, std::size_t shots,
                               std::size_t draws, std::uint64_t seed);

/// One split by the words of a column: "train" (or "training", "learn") against all others.
std::vector<Split> column_split(std::span<const std::string> words);

}  // namespace kata
