// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <string_view>

namespace kata::bench {

enum class Better { kLower, kHigher };

/// One measured figure for bench/run.py, which sets figures of the same name by a peer beside it.
inline void print_figure(std::string_view name, double value, std::string_view unit,
                         Better better) {
  std::printf("figure\t%.*s\t%.6g\t%.*s\t%s\n", static_cast<int>(name.size()), name.data(), value,
              static_cast<int>(unit.size()), unit.data(),
              better == Better::kLower ? "lower" : "higher");
  std::fflush(stdout);
}

}  // namespace kata::bench
