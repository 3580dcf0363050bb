// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace kata {

/// Percentiles of any number of latencies in the same small memory; exact to 0.25 ms up to 2 s.
class LatencyHistogram {
 public:
  void add(double latency_ms) {
    const double step = std::clamp(latency_ms / kStep_ms, 0.0, static_cast<double>(kSteps - 1));
    ++counts_[static_cast<std::size_t>(step)];
    ++total_;
  }

  /// `fraction` 0–1; 0 when nothing was added. The middle of the step in which it lies.
  double percentile_ms(double fraction) const {
    if (total_ == 0) return 0;
    const auto rank = static_cast<std::int64_t>(fraction * static_cast<double>(total_ - 1));
    std::int64_t passed = 0;
    for (std::size_t i = 0; i < kSteps; ++i) {
      passed += counts_[i];
      if (passed > rank) return (static_cast<double>(i) + 0.5) * kStep_ms;
    }
    return kSteps * kStep_ms;
  }

 private:
  static constexpr std::size_t kSteps = 8000;
  static constexpr double kStep_ms = 0.25;
  std::array<std::int64_t, kSteps> counts_{};
  std::int64_t total_ = 0;
};

}  // namespace kata
