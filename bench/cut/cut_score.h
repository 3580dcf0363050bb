// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "takes_file.h"

namespace kata::bench {

/// How some takes were cut.
struct CutScore {
  int takes = 0, exact = 0, doubled = 0, halved = 0, refused = 0, offered = 0;
  int truth = 0, found = 0;           ///< repetitions; found: with most of them inside one piece
  int with_intruder = 0, stored = 0;  ///< takes; of those: with a piece that is none
  int foreign = 0;                    ///< pieces that are no repetition
  std::vector<double> edges;          ///< |error| in frames
  double time_s = 0, length_s = 0;

  void add(const CutScore& other) {
    takes += other.takes, exact += other.exact, doubled += other.doubled, halved += other.halved;
    refused += other.refused, offered += other.offered, truth += other.truth, found += other.found;
    with_intruder += other.with_intruder, stored += other.stored, foreign += other.foreign;
    edges.insert(edges.end(), other.edges.begin(), other.edges.end());
    time_s += other.time_s, length_s += other.length_s;
  }
};

inline std::size_t shared_frames(const TruthSpan& a, const TruthSpan& b) {
  const std::size_t first = std::max(a.first, b.first), last = std::min(a.last, b.last);
  return first > last ? 0 : last - first + 1;
}

inline CutScore score_of(const KnownTake& take, std::span<const TruthSpan> cut) {
  CutScore score;
  score.takes = 1;
  score.truth = static_cast<int>(take.repetitions.size());
  const auto count = static_cast<double>(cut.size()), truth = static_cast<double>(score.truth);
  score.exact = cut.size() == take.repetitions.size() ? 1 : 0;
  score.doubled = count >= 1.7 * truth ? 1 : 0;
  score.halved = count > 0 && count <= 0.6 * truth ? 1 : 0;
  score.refused = cut.empty() ? 1 : 0;
  for (const TruthSpan& each : take.repetitions) {
    const TruthSpan* best = nullptr;
    std::size_t most = 0;
    for (const TruthSpan& piece : cut) {
      if (shared_frames(each, piece) > most) most = shared_frames(each, piece), best = &piece;
    }
    const double length = static_cast<double>(each.last - each.first + 1);
    if (best == nullptr || static_cast<double>(most) < 0.5 * length ||
        static_cast<double>(most) < 0.5 * static_cast<double>(best->last - best->first + 1))
      continue;
    score.found += 1;
    const auto apart = [](std::size_t a, std::size_t b) {
      return static_cast<double>(a > b ? a - b : b - a);
    };
    if (take.pauses == "all") continue;
    score.edges.push_back(apart(each.first, best->first));
    score.edges.push_back(apart(each.last, best->last));
  }
  for (const TruthSpan& piece : cut) {
    std::size_t inside = 0;
    for (const TruthSpan& each : take.repetitions) inside += shared_frames(each, piece);
    if (static_cast<double>(inside) < 0.3 * static_cast<double>(piece.last - piece.first + 1))
      ++score.foreign;
  }
  score.with_intruder = take.intruders.empty() ? 0 : 1;
  score.stored = score.with_intruder && score.foreign > 0 ? 1 : 0;
  return score;
}

inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

inline void print_score(const std::string& name, const CutScore& s) {
  std::printf(
      "%-26s n %3d exact %3d (%3.0f %%) offered %3d doubled %2d halved %2d refused %2d reps %4d of "
      "%4d "
      "intruder takes %2d of %3d foreign %3d edges %.0f, %.0f  %.0f ms/min\n",
      name.c_str(), s.takes, s.exact, 100.0 * s.exact / std::max(1, s.takes), s.offered, s.doubled,
      s.halved, s.refused, s.found, s.truth, s.stored, s.with_intruder, s.foreign,
      quantile(s.edges, 0.5), quantile(s.edges, 0.9),
      1000 * s.time_s / std::max(1e-9, s.length_s / 60));
}

}  // namespace kata::bench
