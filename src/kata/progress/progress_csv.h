// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/progress/progress_file.h"

namespace kata {

/// One line a repetition, oldest first, with a header: learner, craft, sitting, started_at, set,
/// with_help, movement, start_s, end_s, verdict, mark, mistake, reason, confirmed.
std::string progress_csv(const ProgressFile& file, const ProgressFilter& filter = {});

}  // namespace kata
