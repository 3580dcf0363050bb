// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kata/learn/cross_validation.h"
#include "kata/learn/judge_training.h"

namespace kata {

/// How a craft's repetitions are divided for its report.
struct ReportPlan {
  std::string protocol;  ///< "by person", "by take", "by repetition" or "none"
  bool is_flattering = false;
  std::vector<Split> splits;
};

/// The strictest division that leaves enough to learn from.
ReportPlan plan_report(const TrainingSet& set, std::uint64_t seed);

/// What makes the figures less sure than they look, in sentences for the teacher.
/// Whether a class of report_classes() was taught at all: a movement may be shown only right. Of
/// one that was not nothing is claimed.
std::vector<bool> taught_classes(const TrainingSet& set);
/// Whether nothing wrong was taught of any movement.
bool is_only_right(const TrainingSet& set);

std::vector<std::string> report_warnings(const TrainingSet& set, const ReportPlan& plan);

/// The class of each repetition: the movement where there are several, and its label.
std::vector<std::size_t> report_labels(const TrainingSet& set);
std::vector<std::string> report_classes(const TrainingSet& set);

}  // namespace kata
