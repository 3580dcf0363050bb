// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/cut/cut_tuning.h"

namespace kata {

/// Frames [first, last] of a take, both inside, that hold one repetition.
struct CutSpan {
  std::size_t first = 0;
  std::size_t last = 0;
  double first_confidence =
      0;  ///< 0–1: how still the body is at the edge, how like the others it is
  double last_confidence = 0;
};

/// The frames of the take that a span holds.
inline std::span<const Landmarks> frames_in(std::span<const Landmarks> take, const CutSpan& span) {
  return take.subspan(span.first, span.last - span.first + 1);
}

/// Why a piece of a take is no repetition.
enum class LeftOutReason {
  kUnlike,   ///< it would be one by its place and duration, but is unlike the others
  kBefore,   ///< movement before the first
  kBetween,  ///< movement between two
  kAfter,    ///< movement after the last
};

struct LeftOutPiece {
  CutSpan span;
  LeftOutReason reason = LeftOutReason::kUnlike;
};

/// One way to read a take.
struct CutReading {
  std::vector<CutSpan> repetitions;
  double share = 0;  ///< of what the best one explains
};

/// What is asked of a take, and what is known of it.
struct CutQuestion {
  std::optional<int> said;  ///< how many repetitions there are, as the teacher says
  bool is_mixed = false;    ///< different mistakes: repetitions need not be alike
  /// Of the same movement, from takes that were cut before.
  std::span<const std::vector<Landmarks>> known;
};

/// A take, cut.
struct Cut {
  std::vector<CutSpan> repetitions;
  std::vector<LeftOutPiece> left_out;
  std::vector<CutReading> readings;  ///< other counts that explain nearly as much, best first
  std::size_t seen = 0;              ///< how many repetitions there are, without what was said
  bool is_moving = false;            ///< something moves more than trembling does
  double score = 0;  ///< seconds × nats: what the repetitions explain of each other
};

/// Cuts a take in which one movement is repeated: one repetition is the smallest piece that begins
/// and ends alike and whose copies are alike. Empty where nothing repeats, unless one is said: then
/// the longest movement between two rests.
Cut cut_take(std::span<const Landmarks> take, const CutQuestion& question = {},
             const CutTuning& tuning = {});

/// The first `count` repetitions of a take that goes on after them, perhaps in the middle of the
/// next one. None where fewer are found.
Cut cut_first_repetitions(std::span<const Landmarks> take, std::size_t count,
                          const CutQuestion& question = {}, const CutTuning& tuning = {});

/// How well some repetitions explain each other, as a share of what the take's best ones do: 1 as
/// well as any, 0 no better than none.
double explained_share(std::span<const Landmarks> take, std::span<const CutSpan> repetitions,
                       const CutTuning& tuning = {});

}  // namespace kata
