// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kata/learn/random.h"

namespace kata {

void Confusion::add(const Confusion& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::int64_t Confusion::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0});
}

double Confusion::accuracy() const {
  std::int64_t right = 0;
  for (std::size_t k = 0; k < classes_; ++k) right += at(k, k);
  const std::int64_t all = total();
  return all > 0 ? static_cast<double>(right) / static_cast<double>(all) : 0;
}

double Confusion::balanced_accuracy() const {
  double sum = 0;
  int occurring = 0;
  for (std::size_t truth = 0; truth < classes_; ++truth) {
    std::int64_t row = 0;
    for (std::size_t said = 0; said < classes_; ++said) row += at(truth, said);
    if (row == 0) continue;
    sum += static_cast<double>(at(truth, truth)) / static_cast<double>(row);
    ++occurring;
  }
  return occurring > 0 ? sum / occurring : 0;
}

Interval wilson_interval(double share, std::size_t count) {
  if (count == 0) return {};
  constexpr double kZ = 1.959964;
  const double n = static_cast<double>(count);
  const double centre = (share + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  const double half =
      kZ / (1 + kZ * kZ / n) * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

namespace {

constexpr std::size_t kDraws = 2000;

/// The middle 95 % of `measure`, called with so many places drawn among `count`.
template <typename Measure>
Interval bootstrapped(std::size_t count, std::uint64_t seed, Measure measure) {
  Random random(seed);
  std::vector<double> values;
  std::vector<std::size_t> places(count);
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    for (std::size_t& place : places) place = random.below(count);
    values.push_back(measure(places));
  }
  std::sort(values.begin(), values.end());
  return {values[kDraws / 40], values[kDraws - 1 - kDraws / 40]};
}

}  // namespace

Interval bootstrap_interval(std::span<const std::pair<double, double>> groups, std::uint64_t seed) {
  return bootstrapped(groups.size(), seed, [&](const std::vector<std::size_t>& places) {
    double right = 0;
    double cases = 0;
    for (const std::size_t place : places) {
      right += groups[place].first;
      cases += groups[place].second;
    }
    return cases > 0 ? right / cases : 0;
  });
}

Interval balanced_bootstrap_interval(std::span<const Confusion> groups, std::uint64_t seed) {
  if (groups.empty()) return {};
  return bootstrapped(groups.size(), seed, [&](const std::vector<std::size_t>& places) {
    Confusion sum(groups[0].classes());
    for (const std::size_t place : places) sum.add(groups[place]);
    return sum.balanced_accuracy();
  });
}

}  // namespace kata
