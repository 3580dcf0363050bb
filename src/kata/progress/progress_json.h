// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/progress/trends.h"

namespace kata {

/// Trends and drills as one line of JSON, no newline (api/progress.schema.json).
std::string progress_json(const ProgressFile& file, const ProgressFilter& filter = {});

}  // namespace kata
