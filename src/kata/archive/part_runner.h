// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>

#include "kata/archive/slurm_script.h"
#include "kata/archive/unit_runner.h"

namespace kata {

/// Does every unit of a part, in the plan's order. Returns how many failed; `on_result` hears of
/// each. Throws StorageProblem; ends early when `stop` is requested.
int run_part(UnitRunner& runner, const ArchivePart& part,
             const std::function<void(const ArchiveUnit&, const UnitResult&)>& on_result,
             std::stop_token stop);

}  // namespace kata
