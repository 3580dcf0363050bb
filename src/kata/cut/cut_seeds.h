// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "kata/cut/cut_chains.h"

namespace kata {

/// Pieces of the take, of every length a repetition may have, by which the most of it is explained:
/// the best few of each third of an octave, the best first. `count`: also the best of those that
/// give so many pieces.
std::vector<CutSeed> find_seeds(const CutSignal& signal, std::optional<std::size_t> count,
                                const CutTuning& tuning);

}  // namespace kata
