// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "kata/cut/piece_gains.h"

namespace kata {

/// Pieces that follow one another without overlap, and what they earn together.
struct CutChain {
  std::vector<CutPiece> pieces;
  float score = 0;
};

/// The pieces that together are worth most (weighted interval scheduling).
CutChain best_chain(const PieceGains& gains);
/// The same of exactly so many; none where so many do not fit.
CutChain best_chain_of(const PieceGains& gains, std::size_t count);

/// Where the search for a chain begins.
struct CutSeed {
  CutTemplate shape;  ///< with as many points as the tuning says
  double length = 0;  ///< of its pieces, in frames
  float score = 0;
  std::size_t count = 0;
};

/// What a chain's pieces earn from the few among them that explain the others best.
struct Exemplars {
  std::vector<CutTemplate> shapes;  ///< of the pieces
  std::vector<std::size_t> chosen;
  std::vector<std::size_t> nearest;  ///< of each piece, an index of `chosen`
  float score = 0;
};

/// `given`: templates from elsewhere that explain too and need no piece.
Exemplars choose_exemplars(const PieceSums& sums, std::span<const CutPiece> pieces,
                           std::span<const CutTemplate> given, const CutTuning& tuning);

/// Chains found on the way from a seed to where nothing gets better. `count`: of exactly so many.
std::vector<CutChain> improved_chains(const PieceSums& sums, const CutSeed& seed,
                                      std::span<const CutTemplate> given,
                                      std::optional<std::size_t> count, const CutTuning& tuning);

}  // namespace kata
