// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace kata {

/// Something that needs memory from step `first` to step `last`, both included.
struct MemoryNeed {
  std::size_t floats;
  std::size_t first;
  std::size_t last;
};

struct MemoryPlan {
  std::vector<std::size_t> places;  ///< of each need, in floats from the begin of the memory
  std::size_t floats = 0;           ///< of all together
};

/// Lays needs that are never there at the same time into the same memory: the largest first, each
/// at the lowest place that is free as long as it is needed.
MemoryPlan plan_memory(const std::vector<MemoryNeed>& needs);

}  // namespace kata
