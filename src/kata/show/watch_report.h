// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"
#include "kata/show/watch_format.h"

namespace kata {

/// A judged repetition with what the report draws of it.
struct ReportedRepetition {
  Verdict verdict;
  std::vector<Landmarks> learner;  ///< its frames; may be empty
  /// The movement's right repetition, one for all that repeat it; may be null.
  std::shared_ptr<const std::vector<Landmarks>> teacher;
};

struct WatchReport {
  std::string craft;
  std::string source;
  WatchTotals totals;
  std::vector<ReportedRepetition> repetitions;
};

/// One self-contained HTML page, light and dark: the count, the scores, and for each repetition the
/// learner's curves over the teacher's. Loads nothing and runs no script.
std::string watch_report_html(const WatchReport& report);

}  // namespace kata
