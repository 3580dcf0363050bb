// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kata/archive/archive_folder.h"
#include "kata/archive/job_choice.h"

namespace kata {

/// The archive's folder as the command line names it.
ArchiveFolder archive_at(const std::string& out);

/// Does what is left of an archive with processes of this machine and says how it is then. Ends
/// the program with exit code 3 where some failed, as all of these do.
void work_off(const ArchiveFolder& folder, const JobWish& wish);

/// Does the units that `kata archive plan` printed, in this process.
void run_units(const std::vector<std::string>& units, int threads);

/// Does a part of the plan, in this process.
void run_archive_part(const ArchiveFolder& folder, const std::vector<std::size_t>& part,
                      int threads);

/// Answers a work_off(): units in, results out.
void serve_archive(const ArchiveFolder& folder, int threads);

}  // namespace kata
