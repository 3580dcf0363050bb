// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kata/practice/feedback_schedule.h"

namespace kata {

/// One movement of a lesson.
struct LessonStep {
  std::string movement;
  int sets = 3;          ///< at most so many; fewer where one is good enough to go on
  int repetitions = 10;  ///< of a set
  int right_to_go_on = 8;
  double rest_s = 30;  ///< between sets, and before the next movement
};

/// What a learner is led through, in this order.
struct LessonPlan {
  std::vector<LessonStep> steps;
  double countdown_s = 5;  ///< before each set
  FeedbackRule feedback;
  /// At the end each movement once more without help: so many repetitions; 0 = no such set.
  int closing_repetitions = 5;
};

/// Throws Error{kInvalidArgument} that names the field, for what is no plan (docs/lessons.md).
LessonPlan lesson_plan_from_json(std::string_view text);
std::string lesson_plan_json(const LessonPlan& plan);

}  // namespace kata
