// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace kata {

/// How fast a player goes, as its window says it: 2×, 1/4×.
std::string speed_text(double speed);

}  // namespace kata
