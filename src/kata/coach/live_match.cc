// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_match.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kata {
namespace {

/// A learner may be this much faster or slower than the teacher.
constexpr double kFastest = 0.5;
constexpr double kSlowest = 2.0;
/// Natural logarithm of how much the duration usually varies, and what each such step costs. Where
/// it varied while taught it varies more, by so many standard deviations.
constexpr double kLeastUsualHaste = 0.4;
constexpr double kUsualDeviations = 2.5;
constexpr double kHasteCost = 0.3;
/// The same for being shorter than what is usual: after one short lesson a flick would do.
constexpr double kHurryCost = 0.6;
/// How much of the posture at the beginning is taken off.
constexpr float kFromBegin = 0.7F;
constexpr double kWellUnderWay = 0.3;
constexpr double kNearlyOver = 0.85;
constexpr double kClearlyNearer = 0.9;
/// Of the template's reach.
constexpr double kLeastReach = 0.5;
/// Standing still before or after a repetition is no part of it: the first and the last of so many
/// parts of a match must move, by a share of what the taught one moves there.
constexpr std::size_t kParts = 3;
constexpr double kLeastReachOfPart = 0.3;
/// Up to here a match is told of.
constexpr double kMostDistance = 1.25;
/// Share of the template's values that must be seen.
constexpr float kLeastShown = 0.5;

template <typename PostureAt>
LiveReach reach_of(std::size_t count, PostureAt posture_at, const LivePosture& weights) {
  const auto between = [&](std::size_t first, std::size_t end) {
    return posture_reach(
        end - first, [&](std::size_t k) -> const LivePosture& { return posture_at(first + k); },
        weights);
  };
  return {between(0, count), between(0, std::min(count, count / kParts + 1)),
          between((kParts - 1) * count / kParts, count)};
}

}  // namespace

double posture_difference(const LivePosture& a, const LivePosture& b) {
  double sum = 0;
  std::size_t shown = 0, both = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(b[i])) continue;
    ++shown;
    if (!std::isfinite(a[i])) continue;
    ++both;
    sum += static_cast<double>(a[i] - b[i]) * (a[i] - b[i]);
  }
  if (both == 0 ||
      static_cast<double>(both) < static_cast<double>(kLeastShown) * static_cast<double>(shown)) {
    return std::numeric_limits<double>::infinity();
  }
  return sum / static_cast<double>(both);
}

void LiveHistory::push(LivePosture posture, double time_s) {
  moments_.push_back({time_s, std::move(posture)});
}

void LiveHistory::trim(double before_s) {
  while (moments_.size() > 1 && moments_.front().time_s < before_s) {
    moments_.pop_front();
    ++first_;
  }
}

LiveTemplate::LiveTemplate(LiveCourse course, std::size_t movement, LivePosture weights,
                           double limit)
    : postures_(std::move(course.postures)),
      duration_s_(course.duration_s),
      lead_s_(course.lead_s),
      tail_s_(course.tail_s),
      least_usual_s_(course.least_usual_s),
      usual_haste_(std::max(kLeastUsualHaste, kUsualDeviations * course.spread_of_durations)),
      movement_(movement),
      weights_(std::move(weights)),
      reach_(reach_of(
          postures_.size(), [this](std::size_t k) -> const LivePosture& { return postures_[k]; },
          weights_)),
      cells_(postures_.size()),
      previous_(postures_.size()) {
  limit_ = std::min(limit, kMostShareOfReach * reach_.whole);
  const LivePosture begin = postures_.front();
  for (LivePosture& posture : postures_) {
    float shown = 0;
    for (std::size_t i = 0; i < posture.size(); ++i) {
      posture[i] -= kFromBegin * begin[i];
      if (posture[i] == posture[i]) shown += weights_[i];
    }
    shown_.push_back(shown);
  }
}

/// Weighted mean square difference; postures count mostly by how far they are from where the
/// repetition began, which another body and another camera change less.
double LiveTemplate::cost(const LivePosture& now, const LivePosture& then,
                          std::size_t place) const {
  // Four sums side by side, for the compiler to add them at once.
  constexpr std::size_t kLanes = 4;
  float sums[kLanes] = {}, weights[kLanes] = {};
  const float* to = postures_[place].data();
  for (std::size_t i = 0; i < weights_.size(); i += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      const float miss = now[i + k] - kFromBegin * then[i + k] - to[i + k];
      const bool is_seen = miss == miss;
      const float weight = is_seen ? weights_[i + k] : 0;
      const float square = is_seen ? miss * miss : 0;
      sums[k] += weight * square;
      weights[k] += weight;
    }
  }
  const float sum = sums[0] + sums[1] + sums[2] + sums[3];
  const float weight = weights[0] + weights[1] + weights[2] + weights[3];
  if (!(weight > 0) || weight < kLeastShown * shown_[place])
    return std::numeric_limits<double>::infinity();
  return static_cast<double>(sum / weight);
}

