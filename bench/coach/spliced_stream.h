// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lab_take.h"

namespace kata::bench {

/// A stretch of somebody's recorded movement.
struct Piece {
  std::vector<Landmarks> frames;
  std::optional<LabTruth> truth;  ///< what it is of the craft; none: foreign
};

struct SpliceOptions {
  std::uint64_t seed = 1;
  double rate_hz = 30;
  double tempo_spread = 0.2;    ///< each piece is resampled by a random factor within 1 ± this
  double foreign_share = 0.4;   ///< chance that a foreign piece follows a repetition
  double idle_share = 0.5;      ///< chance of standing still between two pieces
  double least_bridge_s = 0.3;  ///< going from where one piece ends to where the next begins
  double most_bridge_s = 0.8;
  double most_idle_s = 2.5;
};

/// One stream of all `repetitions` in random order, with idle and foreign pieces between. A foreign
/// piece is moved and scaled to the body of the others, so that nobody jumps.
LabTake splice(std::span<const Piece> repetitions, std::span<const Piece> foreign,
               const SpliceOptions& options);

}  // namespace kata::bench
