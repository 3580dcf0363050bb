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
  float parts = 0;                  ///< of it, what the parts at the take's ends are worth
  std::vector<CutTemplate> shapes;  ///< what explains its pieces
};

/// What parts of a repetition are worth that a take begins or ends with: it may have begun or ended
/// within one. By the frame where the part ends or begins; empty: there are none.
struct CutParts {
  std::vector<float> first;  ///< [0, frame]
  std::vector<float> last;   ///< [frame, end]
};

/// The pieces that together are worth most (weighted interval scheduling).
CutChain best_chain(const PieceGains& gains, const CutParts& parts = {});
/// The same of exactly so many; none where so many do not fit.
CutChain best_chain_of(const PieceGains& gains, std::size_t count, const CutParts& parts,
                       const CutTuning& tuning);

/// Where the search for a chain begins.
struct CutSeed {
  CutTemplate shape;                ///< with as many points as the tuning says
  std::vector<CutTemplate> shapes;  ///< instead, where there are several
  double length = 0;                ///< of its pieces, in frames
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

/// What is known of the chains that are looked for.
struct ChainQuestion {
  std::span<const CutTemplate> given;  ///< that explain too
  bool is_mixed = false;               ///< pieces need not be alike, but for their ends
  std::optional<std::size_t> count;    ///< of exactly so many pieces
};

Exemplars choose_exemplars(const PieceSums& sums, std::span<const CutPiece> pieces,
                           const ChainQuestion& question, const CutTuning& tuning);

/// The templates of the next round: the mean of each exemplar and those nearest to it.
std::vector<CutTemplate> means_of(const Exemplars& exemplars);

/// Lengths of pieces, in frames, from `least` to `most` of a usual one.
std::vector<std::size_t> lengths_around(double length, double least, double most, double step);

/// Chains found on the way from a seed to where nothing gets better.
std::vector<CutChain> improved_chains(const PieceSums& sums, const CutSeed& seed,
                                      const ChainQuestion& question, const CutTuning& tuning);

}  // namespace kata
