// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/part_runner.h"

namespace kata {

int run_part(UnitRunner& runner, const ArchivePart& part,
             const std::function<void(const ArchiveUnit&, const UnitResult&)>& on_result,
             std::stop_token stop) {
  int failed = 0;
  const auto& plan = runner.plan();
  for (std::size_t i = part.index; i < plan.size() && !stop.stop_requested(); i += part.count) {
    const UnitResult result = runner.run(plan[i], stop);
    const bool has_record =
        result.state != UnitState::kWaits && result.state != UnitState::kStopped;
    failed += has_record && !result.record.is_done() ? 1 : 0;
    on_result(plan[i], result);
  }
  return failed;
}

}  // namespace kata
