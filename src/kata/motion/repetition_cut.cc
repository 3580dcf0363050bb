// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/repetition_cut.h"

#include <algorithm>
#include <cmath>

#include "kata/motion/cut_chain.h"
#include "kata/motion/cut_excursions.h"
#include "kata/motion/cut_signal.h"
#include "kata/motion/known_repetitions.h"

namespace kata {
namespace {

/// Frame of the take that is nearest to a moment.
std::size_t nearest_frame(std::span<const Landmarks> take, double time_s) {
  const auto after = std::lower_bound(
      take.begin(), take.end(), time_s,
      [](const Landmarks& frame, double time) { return seconds(frame.timestamp) < time; });
  if (after == take.begin()) return 0;
  if (after == take.end()) return take.size() - 1;
  const auto before = after - 1;
  const bool is_before = time_s - seconds(before->timestamp) < seconds(after->timestamp) - time_s;
  return static_cast<std::size_t>((is_before ? before : after) - take.begin());
}

double sharpness(const CutSignal& signal, std::size_t edge, const CutExcursion& excursion) {
  const double mean_speed = excursion.length / std::max(excursion.duration_s, signal.step_s);
  const double stillness = 1 - signal.speed[edge] / std::max(mean_speed, 1e-9);
  return std::clamp(stillness, 0.0, 1.0) * std::sqrt(excursion.closure);
}

/// Ends of a take that goes on, before its last frame.
constexpr double kEnds_s[] = {0, 0.3, 0.6, 0.9, 1.2, 1.5};
/// Edges that are this share of a repetition apart are the same.
constexpr double kSameEdge = 0.25;

bool is_same(const CutSpan& a, const CutSpan& b) {
  const double most = kSameEdge * static_cast<double>(a.last - a.first);
  const auto apart = [](std::size_t x, std::size_t y) {
    return std::fabs(static_cast<double>(x) - static_cast<double>(y));
  };
  return apart(a.first, b.first) < most && apart(a.last, b.last) < most;
}

std::ptrdiff_t in_common(const std::vector<CutSpan>& one, const std::vector<CutSpan>& other) {
  return std::count_if(one.begin(), one.end(), [&](const CutSpan& a) {
    return std::any_of(other.begin(), other.end(), [&](const CutSpan& b) { return is_same(a, b); });
  });
}

}  // namespace

RatedCut cut_first_repetitions(std::span<const Landmarks> take, std::size_t count,
                               std::span<const std::vector<Landmarks>> known) {
  if (take.empty()) return {};
  std::vector<RatedCut> cuts;
  for (const double earlier_s : kEnds_s) {
    const double end_s = seconds(take.back().timestamp) - earlier_s;
    const auto part = take.first(nearest_frame(take, end_s) + 1);
    RatedCut cut = rated_cut(part, CutOptions{std::nullopt, known});
    if (cut.spans.size() < count) continue;
    cut.spans.resize(count);
    cuts.push_back(std::move(cut));
  }
  const RatedCut* best = nullptr;
  std::ptrdiff_t most = 0;
  for (const RatedCut& one : cuts) {
    std::ptrdiff_t agreed = 0;
    for (const RatedCut& other : cuts) agreed += in_common(one.spans, other.spans);
    if (best != nullptr && agreed <= most) continue;
    best = &one;
    most = agreed;
  }
  return best == nullptr ? RatedCut{} : *best;
}

std::vector<CutSpan> cut_repetitions(std::span<const Landmarks> take, const CutOptions& options) {
  return rated_cut(take, options).spans;
}

RatedCut rated_cut(std::span<const Landmarks> take, const CutOptions& options) {
  const CutSignal signal = cut_signal(take);
  if (signal.dims == 0) return {};
  const std::vector<CutDwell> dwells = find_dwells(signal);
  const std::vector<CutExcursion> excursions = find_excursions(signal, dwells);
  const KnownRepetitions known(options.known);
  const auto frame_at = [&](std::size_t f) { return nearest_frame(take, signal.time_s(f)); };
  Strangeness strangeness;
  if (!known.is_empty()) {
    strangeness = [&](const CutExcursion& link) {
      const std::size_t first = frame_at(link.begin);
      return known.difference(take.subspan(first, frame_at(link.end) - first + 1));
    };
  }
  const RatedChain chain =
      best_chain(signal, excursions, options.expected_repetitions, strangeness);
  RatedCut cut{{}, chain.share};
  for (const CutExcursion& link : chain.links) {
    CutSpan span{frame_at(link.begin), frame_at(link.end), sharpness(signal, link.begin, link),
                 sharpness(signal, link.end, link)};
    if (!cut.spans.empty() && span.first <= cut.spans.back().last)
      span.first = cut.spans.back().last + 1;
    if (span.first < span.last) cut.spans.push_back(span);
  }
  return cut;
}

}  // namespace kata
