// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "kata/craft/sqlite.h"

namespace kata {

/// Step i makes version i + 1 of the schema from version i (user_version of the file); version 0 is
/// an empty file. A released step never changes: a new field is a new step.
std::span<const char* const> migrations();

inline int newest_version() { return static_cast<int>(migrations().size()); }

/// Runs the steps that lead from the file's version to `version` in one transaction.
void migrate(sqlite::Database& database, int version);

}  // namespace kata
