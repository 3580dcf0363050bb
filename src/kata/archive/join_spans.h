// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "kata/archive/plan.h"
#include "kata/archive/record.h"
#include "kata/learn/judge.h"

namespace kata {

/// Makes the results of a whole video from those of its spans, in their order: the same lines as
/// they are, and verdicts (with a judge) over all of them. Notes the files in the record.
void join_spans(const ArchiveFolder& folder, const ArchiveUnit& whole,
                const ArchiveSettings& settings, const std::shared_ptr<const Judge>& judge,
                const std::vector<UnitRecord>& spans, UnitRecord& record);

/// Removes what was joined.
void remove_spans(const ArchiveFolder& folder, const std::vector<const ArchiveUnit*>& spans,
                  const ArchiveSettings& settings);

}  // namespace kata
