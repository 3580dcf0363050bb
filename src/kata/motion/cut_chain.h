// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "kata/motion/cut_excursions.h"
#include "kata/motion/cut_signal.h"

namespace kata {

using Strangeness = std::function<double(const CutExcursion&)>;

/// Excursions that follow one another, and how well they explain the take: 1 as well as any others
/// do, 0 no better than none.
struct RatedChain {
  std::vector<CutExcursion> links;
  double share = 0;
};

/// The excursions that together explain the take best: like one another in posture, size and
/// duration, following each other without overlap, and leaving little movement unexplained.
///
/// Mixed mistakes differ from one another, so that the likeness asked for is loose.
/// `strangeness`: how far an excursion is from known repetitions of the movement, in any unit;
/// empty where none are known.
RatedChain best_chain(const CutSignal& signal, const std::vector<CutExcursion>& excursions,
                      std::optional<int> expected_count, const Strangeness& strangeness = {});

}  // namespace kata
