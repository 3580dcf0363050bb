// SPDX-License-Identifier: Apache-2.0
#include "kata/session/practice_log.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/example_landmarks.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

Verdict verdict_of(VerdictKind kind) {
  Verdict verdict;
  verdict.kind = kind;
  verdict.movement = "saw";
  verdict.score = 50;
  return verdict;
}

TEST(PracticeLog, KeepsASittingFromItsFirstRepetitionOn) {
  const test::TempFolder folder;
  const auto path = progress_beside(folder / "saw.kata");
  {
    PracticeLog log(path, "Ann", "saw");
    EXPECT_FALSE(log.add(verdict_of(VerdictKind::kOther), {}));
    EXPECT_FALSE(std::filesystem::exists(path)) << "nothing was practised yet";
    const auto id =
        log.add(verdict_of(VerdictKind::kIncorrect), test::example_repetition(1, 5).frames);
    ASSERT_TRUE(id);
    log.confirm(*id, Label::kCorrect);
    EXPECT_EQ(log.kept(), 1);
    EXPECT_FALSE(log.problem());
  }
  const ProgressFile file = ProgressFile::open(path, ProgressFile::Access::kRead);
  ASSERT_EQ(file.sittings().size(), 1U);
  EXPECT_EQ(file.sittings()[0].learner, "Ann");
  EXPECT_NE(file.sittings()[0].ended_at, "");
  EXPECT_EQ(file.confirmed({}, 5).size(), 1U);
}

TEST(PracticeLog, WhatCannotBeStoredStopsNoLesson) {
  const test::TempFolder folder;
  PracticeLog log(folder / "missing" / "progress.db", "Ann", "saw");
  EXPECT_FALSE(log.add(verdict_of(VerdictKind::kCorrect), {}));
  EXPECT_TRUE(log.problem());
  EXPECT_FALSE(log.add(verdict_of(VerdictKind::kCorrect), {}));
  EXPECT_EQ(log.kept(), 0);
}

}  // namespace
}  // namespace kata
