// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "kata/motion/cut_excursions.h"
#include "kata/motion/cut_signal.h"

namespace kata {

/// Half-widths of what is usual in a chain, in natural logarithms: people vary the duration of a
/// repetition by some tens of percent; a mistake may shrink a movement to a third.
constexpr double kHaste = 0.35;
constexpr double kSmallerBy = 0.9;
/// Of movement that a chain leaves over, in the worth of an excursion.
constexpr double kDetourCost = 1.3;

inline double bell(double value) { return std::exp(-0.5 * value * value); }

/// 0–1. Beyond a good closure the rest is tracking error. Cyclic movement has no still moments, so
/// that stillness only decides between phases that close alike.
double soundness(const CutExcursion& excursion);

/// Between time and way: by time alone idle swaying would count as much as work, by way alone a
/// movement done too small would not count.
double worth(const CutExcursion& excursion);

/// Half of what the links are worth is in links with at least this much of it.
double usual(std::vector<CutExcursion> links, double CutExcursion::*measure);

/// What the links of a chain explain by their likeness to each other.
class ShapeScore {
 public:
  explicit ShapeScore(const CutSignal& signal) : signal_(signal), spread_(signal.spread) {}

  /// What links explain that resemble at least one other link.
  double explained(const std::vector<CutExcursion>& links) const;
  /// Of a link whose nearest fellow is this far; negative where it fits too badly.
  double worth_of(const CutExcursion& link, double nearest, double share = 1) const;
  /// Root mean square distance of postures along the way, in spreads of the take; infinity where
  /// it is more than `limit`, or so much that the two have nothing in common.
  double distance(const CutExcursion& a, const CutExcursion& b, double limit) const;
  /// How like a piece of movement is to the last (or first) part of a link, 0 to 1: repetitions
  /// that the border of the take cuts in two are explained by the whole ones.
  double likeness_of_part(const CutExcursion& link, std::size_t begin, std::size_t end,
                          bool is_last_part) const;

 private:
  const CutSignal& signal_;
  double spread_;
};

/// What of a take is not in the links of a chain.
struct Remainder {
  double detours = 0;  ///< movement that is left over, in the worth of an excursion
  double parts = 0;    ///< repetitions that the take's border cuts in two, as shares of whole ones
  double broken = 0;   ///< movement that is part of a repetition cut in two by the take's border
  double rest = 0;     ///< -1 to 1: the body rests within the links, or between them
};

/// Movement left over is way that leads nowhere between a chain's links, and between them and the
/// ends of the take. Going straight from rest to where the first one begins is no detour.
class Remainders {
 public:
  Remainders(const CutSignal& signal, const ShapeScore& shapes);

  Remainder of(const std::vector<CutExcursion>& links) const;
  /// The detours of no links at all.
  double everything() const;

 private:
  void add_border(Remainder& result, const std::vector<CutExcursion>& links, std::size_t begin,
                  std::size_t end, double slow, double mean_s) const;
  bool is_slow(std::size_t frame, double slow) const;
  double rest_s(std::size_t begin, std::size_t end, double slow) const;
  double rest_before_s(std::size_t frame, double slow) const;
  double rest_after_s(std::size_t frame, double slow) const;
  double between(std::size_t begin, std::size_t end, double slow) const;

  const CutSignal& signal_;
  const ShapeScore& shapes_;
  std::vector<double> lengths_;
};

}  // namespace kata
