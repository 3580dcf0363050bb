// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/motion/repetition_cut.h"

namespace kata {

/// A take of a movement, and how it is cut now.
struct TakeCut {
  std::span<const Landmarks> frames;
  std::optional<int> expected_repetitions;
  bool goes_on = false;   ///< after those expected: see cut_first_repetitions()
  bool is_fixed = false;  ///< somebody looked after its cut: it stays
  std::vector<CutSpan> spans;
};

/// Cuts takes of one movement so that their repetitions begin at the same moment of it.
///
/// One take alone may be cut half a cycle late, where both ends of a stroke are alike; the movement
/// rarely looks the same in two takes then. The newest take is the last one: the others are cut
/// anew by what is known of it, and it by itself, and where that makes the takes clearly more alike
/// for what it explains of them, that counts. Otherwise the cuts stay as they are.
std::vector<std::vector<CutSpan>> agreeing_cuts(std::span<const TakeCut> takes);

}  // namespace kata
