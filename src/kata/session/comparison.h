// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/craft/craft.h"

namespace kata {

/// A repetition and the right one of its movement that is most like it.
struct Comparison {
  Repetition repetition;
  std::optional<Repetition> right;    ///< empty where there is no other right one to compare with
  std::vector<std::size_t> partners;  ///< for each frame of the repetition, that of the right one
};

/// Loads a repetition and looks for its nearest right one by elastic alignment. The right ones of
/// the movement are looked at one at a time; nothing else of the craft is loaded.
Comparison compare_with_right(const Craft& craft, std::int64_t id);

}  // namespace kata
