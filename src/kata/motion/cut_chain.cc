// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kata {
namespace {

constexpr std::size_t kMostSeeds = 200;
/// Half-widths of what counts as alike, in natural logarithms: people vary the duration of a
/// repetition by some tens of percent; a mistake may shrink a movement to a third.
constexpr double kDurationSpread = 0.45;
constexpr double kHeightSpread = 1.0;
/// Of the starting posture, in heights.
constexpr double kPostureSpread = 0.7;
constexpr double kLeastLikeness = 0.15;
constexpr double kGoodClosure = 0.6;
/// Distance to the most similar other excursion at which they have nothing in common, in spreads.
constexpr double kUnlikeShape = 1.5;
/// Links that fit worse than this speak against their chain.
constexpr double kLeastFit = 0.3;
/// One movement that never repeats says little against several alike.
constexpr double kSingleEvidence = 0.02;
/// Of movement that a chain leaves over, in the worth of an excursion.
constexpr double kDetourCost = 0.8;

double bell(double value) { return std::exp(-0.5 * value * value); }

/// 0–1. Beyond a good closure the rest is tracking error. Cyclic movement has no still moments, so
/// that stillness only decides between phases that close alike.
double soundness(const CutExcursion& excursion) {
  return std::min(1.0, excursion.closure / kGoodClosure) * (0.8 + 0.2 * excursion.stillness);
}

/// Between time and way: by time alone idle swaying would count as much as work, by way alone a
/// movement done too small would not count.
double worth(const CutExcursion& excursion) {
  return std::sqrt(excursion.length * excursion.duration_s);
}

/// Postures at evenly spaced shares of an excursion, one after another.
constexpr std::size_t kShapePoints = 16;

struct Chain {
  std::vector<CutExcursion> links;
  double value = 0;  // explained path length
};

class ChainFinder {
 public:
  ChainFinder(const CutSignal& signal, const std::vector<CutDwell>& dwells,
              const std::vector<CutExcursion>& excursions)
      : signal_(signal), dwells_(dwells), excursions_(excursions) {}

  /// Weighted interval scheduling over the dwells, with weights as seen from one excursion.
  Chain around(const CutExcursion& seed) const {
    std::vector<double> best(dwells_.size(), 0.0);
    std::vector<const CutExcursion*> chosen(dwells_.size(), nullptr);
    std::size_t next = 0;
    for (std::size_t d = 1; d < dwells_.size(); ++d) {
      best[d] = best[d - 1];
      for (; next < excursions_.size() && excursions_[next].to == d; ++next) {
        const CutExcursion& excursion = excursions_[next];
        const double likeness = soundness(excursion) * likeness_to(seed, excursion);
        if (likeness < kLeastLikeness) continue;
        const double value = best[excursion.from] + likeness * worth(excursion);
        if (value <= best[d]) continue;
        best[d] = value;
        chosen[d] = &excursion;
      }
    }
    Chain chain;
    chain.value = best.empty() ? 0 : best.back();
    for (std::size_t d = dwells_.size(); d-- > 1;) {
      while (d > 0 && chosen[d] == nullptr) --d;
      if (d == 0) break;
      chain.links.push_back(*chosen[d]);
      d = chosen[d]->from + 1;
    }
    std::reverse(chain.links.begin(), chain.links.end());
    return chain;
  }

 private:
  double likeness_to(const CutExcursion& seed, const CutExcursion& other) const {
    const double duration = std::log(other.duration_s / seed.duration_s) / kDurationSpread;
    const double height = std::log(other.height / seed.height) / kHeightSpread;
    const double likeness = bell(duration) * bell(height);
    if (likeness < kLeastLikeness) return 0;
    const double apart = signal_.distance(dwells_[seed.from].leave, dwells_[other.from].leave);
    return likeness * bell(apart / (kPostureSpread * std::max(seed.height, other.height)));
  }

  const CutSignal& signal_;
  const std::vector<CutDwell>& dwells_;
  const std::vector<CutExcursion>& excursions_;
};

std::vector<CutExcursion> seeds_of(std::vector<CutExcursion> excursions) {
  const std::size_t count = std::min(kMostSeeds, excursions.size());
  std::partial_sort(excursions.begin(), excursions.begin() + static_cast<std::ptrdiff_t>(count),
                    excursions.end(), [&](const CutExcursion& a, const CutExcursion& b) {
                      return soundness(a) * worth(a) > soundness(b) * worth(b);
                    });
  excursions.resize(count);
  return excursions;
}

class ShapeScore {
 public:
  ShapeScore(const CutSignal& signal, const std::vector<CutDwell>& dwells)
      : signal_(signal), dwells_(dwells), spread_(signal.spread) {}

