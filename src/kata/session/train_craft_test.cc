// SPDX-License-Identifier: Apache-2.0
#include "kata/session/train_craft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kata/learn/movement_for_test.h"
#include "kata/session/studio.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A folder with a craft of one movement, trained.
class TrainedCraft : public ::testing::Test {
 protected:
  TrainedCraft() {
    Random random(7);
    test::Performance wrong;
    wrong.height = 0.7;
    Craft craft = Craft::create(path_, {"Furniture", "", "", ""});
    const std::int64_t take = craft.add_take({});
    for (const Label label : {Label::kCorrect, Label::kIncorrect}) {
      const auto how = label == Label::kCorrect ? test::Performance() : wrong;
      for (Repetition& lesson : test::taught("polish", label, how, 4, random)) {
        lesson.take = take;
        craft.add_repetition(lesson);
      }
    }
    train_craft(path_);
  }

  Craft craft() { return Craft::open(path_); }
  Verdict verdict() {
    Random random(8);
    return load_judge(path_)->judge(test::perform({}, random));
  }

  const test::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "furniture.kata";
};

TEST_F(TrainedCraft, GivesVerdictsByAMovementsNewName) {
  const Verdict before = verdict();
  EXPECT_EQ(before.movement, "polish");
  {
    Craft craft = Craft::open(path_);
    rename_movement(craft, "polish", "Polieren");
    EXPECT_FALSE(craft.is_stale());
    EXPECT_THAT(craft.classifier()->report_json, HasSubstr("Polieren"));
    EXPECT_THAT(craft.classifier()->report_json, Not(HasSubstr("polish")));
  }
  const Verdict after = verdict();
  EXPECT_EQ(after.movement, "Polieren");
  EXPECT_EQ(after.kind, before.kind);
  EXPECT_EQ(after.score, before.score);
  const auto judge = load_judge(path_);
  EXPECT_THAT(judge->movements(), ElementsAre("Polieren"));
  EXPECT_EQ(judge->prototypes("Polieren").front().movement, "Polieren");
}

TEST_F(TrainedCraft, IsRenamedByAMergeWithWhatItDoesNotKnow) {
  Craft craft = Craft::open(path_);
  craft.set_movement("rub", "");
  merge_movements(craft, "polish", "rub");
  EXPECT_FALSE(craft.is_stale());
  EXPECT_EQ(verdict().movement, "rub");
}

TEST_F(TrainedCraft, IsStaleAfterAMergeOfTwoThatItKnows) {
  Craft craft = Craft::open(path_);
  for (Repetition repetition : craft.repetitions()) {
    repetition.movement = "rub";
    craft.add_repetition(repetition);
  }
  train_craft(path_, {.with_report = false});
  EXPECT_FALSE(craft.is_stale());
  merge_movements(craft, "polish", "rub");
  EXPECT_TRUE(craft.is_stale());
  EXPECT_FALSE(Judge::load(craft.classifier()->bytes).renamed("polish", "rub"));
}

TEST_F(TrainedCraft, KeepsADamagedJudgeAsItIs) {
  Craft craft = Craft::open(path_);
  craft.set_classifier({"no judge", "no report", ""}, craft.repetitions());
  rename_movement(craft, "polish", "rub");
  EXPECT_EQ(craft.movements().at(0).name, "rub");
  EXPECT_TRUE(craft.is_stale());
}

TEST_F(TrainedCraft, IsToBeTrainedAgainInTheStudioAfterAnyChange) {
  Studio studio(folder_.path());
  const std::string id = studio.cards().at(0).id;
  const auto is_stale = [&] { return studio.cards().at(0).trained->is_stale; };
  const std::int64_t first = studio.detail(id).repetitions.at(0).id;
  EXPECT_FALSE(is_stale());
  studio.relabel(id, first, Label::kIncorrect, "slow");
  EXPECT_TRUE(is_stale());
  studio.relabel(id, first, Label::kCorrect, {});
  EXPECT_FALSE(is_stale());
  studio.remove_repetition(id, first);
  EXPECT_TRUE(is_stale());
  studio.restore_repetition(id, first);
  EXPECT_FALSE(is_stale());
  studio.rename_movement(id, "polish", "rub");
  EXPECT_FALSE(is_stale()) << "the judge has the new name too";
  EXPECT_EQ(studio.judge(id)->movements().at(0), "rub");
}

}  // namespace
}  // namespace kata
