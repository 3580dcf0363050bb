// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kata {

/// What a machine has to give.
struct Machine {
  int cores = 1;
  std::optional<std::int64_t> free_bytes;  ///< of memory; empty: unknown
};

/// The cores that this process may use and the memory that is free now, within its limits.
Machine machine_now();

/// How many processes work side by side, and with how many threads each.
struct JobChoice {
  int jobs = 1;
  int threads = 1;
};

/// What somebody asked for.
struct JobWish {
  std::optional<int> jobs;
  std::optional<int> threads;
};

/// One process for each core where there are so many units, else fewer with more threads each:
/// side by side they wait for nobody. Never more than memory holds, nor than units.
JobChoice choose_jobs(std::size_t units, const Machine& machine, const JobWish& wish = {});

}  // namespace kata
