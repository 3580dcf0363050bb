// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_excursions.h"

#include <algorithm>
#include <cmath>

namespace kata {
namespace {

/// A dwell is a valley of the speed this deep, as a share of the take's typical speed.
constexpr double kValleyDepth = 0.05;
/// A repetition holds at most this many stops in its course.
constexpr std::size_t kMostStops = 40;
/// Ends this far apart, as a share of the height, are no return at all.
constexpr double kNoReturn = 1.0;
/// Coming this near to the beginning in between is a return: two repetitions, not one.
constexpr double kFullReturn = 0.15;
constexpr double kNoReturnBetween = 0.4;
/// Heights below this share of the take's spread of postures count as this high for the ends' gap.
constexpr double kSmallMovement = 0.6;
constexpr double kLeastClosure = 0.05;
/// Faster than this share of the typical speed at the take's first or last frame, the movement was
/// under way already or is not over: no edge of a repetition is known there.
constexpr double kStillAtBorder = 0.6;
/// An excursion must rise above the trembling, and above a few hundredths of a shoulder width.
constexpr double kLeastHeightInJitter = 6;
constexpr double kLeastHeight = 0.06;

constexpr double kCutOffGap = 0.3;
/// How near to a dwell's posture the body must pass to make an edge without slowing down.
constexpr double kNearPass = 0.5;
constexpr std::size_t kMostPassedStops = 8;
constexpr std::size_t kLeastFrames = 4;
constexpr double kMostSpreads = 6;

double square(double value) { return value * value; }

CutDwell dwell_around(const CutSignal& signal, std::size_t lowest, double margin) {
  CutDwell dwell{lowest, lowest, lowest, signal.speed[lowest]};
  const double limit = dwell.speed + margin;
  while (dwell.enter > 0 && signal.speed[dwell.enter - 1] < limit) --dwell.enter;
  while (dwell.leave + 1 < signal.frames && signal.speed[dwell.leave + 1] < limit) ++dwell.leave;
  return dwell;
}

struct Course {
  double height = 0;
  double peak_speed = 0;
  double nearest_stop = 0;  // least distance to both ends of a dwell in between
};

class ExcursionFinder {
 public:
  ExcursionFinder(const CutSignal& signal, const std::vector<CutDwell>& dwells)
      : signal_(signal), dwells_(dwells), lengths_(path_lengths(signal)) {}

  std::vector<CutExcursion> find() {
    for (std::size_t to = 1; to < dwells_.size(); ++to) {
      const std::size_t first = to > kMostStops ? to - kMostStops : 0;
      for (std::size_t from = first; from < to; ++from) add(dwells_[from].leave, dwells_[to].enter);
    }
    for (std::size_t d = 0; d < dwells_.size(); ++d) {
      add_passes_after(d);
      add_passes_before(d);
    }
    std::sort(found_.begin(), found_.end(), [](const CutExcursion& a, const CutExcursion& b) {
      return a.end != b.end ? a.end < b.end : a.begin < b.begin;
    });
    return std::move(found_);
  }

 private:
  /// The body comes through the dwell's posture again, without a dwell of its own there.
  void add_passes_after(std::size_t d) {
    const std::size_t begin = dwells_[d].leave;
    const std::size_t last = std::min(d + kMostPassedStops, dwells_.size() - 1);
    const std::size_t until = dwells_[last].leave;
    for (std::size_t f = begin + kLeastFrames; f + 1 < until; ++f) {
      if (is_pass(begin, f)) add(begin, f);
    }
  }
  void add_passes_before(std::size_t d) {
    const std::size_t end = dwells_[d].enter;
    const std::size_t from = dwells_[d > kMostPassedStops ? d - kMostPassedStops : 0].enter;
    for (std::size_t f = from + 1; f + kLeastFrames < end; ++f) {
      if (is_pass(end, f)) add(f, end);
    }
  }
  bool is_pass(std::size_t anchor, std::size_t f) const {
    const double now = signal_.distance(anchor, f);
    return now < kNearPass * signal_.spread && now <= signal_.distance(anchor, f - 1) &&
           now < signal_.distance(anchor, f + 1) && !is_in_dwell(f);
  }
  bool is_in_dwell(std::size_t f) const {
    const auto after = std::lower_bound(
        dwells_.begin(), dwells_.end(), f,
        [](const CutDwell& dwell, std::size_t frame) { return dwell.leave < frame; });
    return after != dwells_.end() && after->enter <= f;
  }

  double to_ends(std::size_t frame, std::size_t begin, std::size_t end) const {
    return std::min(signal_.distance(frame, begin), signal_.distance(frame, end));
  }

