// SPDX-License-Identifier: Apache-2.0
#include "kata/session/learner_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "kata/core/error.h"
#include "kata/learn/movement_for_test.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

/// Two right repetitions with rests.
void do_two(Sitting& sitting) {
  Random random(11);
  std::size_t frame = 0;
  const auto step = [&](Landmarks landmarks) {
    landmarks.timestamp = timestamp_from_seconds(static_cast<double>(frame++) / 25);
    sitting.step(landmarks);
  };
  const auto rest = [&] {
    for (int i = 0; i < 50; ++i) step(test::pose_at({}, 0, random));
  };
  rest();
  for (int i = 0; i < 2; ++i) {
    for (const Landmarks& one : test::perform({}, random)) step(one);
    rest();
  }
}

TEST(LearnerFile, KeepsWhatIsConfirmedAndForgetsOnDemand) {
  const test::TempFolder folder;
  const fs::path craft = folder / "polish.kata";
  LearnerFile file(craft, "Ana");
  EXPECT_TRUE(file.confirmed().empty());
  EXPECT_FALSE(fs::exists(file.path())) << "nothing is kept before something is confirmed";
  Sitting sitting(test::judge_of_polishing());
  file.follow(sitting);
  do_two(sitting);
  ASSERT_EQ(sitting.repetitions(), 2U);
  EXPECT_TRUE(sitting.confirm(1, Label::kCorrect));
  EXPECT_TRUE(sitting.confirm_last(Label::kIncorrect));
  // Another program sees it at once: nothing is kept in memory alone.
  const auto kept = LearnerFile(craft, "Ana").confirmed();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].label, Label::kCorrect);
  EXPECT_EQ(kept[1].label, Label::kIncorrect);
  EXPECT_EQ(kept[0].person, "Ana");
  EXPECT_EQ(sitting.undo(), 2U);
  EXPECT_EQ(LearnerFile(craft, "Ana").confirmed().size(), 1U);
  EXPECT_TRUE(LearnerFile(craft, "Ben").confirmed().empty());
  EXPECT_TRUE(file.forget());
  EXPECT_FALSE(fs::exists(file.path()));
  EXPECT_FALSE(file.forget());
}

TEST(LearnerFile, ANameIsNoPath) {
  const test::TempFolder folder;
  const LearnerFile file(folder / "polish.kata", "../../etc/x y");
  EXPECT_EQ(file.path().parent_path(), (folder / "polish.kata").parent_path());
  EXPECT_EQ(file.path().filename(), "polish.%2E%2E%2F%2E%2E%2Fetc%2Fx%20y.learner");
  EXPECT_THROW(LearnerFile(folder / "polish.kata", ""), Error);
  EXPECT_THROW(LearnerFile(folder / "polish.kata", std::string(101, 'a')), Error);
}

TEST(LearnerFile, WhatIsNoSuchFileIsRefused) {
  const test::TempFolder folder;
  const LearnerFile file(folder / "polish.kata", "Ana");
  std::ofstream(file.path()) << "hello";
  EXPECT_THROW(file.confirmed(), Error);
}

}  // namespace
}  // namespace kata
