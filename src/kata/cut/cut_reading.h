// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kata/cut/cut.h"
#include "kata/cut/cut_chains.h"

namespace kata {

/// Which pieces of a chain are left out for being unlike the others.
struct IntruderRule {
  double unlike = 0;  ///< of the usual likeness; 0: none is left out
  /// Pieces need only be like one other or one of these.
  bool is_mixed = false;
  std::span<const CutTemplate> given;
};

/// A chain as frames of the take.
Cut cut_of_chain(const PieceSums& sums, const CutChain& chain, const IntruderRule& rule,
                 std::span<const Landmarks> take, const CutTuning& tuning);

/// The longest movement of a take that is no more than one repetition; none where nothing moves.
CutChain single_piece(const PieceSums& sums, const CutTuning& tuning);

}  // namespace kata
