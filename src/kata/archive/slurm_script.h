// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kata/archive/archive_folder.h"

namespace kata {

/// A job array; what is empty is left to the cluster's defaults.
struct SlurmOptions {
  std::string program;  ///< of kata, the same place on every host
  std::string partition;
  std::string time;
  std::string memory;
  int cores = 1;  ///< of each task
  std::optional<int> at_once;
  int most_tasks = 1000;  ///< Slurm's MaxArraySize is 1001 unless an administrator raised it
  std::vector<std::string> more;  ///< options of sbatch, as they are
};

/// Part `index` of `count`: units index, index + count, index + 2 count … of the plan.
struct ArchivePart {
  std::size_t index = 0;
  std::size_t count = 1;
};

/// The parts that hold one of the units with these places in the plan.
std::vector<std::size_t> parts_with(const std::vector<std::size_t>& places, std::size_t count);

/// A script for sbatch: one task for each part. A task may be run again at any time and on any
/// host; one whose program is killed is run again at once, twice at most.
std::string slurm_script(const ArchiveFolder& folder, const std::vector<std::size_t>& parts,
                         std::size_t count, const SlurmOptions& options);

}  // namespace kata
