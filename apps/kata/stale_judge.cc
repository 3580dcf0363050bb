// SPDX-License-Identifier: Apache-2.0
#include "stale_judge.h"

#include <fmt/core.h>

namespace kata {

void say_if_stale(const Craft& craft, const std::string& path) {
  if (!craft.is_stale()) return;
  fmt::print(stderr, "warning: the craft was changed after it was trained; run: kata train {}\n",
             path);
}

}  // namespace kata
