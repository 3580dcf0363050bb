// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_templates.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>

#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::generate_take;
using test::MovementPlan;

void add_repetitions(std::vector<Repetition>& to, double amplitude, int count, Label label) {
  MovementPlan plan;
  plan.amplitude = amplitude;
  plan.repetitions = count;
  plan.seed = to.size() + 1;
  const auto take = generate_take(plan);
  for (const auto& truth : take.repetitions) {
    Repetition repetition;
    repetition.take = static_cast<std::int64_t>(plan.seed);
    repetition.movement = "curl";
    repetition.label = label;
    for (const Landmarks& frame : take.frames) {
      const double now_s = seconds(frame.timestamp);
      if (now_s >= truth.start_s && now_s <= truth.end_s) repetition.frames.push_back(frame);
    }
    to.push_back(repetition);
  }
}

/// Taught six full curls and a lesser one for each amplitude.
LiveVariety variety_with(std::initializer_list<double> wrong_amplitudes) {
  std::vector<Repetition> lessons;
  add_repetitions(lessons, 1, 6, Label::kCorrect);
  for (const double amplitude : wrong_amplitudes)
    add_repetitions(lessons, amplitude, 1, Label::kIncorrect);
  const auto judge = train_judge(lessons, {.with_report = false, .may_be_few = true}).judge;
  const LiveTemplates made = live_templates(*judge, live_measure(*judge));
  return made.varieties.at(0);
}

TEST(LiveTemplates, MistakesThatDifferHaveMoreVarietyThanMistakesThatAreAlike) {
  const LiveVariety alike = variety_with({0.5, 0.5, 0.5, 0.5, 0.5});
  const LiveVariety different = variety_with({0.15, 0.3, 0.5, 0.65, 0.8});
  EXPECT_GT(alike.wrong, 0);
  EXPECT_GT(different.wrong, 2 * alike.wrong);
  EXPECT_LT(different.right, different.wrong);
}

TEST(LiveTemplates, TwoMistakesTellNothingOfHowMuchTheyVary) {
  EXPECT_EQ(variety_with({0.2, 0.8}).wrong, 0);
}

}  // namespace
}  // namespace kata
