// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>

namespace kata {

/// How fast a player goes, as its window says it: 2×, 1/4×.
inline std::string speed_text(double speed) {
  return speed >= 1 ? fmt::format("{:.0f}×", speed) : fmt::format("1/{:.0f}×", 1 / speed);
}

}  // namespace kata
