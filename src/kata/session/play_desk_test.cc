// SPDX-License-Identifier: Apache-2.0
#include "kata/session/play_desk.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "kata/core/error.h"
#include "kata/input/synthetic_source.h"
#include "kata/show/window.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

/// The figure raises its arm to `height` (1 = all the way), in `length_s`.
Repetition raise(std::int64_t take, double height, double length_s, Label label) {
  Repetition repetition;
  repetition.take = take;
  repetition.movement = "raise";
  repetition.label = label;
  for (double time_s = 0; time_s <= length_s; time_s += 0.04) {
    const double phase = time_s / length_s;
    const double share = height * (phase < 0.5 ? phase : 1 - phase);
    Landmarks frame = synthetic_landmarks({.period_s = 2}, timestamp_from_seconds(2 * share));
    frame.timestamp = timestamp_from_seconds(time_s);
    repetition.frames.push_back(std::move(frame));
  }
  return repetition;
}

class Playing : public ::testing::Test {
 protected:
  Playing() {
    const std::int64_t take = craft_.add_take({});
    low_ = craft_.add_repetition(raise(take, 0.4, 2, Label::kCorrect));
    high_ = craft_.add_repetition(raise(take, 1.0, 3, Label::kCorrect));
    craft_.add_repetition(raise(take, 0.9, 2, Label::kIncorrect));
    wrong_ = craft_.add_repetition(raise(take, 0.9, 2, Label::kIncorrect));
  }
  const test::TempFolder folder_;
  Craft craft_ = Craft::create(folder_ / "c.kata", {});
  std::int64_t low_ = 0;
  std::int64_t high_ = 0;
  std::int64_t wrong_ = 0;
};

TEST_F(Playing, TheNearestRightOneIsFoundWhateverItsSpeed) {
  const Comparison comparison = compare_with_right(craft_, wrong_);
  ASSERT_TRUE(comparison.right);
  EXPECT_EQ(comparison.right->id, high_);
  ASSERT_EQ(comparison.partners.size(), comparison.repetition.frames.size());
  // Both are highest in the middle, although one takes longer.
  const std::size_t middle = comparison.repetition.frames.size() / 2;
  EXPECT_NEAR(static_cast<double>(comparison.partners[middle]),
              static_cast<double>(comparison.right->frames.size()) / 2, 5);
  EXPECT_TRUE(std::ranges::is_sorted(comparison.partners));
}

TEST_F(Playing, ARightOneIsComparedWithAnotherAndTheOnlyOneWithNone) {
  EXPECT_EQ(compare_with_right(craft_, high_).right->id, low_);
  craft_.remove(low_);
  EXPECT_FALSE(compare_with_right(craft_, high_).right);
  EXPECT_THROW(compare_with_right(craft_, 99), Error);
}

TEST_F(Playing, OneAloneIsPlayedAgainAndAgain) {
  PlayDesk desk(craft_, {wrong_});
  EXPECT_TRUE(desk.advance(std::chrono::milliseconds(400)));
  EXPECT_EQ(desk.frame(), 10U);
  EXPECT_EQ(desk.rounds(), 0);
  EXPECT_TRUE(desk.advance(std::chrono::milliseconds(2300)));
  EXPECT_EQ(desk.rounds(), 1);
  EXPECT_LT(desk.frame(), 10U);
  EXPECT_TRUE(desk.press(' '));
  const std::size_t frame = desk.frame();
  EXPECT_TRUE(desk.advance(std::chrono::seconds(1)));
  EXPECT_EQ(desk.frame(), frame) << "paused";
  EXPECT_TRUE(desk.press(static_cast<int>(Key::kRight)));
  EXPECT_EQ(desk.frame(), frame + 1);
  EXPECT_FALSE(desk.press('q'));
}

TEST_F(Playing, SeveralAreLoadedOneAfterTheOther) {
  PlayDesk desk(craft_, {low_, high_});
  EXPECT_EQ(desk.shown().repetition.id, low_);
  EXPECT_TRUE(desk.advance(std::chrono::milliseconds(2600)));
  EXPECT_EQ(desk.shown().repetition.id, high_);
  EXPECT_TRUE(desk.press('p'));
  EXPECT_EQ(desk.shown().repetition.id, low_);
  EXPECT_TRUE(desk.press('n'));
  EXPECT_FALSE(desk.advance(std::chrono::seconds(10))) << "the last one ends it";
  EXPECT_GT(desk.picture().width(), 0);
}

}  // namespace
}  // namespace kata
