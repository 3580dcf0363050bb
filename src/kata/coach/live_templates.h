// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "kata/coach/live_match.h"
#include "kata/learn/judge.h"

namespace kata {

/// One template for each repetition that the judge keeps, right and wrong; how near a stretch must
/// come follows from how far the movement reaches.
std::vector<LiveTemplate> live_templates(const Judge& judge, LiveMeasure measured);

/// How bodies are measured to be compared with those that the judge keeps.
LiveMeasure live_measure(const Judge& judge);

}  // namespace kata
