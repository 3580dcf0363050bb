// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/archive/archive_folder.h"

namespace kata {

/// Writes verdicts.csv: all verdicts of an archive in the plan's order, with what the manifest
/// said. Not before every unit has its record; false until then. Throws StorageProblem.
bool write_verdict_table(const ArchiveFolder& folder);

}  // namespace kata