  Course course(std::size_t begin, std::size_t end) const {
    Course result;
    for (std::size_t f = begin; f < end; f += 2) {
      result.height = std::max(result.height, to_ends(f, begin, end));
      result.peak_speed = std::max<double>(result.peak_speed, signal_.speed[f]);
    }
    result.nearest_stop = result.height;
    const auto first = std::lower_bound(
        dwells_.begin(), dwells_.end(), begin,
        [](const CutDwell& dwell, std::size_t frame) { return dwell.enter <= frame; });
    for (auto dwell = first; dwell != dwells_.end() && dwell->leave < end; ++dwell) {
      const double near = to_ends(dwell->lowest, begin, end);
      result.nearest_stop = std::min(result.nearest_stop, near);
    }
    return result;
  }

  void add(std::size_t begin, std::size_t end) {
    if (end < begin + kLeastFrames) return;
    const double gap_now = signal_.distance(begin, end);
    if (gap_now > kNoReturn * kMostSpreads * signal_.spread) return;
    const Course way = course(begin, end);
    const double least = std::max(kLeastHeight, kLeastHeightInJitter * signal_.jitter);
    if (way.height < least) return;
    // A mistake may make a movement small; its ends lie apart as those of a large one do.
    const double gap = gap_now / std::max(way.height, kSmallMovement * signal_.spread);
    const double between =
        (way.nearest_stop / way.height - kFullReturn) / (kNoReturnBetween - kFullReturn);
    CutExcursion excursion{begin, end};
    excursion.closure = std::max(0.0, 1 - square(gap / kNoReturn)) * std::clamp(between, 0.0, 1.0);
    if (excursion.closure < kLeastClosure) return;
    if (is_cut_off(begin) || is_cut_off(end)) {
      if (gap > kCutOffGap) return;
    }
    const double slow_from = std::max(0.0, 1 - signal_.speed[begin] / way.peak_speed);
    const double slow_to = std::max(0.0, 1 - signal_.speed[end] / way.peak_speed);
    excursion.duration_s = static_cast<double>(end - begin) * signal_.step_s;
    excursion.height = way.height;
    excursion.length = lengths_[end] - lengths_[begin];
    excursion.stillness = slow_from * slow_to;
    found_.push_back(excursion);
  }

  /// The take begins or ends while the body moves: only a posture that is known from the other end
  /// of the excursion makes an edge of it.
  bool is_cut_off(std::size_t frame) const {
    const bool is_at_border = frame <= 1 || frame + 2 >= signal_.frames;
    return is_at_border && signal_.speed[frame] > kStillAtBorder * signal_.typical_speed;
  }

  const CutSignal& signal_;
  const std::vector<CutDwell>& dwells_;
  std::vector<double> lengths_;
  std::vector<CutExcursion> found_;
};

}  // namespace

std::vector<double> path_lengths(const CutSignal& signal) {
  std::vector<float> sorted = signal.speed;
  const auto low = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 20);
  std::nth_element(sorted.begin(), low, sorted.end());
  const double still = std::min<double>(*low, 0.2 * signal.typical_speed);
  std::vector<double> lengths(signal.frames, 0.0);
  for (std::size_t f = 1; f < signal.frames; ++f) {
    lengths[f] = lengths[f - 1] + std::max(0.0, signal.speed[f] - still) * signal.step_s;
  }
  return lengths;
}

std::vector<CutDwell> find_dwells(const CutSignal& signal) {
  const double depth = kValleyDepth * signal.typical_speed;
  std::vector<CutDwell> dwells;
  std::size_t lowest = 0, highest = 0;
  bool is_falling = true;  // looking for a valley
  for (std::size_t f = 0; f < signal.frames; ++f) {
    const double v = signal.speed[f];
    if (is_falling) {
      if (v < signal.speed[lowest]) lowest = f;
      if (v > signal.speed[lowest] + depth) {
        dwells.push_back(dwell_around(signal, lowest, depth / 2));
        is_falling = false;
        highest = f;
      }
    } else {
      if (v > signal.speed[highest]) highest = f;
      if (v < signal.speed[highest] - depth) {
        is_falling = true;
        lowest = f;
      }
    }
  }
  if (is_falling && signal.frames > 0 && (dwells.empty() || lowest > dwells.back().leave)) {
    dwells.push_back(dwell_around(signal, lowest, depth / 2));
  }
  return dwells;
}

std::vector<CutExcursion> find_excursions(const CutSignal& signal,
                                          const std::vector<CutDwell>& dwells) {
  return ExcursionFinder(signal, dwells).find();
}

}  // namespace kata
