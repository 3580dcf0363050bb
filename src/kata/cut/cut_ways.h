// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/cut/cut_chains.h"

namespace kata {

/// A chain whose pieces are the repetition alone, where it found them with the way from a rest into
/// it and out of it again: where one follows another without a rest there is no such way, and by
/// that it is known. The chain itself where nothing tells the way from the movement.
CutChain without_ways(const PieceSums& sums, const CutChain& chain, const ChainQuestion& question,
                      const CutTuning& tuning);

}  // namespace kata