/// Rest resembles every small movement; it is none.
bool LiveTemplate::moves_enough(const LiveHistory& history, std::size_t first,
                                std::size_t last) const {
  const LiveReach reach = reach_of(
      last - first + 1,
      [&](std::size_t k) -> const LivePosture& { return history.posture(first + k); }, weights_);
  return reach.whole > kLeastReach * reach_.whole &&
         reach.begin >= kLeastReachOfPart * reach_.begin &&
         reach.end >= kLeastReachOfPart * reach_.end;
}

double LiveTemplate::haste_cost(double duration_s) const {
  const double haste = std::log(duration_s / duration_s_) / usual_haste_;
  const double hurry =
      duration_s < least_usual_s_ ? std::log(duration_s / least_usual_s_) / usual_haste_ : 0;
  return 1 + kHasteCost * haste * haste + kHurryCost * hurry * hurry;
}

/// How many of its postures the learner may pass through in this time: a flick of the hand is no
/// repetition, however well it fits its postures one by one.
std::size_t LiveTemplate::most_advance(double passed_s) const {
  const double step_s = duration_s_ / static_cast<double>(postures_.size() - 1);
  const double most = passed_s / (kFastest * step_s);
  return most > 1 ? static_cast<std::size_t>(std::lround(std::min(most, 1e3))) : 1;
}

std::optional<LiveMatch> LiveTemplate::step(const LiveHistory& history) {
  const std::size_t now = history.newest();
  const double now_s = history.time_s(now);
  std::swap(cells_, previous_);
  const std::size_t most = most_advance(now > 0 ? now_s - before_s_ : 0);
  before_s_ = now_s;
  cells_[0] = Cell{cost(history.posture(now), history.posture(now), 0), 1, now, now_s};
  for (std::size_t i = 1; i < postures_.size(); ++i) {
    Cell& cell = cells_[i] = {};
    double added = 0;
    std::size_t added_for = std::numeric_limits<std::size_t>::max();
    // It ends when it arrives: standing still afterwards would make every match look nearer.
    const std::size_t least = i + 1 == postures_.size() ? 1 : 0;
    for (std::size_t advance = least; advance <= std::min(most, i); ++advance) {
      const Cell& before = previous_[i - advance];
      if (!(before.sum < cell.sum)) continue;
      if (before.start != added_for) {
        added = cost(history.posture(now), history.posture(before.start), i);
        added_for = before.start;
      }
      // What is skipped counts as if each of it differed as much.
      const double weight = static_cast<double>(std::max<std::size_t>(advance, 1));
      if (before.sum + weight * added < cell.sum)
        cell = {before.sum + weight * added, before.steps + weight, before.start, before.start_s};
    }
  }
  const Cell& last = cells_.back();
  if (!std::isfinite(last.sum)) return std::nullopt;
  const double duration_s = now_s - last.start_s;
  if (duration_s < kFastest * duration_s_ || duration_s > kSlowest * duration_s_)
    return std::nullopt;
  const double distance = std::sqrt(last.mean()) / limit_ * haste_cost(duration_s);
  if (distance >= kMostDistance || !moves_enough(history, last.start, now)) return std::nullopt;
  const double pace = duration_s / duration_s_;
  return LiveMatch{distance, last.start_s - pace * lead_s_, now_s, pace * tail_s_, movement_};
}

void LiveTemplate::forget_before(double time_s) {
  for (Cell& cell : cells_) {
    if (cell.start_s < time_s) cell = {};
  }
}

LiveTemplate::Progress LiveTemplate::progress() const {
  Progress best;
  for (std::size_t i = 0; i + 1 < cells_.size(); ++i) {
    const double distance = std::sqrt(cells_[i].mean()) / limit_;
    if (!(distance < best.distance)) continue;
    best = {distance, static_cast<double>(i) / static_cast<double>(cells_.size() - 1),
            cells_[i].start_s};
  }
  return best;
}

bool LiveTemplate::may_better(const LiveMatch& match) const {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const double phase = static_cast<double>(i) / static_cast<double>(cells_.size());
    if (phase < kWellUnderWay || phase > kNearlyOver) continue;
    if (cells_[i].start_s > match.end_s - kWellUnderWay * duration_s_) continue;
    if (std::sqrt(cells_[i].mean()) / limit_ < kClearlyNearer * match.distance) return true;
  }
  return false;
}

}  // namespace kata
