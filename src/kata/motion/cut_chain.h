// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "kata/motion/cut_excursions.h"
#include "kata/motion/cut_signal.h"

namespace kata {

/// The excursions that together explain the take best: like one another in posture, size and
/// duration, following each other without overlap, and leaving little movement unexplained.
///
/// Mixed mistakes differ from one another, so that the likeness asked for is loose.
std::vector<CutExcursion> best_chain(const CutSignal& signal,
                                     const std::vector<CutExcursion>& excursions,
                                     std::optional<int> expected_count);

}  // namespace kata
