// SPDX-License-Identifier: Apache-2.0
#include "kata/show/speed_text.h"

#include <fmt/format.h>

namespace kata {

std::string speed_text(double speed) {
  return speed >= 1 ? fmt::format("{:.0f}×", speed) : fmt::format("1/{:.0f}×", 1 / speed);
}

}  // namespace kata
