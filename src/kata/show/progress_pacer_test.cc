// SPDX-License-Identifier: Apache-2.0
#include "kata/show/progress_pacer.h"

#include <gtest/gtest.h>

namespace kata {
namespace {

WatchProgress at(double time_s, std::optional<std::string> movement, bool is_visible = true) {
  WatchProgress progress;
  progress.timestamp = timestamp_from_seconds(time_s);
  progress.movement = std::move(movement);
  progress.is_visible = is_visible;
  return progress;
}

TEST(ProgressPacer, TellsChangesAtOnceAndWhatGoesOnEverySoOften) {
  ProgressPacer pacer(std::chrono::milliseconds(200));
  EXPECT_TRUE(pacer.is_due(at(0, {}))) << "the first picture";
  EXPECT_FALSE(pacer.is_due(at(5, {}))) << "nothing is under way";
  EXPECT_TRUE(pacer.is_due(at(5.04, "saw")));
  EXPECT_FALSE(pacer.is_due(at(5.2, "saw")));
  EXPECT_TRUE(pacer.is_due(at(5.25, "saw")));
  EXPECT_TRUE(pacer.is_due(at(5.29, "polish"))) << "another movement";
  EXPECT_TRUE(pacer.is_due(at(5.33, {}))) << "it ended";
  EXPECT_TRUE(pacer.is_due(at(5.37, {}, false))) << "out of sight";
  EXPECT_FALSE(pacer.is_due(at(5.41, {}, false)));
  EXPECT_TRUE(pacer.is_due(at(5.45, {}))) << "in sight again";
}

TEST(ProgressPacer, TellsWhenTheStandingVerdictChanges) {
  ProgressPacer pacer(std::chrono::seconds(10));
  WatchProgress progress = at(0, "knead");
  progress.standing.emplace();
  progress.standing->kind = VerdictKind::kCorrect;
  EXPECT_TRUE(pacer.is_due(progress));
  progress.timestamp += std::chrono::milliseconds(40);
  EXPECT_FALSE(pacer.is_due(progress));
  progress.standing->kind = VerdictKind::kIncorrect;
  EXPECT_TRUE(pacer.is_due(progress));
}

}  // namespace
}  // namespace kata