  /// Path length explained by links that resemble at least one other link.
  double explained(const std::vector<CutExcursion>& links) const {
    if (links.empty()) return 0;
    if (links.size() == 1)
      return worth(links[0]) * (soundness(links[0]) - kLeastFit) / (1 - kLeastFit);
    std::vector<double> nearest(links.size(), 1e9);
    for (std::size_t a = 0; a < links.size(); ++a) {
      for (std::size_t b = a + 1; b < links.size(); ++b) {
        const double apart = shape_distance(links[a], links[b]);
        nearest[a] = std::min(nearest[a], apart / spread_);
        nearest[b] = std::min(nearest[b], apart / spread_);
      }
    }
    double sum = 0;
    for (std::size_t i = 0; i < links.size(); ++i) {
      const double fit = soundness(links[i]) * std::max(0.0, 1 - nearest[i] / kUnlikeShape);
      sum += worth(links[i]) * (fit - kLeastFit) / (1 - kLeastFit);
    }
    return sum;
  }

 private:
  std::size_t frame_at(const CutExcursion& link, std::size_t point) const {
    const std::size_t begin = dwells_[link.from].leave, end = dwells_[link.to].enter;
    return begin + (end - begin) * point / (kShapePoints - 1);
  }

  double shape_distance(const CutExcursion& a, const CutExcursion& b) const {
    double sum = 0;
    for (std::size_t p = 0; p < kShapePoints; ++p) {
      const double d = signal_.distance(frame_at(a, p), frame_at(b, p));
      sum += d * d;
    }
    return std::sqrt(sum / kShapePoints);
  }

  const CutSignal& signal_;
  const std::vector<CutDwell>& dwells_;
  double spread_;
};

/// Movement that a chain leaves over: way that leads nowhere between its links, and between them and
/// the ends of the take. Going straight from rest to where the first one begins is no detour.
class Detours {
 public:
  Detours(const CutSignal& signal, const std::vector<CutDwell>& dwells)
      : signal_(signal), dwells_(dwells), lengths_(path_lengths(signal)) {}

  double of(const std::vector<CutExcursion>& links) const {
    if (links.empty()) return 0;
    double sum = 0;
    std::size_t begin = 0;
    for (const CutExcursion& link : links) {
      sum += between(begin, dwells_[link.from].leave);
      begin = dwells_[link.to].enter;
    }
    return sum + between(begin, signal_.frames - 1);
  }

 private:
  double between(std::size_t begin, std::size_t end) const {
    if (end <= begin) return 0;
    const double way = lengths_[end] - lengths_[begin] - signal_.distance(begin, end);
    return std::sqrt(std::max(0.0, way) * static_cast<double>(end - begin) * signal_.step_s);
  }

  const CutSignal& signal_;
  const std::vector<CutDwell>& dwells_;
  std::vector<double> lengths_;
};

/// That something repeats is evidence in itself: n repetitions say n / (n + 1) of one certainty.
double score(const Chain& chain, const ShapeScore& shapes, const Detours& detours,
             std::optional<int> expected_count) {
  const double n = static_cast<double>(chain.links.size());
  const double evidence = n > 1 ? std::pow(n / (n + 1), 1.5) : kSingleEvidence;
  const double repeated =
      shapes.explained(chain.links) * evidence - kDetourCost * detours.of(chain.links);
  if (!expected_count) return repeated;
  const double miscount = 1 + std::fabs(n - *expected_count);
  return repeated > 0 ? repeated / miscount : repeated * miscount;
}

}  // namespace

std::vector<CutExcursion> best_chain(const CutSignal& signal, const std::vector<CutDwell>& dwells,
                                     const std::vector<CutExcursion>& excursions,
                                     std::optional<int> expected_count) {
  const ChainFinder finder(signal, dwells, excursions);
  const ShapeScore shapes(signal, dwells);
  const Detours detours(signal, dwells);
  Chain best;
  double best_score = -std::numeric_limits<double>::infinity();
  for (const CutExcursion& seed : seeds_of(excursions)) {
    Chain chain = finder.around(seed);
    const double value = score(chain, shapes, detours, expected_count);
    if (value <= best_score) continue;
    best_score = value;
    best = std::move(chain);
  }
  return best.links;
}

}  // namespace kata
