// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut_seeds.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace kata {
namespace {

/// The signal on another grid.
CutSignal resampled(const CutSignal& signal, double step_s) {
  CutSignal result = signal;
  result.step_s = step_s;
  const double length_s = static_cast<double>(signal.frames - 1) * signal.step_s;
  result.frames = static_cast<std::size_t>(length_s / step_s) + 1;
  result.values.assign(result.frames * signal.dims, 0.0F);
  result.speed.assign(result.frames, 0.0F);
  for (std::size_t f = 0; f < result.frames; ++f) {
    const double at = static_cast<double>(f) * step_s / signal.step_s;
    const std::size_t a = std::min(static_cast<std::size_t>(at), signal.frames - 1);
    const std::size_t b = std::min(a + 1, signal.frames - 1);
    const auto share = static_cast<float>(at - static_cast<double>(a));
    const auto between = [&](const float* x) { return x[a] + share * (x[b] - x[a]); };
    result.speed[f] = between(signal.speed.data());
    for (std::size_t d = 0; d < signal.dims; ++d)
      result.values[d * result.frames + f] = between(signal.dim(d));
  }
  return result;
}

std::vector<std::size_t> seed_lengths(const CutTuning& tuning) {
  std::vector<std::size_t> lengths;
  const double most = tuning.most_length * tuning.seed_points;
  for (double each = tuning.least_length * tuning.seed_points; each <= most;
       each *= tuning.seed_length_step) {
    const auto rounded = static_cast<std::size_t>(std::lround(each));
    if (lengths.empty() || lengths.back() < rounded) lengths.push_back(rounded);
  }
  return lengths;
}

struct Found {
  CutPiece piece;       ///< on the grid of its period
  double step_s = 0;    ///< of that grid
  double length_s = 0;  ///< mean of its chain's pieces
  float score = 0;
  std::size_t count = 0;
};

/// The templates of one period.
void search_period(const CutSignal& signal, double period_s, const CutTuning& tuning,
                   std::vector<Found>& found) {
  const double step_s = period_s / tuning.seed_points;
  const CutSignal grid = resampled(signal, step_s);
  const auto length = static_cast<std::size_t>(tuning.seed_points);
  if (grid.frames < 2 * length) return;
  const PieceSums sums(grid, tuning);
  PieceGains gains(sums, seed_lengths(tuning), tuning);
  const std::size_t all = (grid.frames - length - 1) / static_cast<std::size_t>(tuning.seed_stride);
  const std::size_t templates =
      std::min<std::size_t>(all, static_cast<std::size_t>(tuning.most_templates));
  for (std::size_t t = 0; t < templates; ++t) {
    const CutPiece piece{t * all / templates * static_cast<std::size_t>(tuning.seed_stride),
                         length};
    if (sums.active_s(piece) < tuning.price) continue;
    gains.clear();
    gains.add(template_of(grid, piece, length));
    const CutChain chain = best_chain(gains);
    const std::size_t count = chain.pieces.size();
    if (count < 2) continue;
    double total = 0;
    for (const CutPiece& each : chain.pieces) total += sums.duration_s(each);
    const auto share = static_cast<float>(count - 1) / static_cast<float>(count);
    found.push_back(
        {piece, step_s, total / static_cast<double>(count), chain.score * share, count});
  }
}

CutSeed seed_of(const CutSignal& signal, const Found& found, const CutTuning& tuning) {
  const double scale = found.step_s / signal.step_s;
  const auto begin =
      static_cast<std::size_t>(std::lround(static_cast<double>(found.piece.begin) * scale));
  auto length =
      static_cast<std::size_t>(std::lround(static_cast<double>(found.piece.length) * scale));
  length = std::min(length, signal.frames - 1 - begin);
  CutSeed seed;
  seed.shape = template_of(signal, {begin, length}, static_cast<std::size_t>(tuning.points));
  seed.length = found.length_s / signal.step_s;
  seed.score = found.score;
  seed.count = found.count;
  return seed;
}

}  // namespace

std::vector<CutSeed> find_seeds(const CutSignal& signal, std::optional<std::size_t> count,
                                const CutTuning& tuning) {
  std::vector<Found> found;
  const double length_s = static_cast<double>(signal.frames - 1) * signal.step_s;
  for (double period_s = tuning.shortest_s; period_s <= std::min(tuning.longest_s, length_s / 2);
       period_s *= tuning.period_step)
    search_period(signal, period_s, tuning, found);
  std::ranges::stable_sort(found, std::ranges::greater{}, &Found::score);
  std::map<int, int> in_third;
  std::vector<CutSeed> seeds;
  int with_count = 0;
  for (const Found& each : found) {
    const int third = static_cast<int>(std::floor(3 * std::log2(each.length_s)));
    const bool is_best = in_third[third] < tuning.seeds_per_third &&
                         static_cast<int>(seeds.size()) - with_count < tuning.most_seeds;
    if (is_best) {
      ++in_third[third];
      seeds.push_back(seed_of(signal, each, tuning));
    } else if (count && each.count == *count && with_count < tuning.said_seeds) {
      ++with_count;
      seeds.push_back(seed_of(signal, each, tuning));
    }
  }
  return seeds;
}

}  // namespace kata
