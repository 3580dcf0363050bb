// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kata/archive/claim.h"
#include "kata/archive/plan.h"
#include "kata/archive/record.h"

namespace kata {

/// How far an archive is.
struct ArchiveStanding {
  int units = 0;
  int done = 0;
  int failed = 0;
  int running = 0;
  int left = 0;  ///< neither done, failed nor running
  std::int64_t frames = 0;
  double seconds = 0;                ///< of work, all workers together
  double frame_rate_hz = 0;          ///< of one worker
  std::optional<double> left_s;      ///< until all is done with the workers of now; empty: unknown
  std::vector<UnitRecord> failures;  ///< in the plan's order
  std::vector<UnitRecord> slowest;   ///< fewest frames a second first
  std::vector<UnitRecord> worst_seen;  ///< the body in the fewest frames first
  std::vector<RunningUnit> workers;
};

/// Reads every record once; of slowest and worst seen so many are kept.
ArchiveStanding standing_of(const ArchiveFolder& folder, std::size_t most_listed = 5);

/// The units without a record that fits: not even a failure. Those that join come last.
std::vector<const ArchiveUnit*> units_left(const std::vector<ArchiveUnit>& plan,
                                           const ArchiveSettings& settings,
                                           const ArchiveFolder& folder);

/// Makes the failed ones undone. Throws StorageProblem.
int forget_failures(const ArchiveFolder& folder);

}  // namespace kata
