// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/archive/archive_unit.h"
#include "kata/archive/unit_runner.h"

namespace kata {

/// What a worker says of a unit on its standard output, and back.
std::string worker_line(const ArchiveUnit& unit, const UnitResult& result);

struct WorkerReport {
  std::string unit;
  UnitState state = UnitState::kDone;
  std::int64_t frames = 0;
};

struct PoolOptions {
  int jobs = 1;
  /// A program that reads ids of units, one a line, and answers with a worker_line() each; a line
  /// that begins with "!" is a problem that ends all work.
  std::vector<std::string> command;
  std::function<void(const WorkerReport&)> on_report;
  /// A worker died at this unit for the second time, by this signal (0: it ended by itself).
  std::function<void(const ArchiveUnit&, int signal)> on_death;
};

/// Has units done by processes, one unit at a time each, until all are done or `stop` is
/// requested. A unit whose process dies is tried once more.
///
/// Throws StorageProblem with what a worker said, Error when no process can be started.
void run_in_processes(const std::vector<const ArchiveUnit*>& units, const PoolOptions& options,
                      std::stop_token stop);

/// The worker's side: ids come from `in`, answers go to `out`.
void serve_units(UnitRunner& runner, std::FILE* in, std::FILE* out, std::stop_token stop);

}  // namespace kata
