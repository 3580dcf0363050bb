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

  std::vector<CutExcursion> find() const {
    std::vector<CutExcursion> found;
    for (std::size_t to = 1; to < dwells_.size(); ++to) {
      const std::size_t first = to > kMostStops ? to - kMostStops : 0;
      for (std::size_t from = first; from < to; ++from) {
        const CutExcursion excursion = measure(from, to);
        if (excursion.closure >= kLeastClosure) found.push_back(excursion);
      }
    }
    return found;
  }

 private:
  double to_ends(std::size_t frame, std::size_t begin, std::size_t end) const {
    return std::min(signal_.distance(frame, begin), signal_.distance(frame, end));
  }

  Course course(std::size_t from, std::size_t to) const {
    const std::size_t begin = dwells_[from].leave, end = dwells_[to].enter;
    Course result;
    for (std::size_t f = begin; f < end; f += 2) {
      result.height = std::max(result.height, to_ends(f, begin, end));
      result.peak_speed = std::max<double>(result.peak_speed, signal_.speed[f]);
    }
    result.nearest_stop = result.height;
    for (std::size_t d = from + 1; d < to; ++d) {
      const double near = to_ends(dwells_[d].lowest, begin, end);
      result.nearest_stop = std::min(result.nearest_stop, near);
    }
    return result;
  }

  CutExcursion measure(std::size_t from, std::size_t to) const {
    const std::size_t begin = dwells_[from].leave, end = dwells_[to].enter;
    CutExcursion excursion{from, to};
    if (end < begin + 4) return excursion;
    const Course way = course(from, to);
    const double least = std::max(kLeastHeight, kLeastHeightInJitter * signal_.jitter);
    if (way.height < least) return excursion;
    // A mistake may make a movement small; its ends lie apart as those of a large one do.
    const double gap =
        signal_.distance(begin, end) / std::max(way.height, kSmallMovement * signal_.spread);
    const double between =
        (way.nearest_stop / way.height - kFullReturn) / (kNoReturnBetween - kFullReturn);
    const double slow_from = std::max(0.0, 1 - dwells_[from].speed / way.peak_speed);
    const double slow_to = std::max(0.0, 1 - dwells_[to].speed / way.peak_speed);
    excursion.duration_s = static_cast<double>(end - begin) * signal_.step_s;
    excursion.height = way.height;
    excursion.length = lengths_[end] - lengths_[begin];
    excursion.closure = std::max(0.0, 1 - square(gap / kNoReturn)) * std::clamp(between, 0.0, 1.0);
    excursion.stillness = slow_from * slow_to;
    return excursion;
  }

  const CutSignal& signal_;
  const std::vector<CutDwell>& dwells_;
  std::vector<double> lengths_;
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
  const auto is_cut_off = [&](const CutDwell& dwell) {
    const bool is_at_border = dwell.enter == 0 || dwell.leave + 1 == signal.frames;
    return is_at_border && dwell.speed > kStillAtBorder * signal.typical_speed;
  };
  dwells.erase(std::remove_if(dwells.begin(), dwells.end(), is_cut_off), dwells.end());
  return dwells;
}

std::vector<CutExcursion> find_excursions(const CutSignal& signal,
                                          const std::vector<CutDwell>& dwells) {
  return ExcursionFinder(signal, dwells).find();
}

}  // namespace kata
