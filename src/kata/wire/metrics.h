// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace kata {

/// Counts of a running server; any thread may count.
struct Metrics {
  std::array<std::atomic<std::uint64_t>, 6> responses_by_class{};  ///< [4] counts 400–499
  std::atomic<std::uint64_t> refused_connections{0};
  std::atomic<std::int64_t> connections{0};
  std::atomic<std::int64_t> live_tabs{0};
  std::atomic<std::uint64_t> frames{0};
  std::atomic<std::uint64_t> dropped_frames{0};
  std::atomic<std::uint64_t> bad_frames{0};
  std::atomic<std::uint64_t> verdicts{0};
  std::atomic<std::uint64_t> takes{0};
  std::atomic<std::uint64_t> work_us{0};  ///< spent on frames

  void count_response(int status);
  /// Prometheus' text format, version 0.0.4.
  std::string text() const;
};

}  // namespace kata
