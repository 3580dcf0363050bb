// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "kata/tensor/graph.h"
#include "kata/tensor/lanes.h"

namespace kata {

/// What happens to a sum before it is stored. Pointers have a value for each channel.
struct Finish {
  Clamp clamp;
  const float* slopes = nullptr;  ///< factors of what is below zero; null for none

  template <typename Value>
  Value apply(Value value, std::size_t channel) const {
    if (slopes != nullptr) {
      const Value zero = splat<Value>(0);
      return larger(value, zero) + smaller(value, zero) * load<Value>(slopes + channel);
    }
    return smaller(larger(value, splat<Value>(clamp.low)), splat<Value>(clamp.high));
  }
};

}  // namespace kata
