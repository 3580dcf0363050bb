// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "kata/coach/live_match.h"
#include "kata/learn/judge.h"

namespace kata {

/// How far what was taught right, or wrong, is from the nearest other of its kind, 1 = the limit of
/// resemblance; 0 where too few were taught to tell.
struct LiveVariety {
  double right = 0;
  double wrong = 0;
};

struct LiveTemplates {
  std::vector<LiveTemplate> templates;
  std::vector<LiveVariety> varieties;  ///< by movement
};

/// One template for each repetition that the judge keeps, right and wrong; how near a stretch must
/// come follows from how far the movement reaches.
LiveTemplates live_templates(const Judge& judge, LiveMeasure measured);

/// How bodies are measured to be compared with those that the judge keeps.
LiveMeasure live_measure(const Judge& judge);

}  // namespace kata
