// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_templates.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>

#include "tests/support/generated_lessons.h"
#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::add_repetitions;
using test::generate_take;
using test::MovementPlan;

void add_curls(std::vector<Repetition>& to, double amplitude, int count, Label label) {
  MovementPlan plan;
  plan.amplitude = amplitude;
  plan.repetitions = count;
  plan.seed = to.size() + 1;
  add_repetitions(to, generate_take(plan), label, static_cast<std::int64_t>(plan.seed));
}

/// Taught six full curls and a lesser one for each amplitude.
LiveVariety variety_with(std::initializer_list<double> wrong_amplitudes) {
  std::vector<Repetition> lessons;
  add_curls(lessons, 1, 6, Label::kCorrect);
  for (const double amplitude : wrong_amplitudes)
    add_curls(lessons, amplitude, 1, Label::kIncorrect);
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
