// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/memory_plan.h"

#include <algorithm>
#include <numeric>

namespace kata {
namespace {

constexpr std::size_t kLine = 16;  ///< floats of a cache line: everything begins at one

std::size_t rounded_up(std::size_t floats) { return (floats + kLine - 1) / kLine * kLine; }

bool meet(const MemoryNeed& a, const MemoryNeed& b) {
  return a.first <= b.last && b.first <= a.last;
}

}  // namespace

MemoryPlan plan_memory(const std::vector<MemoryNeed>& needs) {
  std::vector<std::size_t> order(needs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return needs[a].floats > needs[b].floats; });
  MemoryPlan plan;
  plan.places.resize(needs.size());
  std::vector<std::size_t> placed;  // by place
  for (const std::size_t index : order) {
    const std::size_t floats = rounded_up(needs[index].floats);
    std::size_t place = 0;
    for (const std::size_t other : placed) {
      if (!meet(needs[index], needs[other])) continue;
      if (place + floats <= plan.places[other]) break;
      place = std::max(place, plan.places[other] + rounded_up(needs[other].floats));
    }
    plan.places[index] = place;
    plan.floats = std::max(plan.floats, place + floats);
    placed.insert(std::upper_bound(placed.begin(), placed.end(), index,
                                   [&](auto a, auto b) { return plan.places[a] < plan.places[b]; }),
                  index);
  }
  return plan;
}

}  // namespace kata
