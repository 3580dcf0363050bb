// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_habit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace kata {
namespace {

constexpr std::size_t kMoments = 32;
/// Moments by which two courses may be out of step.
constexpr std::size_t kBand = 12;
constexpr std::size_t kLeastKnown = 3;
constexpr std::size_t kMostKnown = 12;
/// Nearness is to the second nearest: one foreign movement that slipped in makes no habit.
constexpr std::size_t kRank = 1;
/// Share of the earlier repetitions that are as near to each other as counts as usual.
constexpr double kMost = 0.8;
/// What a tracker's trembling alone makes, in body units.
constexpr double kLeastUsual = 0.05;
constexpr double kFar = std::numeric_limits<double>::infinity();

using Course = LiveHabit::Course;

/// Root mean square difference along the best alignment.
double distance_between(const Course& a, const Course& b) {
  struct Cell {
    double sum = kFar;
    double steps = 0;
  };
  std::array<Cell, kMoments> before, now;
  before.fill({});
  for (std::size_t i = 0; i < kMoments; ++i) {
    now.fill({});
    const std::size_t first = i > kBand ? i - kBand : 0;
    for (std::size_t k = first; k <= std::min(i + kBand, kMoments - 1); ++k) {
      Cell best = i == 0 && k == 0 ? Cell{0, 0} : Cell{};
      if (i > 0 && k > 0) best = before[k - 1];
      if (i > 0 && before[k].sum < best.sum) best = before[k];
      if (k > 0 && now[k - 1].sum < best.sum) best = now[k - 1];
      now[k] = {best.sum + posture_difference(a[i], b[k]), best.steps + 1};
    }
    std::swap(before, now);
  }
  const Cell& last = before.back();
  return std::isfinite(last.sum) ? std::sqrt(last.sum / last.steps) : kFar;
}

double nearness(std::vector<double> distances) {
  const auto place =
      distances.begin() + static_cast<std::ptrdiff_t>(std::min(kRank, distances.size() - 1));
  std::nth_element(distances.begin(), place, distances.end());
  return *place;
}

}  // namespace

Course LiveHabit::course(const LiveHistory& history, double start_s, double end_s) {
  std::vector<std::size_t> within;
  for (std::size_t k = history.oldest(); k <= history.newest(); ++k) {
    if (history.time_s(k) >= start_s && history.time_s(k) <= end_s) within.push_back(k);
  }
  Course course;
  for (std::size_t k = 0; k < kMoments && !within.empty(); ++k) {
    const std::size_t at = (k * (within.size() - 1) + kMoments / 2) / (kMoments - 1);
    course.push_back(history.posture(within[std::min(at, within.size() - 1)]));
  }
  return course;
}

std::optional<bool> LiveHabit::resembles(const Course& course) const {
  if (course.empty() || told_.size() < kLeastKnown) return std::nullopt;
  std::vector<double> usual, distances;
  for (const Told& one : told_) {
    usual.push_back(nearness(one.to_others));
    distances.push_back(distance_between(course, one.course));
  }
  std::sort(usual.begin(), usual.end());
  const double most =
      usual[static_cast<std::size_t>(kMost * static_cast<double>(usual.size() - 1))];
  if (!std::isfinite(most)) return std::nullopt;
  return nearness(distances) <= std::max(kLeastUsual, most);
}

void LiveHabit::add(Course course) {
  if (course.empty()) return;
  if (told_.size() == kMostKnown) {
    told_.pop_front();
    for (Told& one : told_) one.to_others.erase(one.to_others.begin());
  }
  Told added{std::move(course), {}};
  for (Told& one : told_) {
    added.to_others.push_back(distance_between(added.course, one.course));
    one.to_others.push_back(added.to_others.back());
  }
  told_.push_back(std::move(added));
}

}  // namespace kata
