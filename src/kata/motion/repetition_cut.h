// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// Frames [first, last] of a take, both inside, that hold one repetition.
struct CutSpan {
  std::size_t first = 0;
  std::size_t last = 0;
  double first_confidence = 0;  ///< 0–1: how sharp the edge is in the signal
  double last_confidence = 0;
};

/// The frames of the take that a span holds.
inline std::span<const Landmarks> frames_in(std::span<const Landmarks> take, const CutSpan& span) {
  return take.subspan(span.first, span.last - span.first + 1);
}

struct CutOptions {
  std::optional<int> expected_repetitions;  ///< when the teacher said how many there are
  /// Of the same movement, from takes that were cut before: the cut begins where they begin.
  std::span<const std::vector<Landmarks>> known;
};

/// A cut, and how well it explains the take: 1 as well as any cut does, 0 no better than none.
struct RatedCut {
  std::vector<CutSpan> spans;
  double share = 0;
};

/// Cuts a take in which one movement is repeated into its repetitions.
///
/// Walking in, pauses and walking out belong to no span. Empty when nothing repeats. A take with
/// a single movement between two rests gives one span.
std::vector<CutSpan> cut_repetitions(std::span<const Landmarks> take,
                                     const CutOptions& options = {});

/// The same, rated.
RatedCut rated_cut(std::span<const Landmarks> take, const CutOptions& options = {});

/// The first `count` repetitions of a take that goes on after them, perhaps in the middle of the
/// next one. Where it ends says nothing about the movement, but may decide from which moment of a
/// cycle on it is cut: so it is cut with several ends, and what most of the cuts say counts.
/// Empty where fewer are found.
RatedCut cut_first_repetitions(std::span<const Landmarks> take, std::size_t count,
                               std::span<const std::vector<Landmarks>> known = {});

}  // namespace kata
