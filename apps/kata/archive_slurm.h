// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "kata/archive/archive_folder.h"
#include "kata/archive/slurm_script.h"

namespace CLI {
class App;
}

namespace kata {

/// `kata archive --slurm`: what the cluster is asked for.
struct SlurmWish {
  bool is_wanted = false;
  bool is_only_printed = false;
  SlurmOptions options;

  void add_to(CLI::App& command);
};

/// Submits a job array for the units that are left, or prints its script.
void submit(const ArchiveFolder& folder, const SlurmWish& wish);

}  // namespace kata
