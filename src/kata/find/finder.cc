// SPDX-License-Identifier: Apache-2.0
#include "kata/find/finder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "kata/find/finder_tuning.h"

namespace kata {
namespace {

constexpr FinderTuning kTuning;
/// The shortest duration that is ever tried; the others are so many steps longer.
constexpr double kFirstDuration_s = 0.2;
constexpr std::size_t kLeastFrames = 4;
/// A pace changes slowly: the median of so many.
constexpr std::size_t kKeptPaces = 15;

double duration_at(std::size_t place) {
  return kFirstDuration_s * std::pow(kTuning.duration_step, static_cast<double>(place));
}

std::size_t place_of(double duration_s) {
  const double steps = std::log(duration_s / kFirstDuration_s) / std::log(kTuning.duration_step);
  return static_cast<std::size_t>(std::max(0.0, std::round(steps)));
}

std::size_t shortest_place(const KnownMovement& known) {
  return place_of(kTuning.fastest * known.duration_s());
}

std::size_t longest_place(const KnownMovement& known) {
  return place_of(kTuning.slowest * known.duration_s());
}

/// Whether they claim the same time.
bool overlap(const Find& a, const Find& b) {
  const double both_s = std::min(a.end_s, b.end_s) - std::max(a.start_s, b.start_s);
  const double shorter_s = std::min(a.end_s - a.start_s, b.end_s - b.start_s);
  return both_s > kTuning.most_overlap * shorter_s;
}

}  // namespace

void FindLine::add(const Find& find) {
  const double least_start_s = told_until_s_ - kTuning.most_overlap * (find.end_s - find.start_s);
  if (find.start_s >= least_start_s) open_.push_back(find);
}

std::optional<Find> FindLine::settled(double now_s) {
  if (open_.empty()) return std::nullopt;
  const Find best = *std::min_element(open_.begin(), open_.end(), [](const Find& a, const Find& b) {
    return a.distance < b.distance;
  });
  if (now_s - best.end_s < kTuning.settled_s) return std::nullopt;
  std::erase_if(open_, [&](const Find& one) { return overlap(one, best); });
  told_until_s_ = std::max(told_until_s_, best.end_s);
  return best;
}

Finder::Finder(std::shared_ptr<const KnownMovements> known) : known_(std::move(known)) {
  for (auto& paces : paces_) paces.resize(known_->size());
  shortest_ = std::numeric_limits<std::size_t>::max();
  for (const auto& one : *known_) {
    if (!one) continue;
    shortest_ = std::min(shortest_, shortest_place(*one));
    longest_ = std::max(longest_, longest_place(*one));
    const PointMask wanted = points_of(one->weights());
    for (std::size_t i = 0; i < kCoursePoints; ++i) wanted_[i] = wanted_[i] || wanted[i];
  }
}

std::vector<Find> Finder::step(const CourseFrame& frame) {
  if (shortest_ > longest_) return {};
  frames_.push_back(frame);
  const double now_s = frame.time_s;
  if (now_s - looked_s_ >= kTuning.scan_step_s) look(now_s);
  std::vector<Find> finds;
  for (FindLine& line : lines_) {
    while (const auto find = line.settled(now_s)) finds.push_back(*find);
  }
  for (const Find& find : finds) keep_pace(find);
  return finds;
}

void Finder::keep_pace(const Find& find) {
  if (find.distance >= kTuning.strict) return;
  auto& durations_s = paces_[find.is_mirrored ? 1 : 0][find.movement];
  durations_s.push_back(find.end_s - find.start_s);
  if (durations_s.size() > kKeptPaces) durations_s.erase(durations_s.begin());
}

/// Once the learner's own pace is known, what is much shorter is a part of a repetition, and what
/// is much longer holds more than one.
double Finder::pace_cost(std::size_t side, std::size_t movement, double duration_s) const {
  std::vector<double> durations_s = paces_[side][movement];
  if (durations_s.size() < kTuning.finds_to_know) return 1;
  const auto mid = durations_s.begin() + static_cast<std::ptrdiff_t>(durations_s.size() / 2);
  std::nth_element(durations_s.begin(), mid, durations_s.end());
  const double steps =
      std::max(0.0, std::abs(std::log(duration_s / *mid)) - kTuning.pace_free) / kTuning.pace_step;
  return 1 + kTuning.pace_cost * steps * steps;
}

std::vector<Find> Finder::finish() {
  std::vector<Find> finds;
  for (FindLine& line : lines_) {
    while (const auto find = line.rest()) finds.push_back(*find);
  }
  return finds;
}

void Finder::look(double now_s) {
  looked_s_ = now_s;
  const double oldest_s = now_s - duration_at(longest_) - 0.2;
  // Frames are thrown away many at once, for they lie in one piece.
  if (frames_.front().time_s < oldest_s - duration_at(longest_)) {
    std::erase_if(frames_, [&](const CourseFrame& one) { return one.time_s < oldest_s; });
  }
  for (auto& nearest : nearest_) nearest.reset();
  for (std::size_t duration = shortest_; duration <= longest_; ++duration) look_at(duration, now_s);
  for (std::size_t side = 0; side < 2; ++side) {
    const auto& nearest = nearest_[side];
    if (nearest && nearest->distance < kTuning.known) lines_[side].add(*nearest);
  }
}

std::span<const CourseFrame> Finder::frames_between(double start_s, double end_s) const {
  const auto first = std::lower_bound(
      frames_.begin(), frames_.end(), start_s,
      [](const CourseFrame& frame, double time_s) { return frame.time_s < time_s; });
  const auto end = std::upper_bound(
      first, frames_.end(), end_s,
      [](double time_s, const CourseFrame& frame) { return time_s < frame.time_s; });
  return {first, end};
}

std::optional<double> Finder::distance(std::size_t movement, double start_s, double end_s,
                                       bool is_mirrored) const {
  if (movement >= known_->size() || !(*known_)[movement]) return std::nullopt;
  const KnownMovement& known = *(*known_)[movement];
  const double shift_s = kTuning.edge_shift * (end_s - start_s);
  std::optional<double> nearest;
  for (const double begin_s : {start_s - shift_s, start_s, start_s + shift_s}) {
    for (const double until_s : {end_s - shift_s, end_s, end_s + shift_s}) {
      const auto frames = frames_between(begin_s, until_s);
      if (frames.size() < kLeastFrames) continue;
      const auto signature = signature_of({frames, begin_s, until_s}, known.part(), wanted_);
      if (!signature) continue;
      const double distance =
          known.moves_enough(*signature)
              ? known.nearness(is_mirrored ? mirrored(*signature) : *signature).distance
              : std::numeric_limits<double>::infinity();
      nearest = std::min(nearest.value_or(std::numeric_limits<double>::infinity()), distance);
    }
  }
  return nearest;
}

/// Every movement that may take so long, ending now.
void Finder::look_at(std::size_t duration, double now_s) {
  const double start_s = now_s - duration_at(duration);
  if (frames_.front().time_s > start_s) return;
  const auto frames = frames_between(start_s, now_s);
  if (frames.size() < kLeastFrames) return;
  std::optional<Signature> signatures[2], in_mirror[2];  // by BodyPart
  bool is_made[2] = {};
  for (std::size_t movement = 0; movement < known_->size(); ++movement) {
    const auto& known = (*known_)[movement];
    if (!known || duration < shortest_place(*known) || duration > longest_place(*known)) continue;
    const auto part = static_cast<std::size_t>(known->part());
    if (!std::exchange(is_made[part], true)) {
      signatures[part] = signature_of({frames, start_s, now_s}, known->part(), wanted_);
      if (signatures[part]) in_mirror[part] = mirrored(*signatures[part]);
    }
    if (!signatures[part] || !known->moves_enough(*signatures[part])) continue;
    for (std::size_t side = 0; side < 2; ++side) {
      auto nearness = known->nearness(side == 0 ? *signatures[part] : *in_mirror[part]);
      nearness.distance *= pace_cost(side, movement, now_s - start_s);
      if (nearest_[side] && nearness.distance >= nearest_[side]->distance) continue;
      nearest_[side] = Find{movement,
                            start_s,
                            now_s,
                            nearness.distance,
                            nearness.is_right,
                            static_cast<double>(signatures[part]->reach) / known->reach(),
                            side == 1};
    }
  }
}

void Finder::forget() {
  frames_.clear();
  looked_s_ = -1e18;
  for (FindLine& line : lines_) line = {};
  nearest_ = {};
  for (auto& paces : paces_) paces.assign(known_->size(), {});
}

}  // namespace kata
