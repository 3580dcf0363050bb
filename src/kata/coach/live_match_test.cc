// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_match.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/support/movement_generator.h"

namespace kata {
namespace {

using test::generate_take;
using test::MovementPlan;

MovementPlan one_curl(double amplitude) {
  MovementPlan plan;
  plan.repetitions = 1;
  plan.duration_spread = 0;
  plan.amplitude = amplitude;
  return plan;
}

/// The nearest match of a whole curl in a stream with a smaller one; infinite where there is none.
double nearest_match(double limit, double least_usual_s = 0, double spread_of_durations = 0) {
  const auto taught = generate_take(one_curl(1));
  std::vector<Landmarks> frames;
  for (const Landmarks& frame : taught.frames) {
    const double now_s = seconds(frame.timestamp);
    if (now_s >= taught.repetitions[0].start_s && now_s <= taught.repetitions[0].end_s)
      frames.push_back(frame);
  }
  LiveCourse course;
  course.postures = live_postures(frames);
  course.duration_s = 1.6;
  course.least_usual_s = least_usual_s;
  course.spread_of_durations = spread_of_durations;
  LiveTemplate curl(std::move(course), 0, LivePosture(live_posture_size(), 1.0F), limit);
  LivePostures postures;
  LiveHistory history;
  double nearest = LiveMatch{}.distance;
  for (const Landmarks& frame : generate_take(one_curl(0.7)).frames) {
    history.push(postures.next(frame), seconds(frame.timestamp));
    if (const auto match = curl.step(history)) nearest = std::min(nearest, match->distance);
  }
  return nearest;
}

TEST(LiveTemplate, TellsOfMatchesALittleBeyondItsLimitAndOfNoneFarther) {
  constexpr double kLimit = 0.08;
  const double distance = nearest_match(kLimit);
  ASSERT_LT(distance, 1);
  EXPECT_NEAR(nearest_match(kLimit * distance / 1.1), 1.1, 0.01);
  EXPECT_GT(nearest_match(kLimit * distance / 1.4), 1e9);
}

TEST(LiveTemplate, FindsWhatIsShorterThanUsualFartherAway) {
  constexpr double kLimit = 0.08;
  const double distance = nearest_match(kLimit);
  EXPECT_DOUBLE_EQ(nearest_match(kLimit, 0.8), distance);  // longer than that
  EXPECT_GT(nearest_match(kLimit, 3.2), 1.3 * distance);
}

TEST(LiveTemplate, HasteCostsLessWhereDurationsVariedWhileTaught) {
  constexpr double kLimit = 0.08;
  constexpr double kLeastUsual_s = 3.2;
  const double distance = nearest_match(kLimit, kLeastUsual_s);
  EXPECT_DOUBLE_EQ(nearest_match(kLimit, kLeastUsual_s, 0.1), distance);  // as usual
  EXPECT_LT(nearest_match(kLimit, kLeastUsual_s, 0.4), 0.9 * distance);
}

LivePosture posture(float value) { return LivePosture(live_posture_size(), value); }

TEST(LiveTemplate, StandingStillAfterwardsIsNoPartOfAMatch) {
  constexpr int kSteps = 24;
  constexpr double kDuration_s = 1.2;
  LiveCourse course;
  course.duration_s = kDuration_s;
  std::vector<float> there_and_back;
  for (int k = 0; k <= kSteps; ++k) {
    const int from_ends = std::min(k, kSteps - k);
    there_and_back.push_back(2 * static_cast<float>(from_ends) / kSteps);
    course.postures.push_back(posture(there_and_back.back()));
  }
  LiveTemplate taught(std::move(course), 0, posture(1), 0.3);
  LiveHistory history;
  double last_end_s = 0;
  std::size_t matches = 0;
  for (int k = 0; k <= 2 * kSteps; ++k) {
    const float value = k <= kSteps ? there_and_back[static_cast<std::size_t>(k)] : 0;
    history.push(posture(value), kDuration_s * k / kSteps);
    const auto match = taught.step(history);
    if (!match) continue;
    ++matches;
    last_end_s = match->end_s;
  }
  EXPECT_GT(matches, 0U);
  EXPECT_GE(last_end_s, kDuration_s);
  EXPECT_LE(last_end_s, 1.55 * kDuration_s);  // the last third still
}

}  // namespace
}  // namespace kata
