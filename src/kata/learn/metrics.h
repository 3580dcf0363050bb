// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace kata {

/// Counts of decisions: rows are the truth, columns what was said.
class Confusion {
 public:
  explicit Confusion(std::size_t classes) : classes_(classes), counts_(classes * classes, 0) {}
  void add(std::size_t truth, std::size_t said) { ++counts_[truth * classes_ + said]; }
  void add(const Confusion& other);

  std::size_t classes() const { return classes_; }
  std::int64_t at(std::size_t truth, std::size_t said) const {
    return counts_[truth * classes_ + said];
  }
  std::int64_t total() const;
  double accuracy() const;
  /// Mean over the classes that occur of the share of theirs that was recognised.
  double balanced_accuracy() const;

 private:
  std::size_t classes_;
  std::vector<std::int64_t> counts_;
};

struct Interval {
  double low = 0;
  double high = 1;
};

/// 95 % interval of a share of `count` independent cases (Wilson 1927).
Interval wilson_interval(double share, std::size_t count);

/// 95 % interval of the mean when whole groups are drawn again and again (percentile bootstrap).
/// Each pair is a group's right answers and its cases.
Interval bootstrap_interval(std::span<const std::pair<double, double>> groups, std::uint64_t seed);

/// 95 % interval of the balanced accuracy when whole groups are drawn again and again.
Interval balanced_bootstrap_interval(std::span<const Confusion> groups, std::uint64_t seed);

}  // namespace kata
