// SPDX-License-Identifier: Apache-2.0
#include "kata/session/label_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "kata/core/error.h"
#include "kata/input/synthetic_source.h"
#include "kata/show/window.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

constexpr int kLeft = static_cast<int>(Key::kLeft);
constexpr int kRight = static_cast<int>(Key::kRight);
constexpr int kUp = static_cast<int>(Key::kUp);
constexpr int kDown = static_cast<int>(Key::kDown);
constexpr int kEnter = static_cast<int>(Key::kEnter);
constexpr int kEscape = static_cast<int>(Key::kEscape);
constexpr int kDelete = static_cast<int>(Key::kDelete);

class Labelling : public ::testing::Test {
 protected:
  Labelling() { open(); }

  void open(const std::string& movement = "raise", Duration lead = {}) {
    desk_.reset();
    LabelTake take{"clip.mp4", "Ada", {}, PictureStore({.longest_side = 64})};
    const SyntheticOptions figure{.width = 64, .height = 48, .frame_rate_hz = 25, .frames = 100};
    const auto source = make_synthetic_source(figure);
    while (const auto frame = source->next()) {
      take.frames.push_back(synthetic_landmarks(figure, frame->timestamp));
      take.frames.back().timestamp += lead;
      take.pictures.add(*frame->image);
    }
    desk_ = std::make_unique<LabelDesk>(path_, movement, std::move(take));
  }
  void press(std::initializer_list<int> keys) {
    for (const int key : keys) EXPECT_TRUE(desk_->press(key));
  }
  void forward(int frames) {
    for (int i = 0; i < frames; ++i) press({kRight});
  }
  void type(const std::string& text) {
    for (const char c : text) press({c});
  }
  /// A right one over frames 10–30, a wrong one over 40–60.
  void mark_two() {
    forward(10);
    press({'r'});
    forward(20);
    press({'s'});
    forward(10);
    press({'w'});
    forward(20);
    press({'s'});
  }
  std::vector<RepetitionSummary> stored() {
    return Craft::open(path_, Craft::Access::kRead).summaries();
  }
  double start_s(std::size_t index) { return seconds(stored().at(index).start); }
  double end_s(std::size_t index) { return seconds(stored().at(index).end); }

  const test::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "c.kata";
  std::unique_ptr<LabelDesk> desk_;
};

TEST_F(Labelling, StoresARepetitionWhenItIsStopped) {
  forward(10);
  press({'r'});
  forward(20);
  EXPECT_FALSE(std::filesystem::exists(path_)) << "nothing yet";
  press({'s'});
  ASSERT_EQ(stored().size(), 1U) << "in the file before the window closes";
  EXPECT_EQ(stored()[0].label, Label::kCorrect);
  EXPECT_DOUBLE_EQ(start_s(0), 0.4);
  EXPECT_DOUBLE_EQ(end_s(0), 1.2);
  EXPECT_EQ(stored()[0].frames, 21);
  EXPECT_EQ(stored()[0].person, "Ada");
  EXPECT_EQ(Craft::open(path_).takes().at(0).source, "clip.mp4");
  EXPECT_FALSE(desk_->press('q'));
}

TEST_F(Labelling, RightAndWrongAreShownOnTheTimeline) {
  mark_two();
  const LabelScene scene = desk_->scene();
  ASSERT_EQ(scene.spans.size(), 2U);
  EXPECT_EQ(scene.spans[0].label, Label::kCorrect);
  EXPECT_EQ(scene.spans[1].label, Label::kIncorrect);
  EXPECT_EQ(scene.spans[1].first, 40U);
  EXPECT_EQ(scene.spans[1].last, 60U);
  EXPECT_TRUE(scene.spans[1].is_selected) << "the one at the current frame";
  EXPECT_EQ(scene.edge, 60U);
}

TEST_F(Labelling, TheOtherLetterChangesTheOneUnderWay) {
  press({'r'});
  forward(10);
  press({'w'});
  forward(5);
  EXPECT_EQ(desk_->scene().open->label, Label::kIncorrect);
  EXPECT_EQ(desk_->scene().open->first, 0U);
  press({'s'});
  EXPECT_EQ(stored().at(0).label, Label::kIncorrect);
  EXPECT_EQ(stored().at(0).frames, 16);
}

TEST_F(Labelling, EdgesMoveByAFrameAndStopAtNeighbours) {
  mark_two();
  press({'[', '[', ']'});
  EXPECT_EQ(desk_->frame(), 59U) << "the picture follows the edge";
  EXPECT_DOUBLE_EQ(end_s(1), 59 / 25.0);
  press({kUp, '[', '['});  // to the start of the second
  EXPECT_DOUBLE_EQ(start_s(1), 38 / 25.0);
  for (int i = 0; i < 20; ++i) press({'['});
  EXPECT_DOUBLE_EQ(start_s(1), 31 / 25.0) << "not over the first, which ends at 30";
  EXPECT_THAT(desk_->scene().message, ::testing::HasSubstr("next repetition"));
  EXPECT_EQ(stored().at(1).frames, 29);
  EXPECT_EQ(Craft::open(path_).repetition(stored().at(1).id).frames.size(), 29U);
}

TEST_F(Labelling, MistakesAreNamedAndOfferedAgain) {
  mark_two();
  press({'m'});
  EXPECT_TRUE(desk_->is_typing());
  type("Too qx");
  press({kDelete});
  type("uick");
  press({kEnter});
  EXPECT_FALSE(desk_->is_typing());
  EXPECT_EQ(stored().at(1).mistake, "Too quick");
  forward(10);
  press({'w'});
  forward(10);
  press({'s', 'm', kDown});
  EXPECT_EQ(desk_->scene().typing, "Too quick");
  press({kEscape});
  EXPECT_EQ(stored().at(2).mistake, std::nullopt) << "Esc leaves it";
  press({'m', kDown, kEnter});
  EXPECT_EQ(stored().at(2).mistake, "Too quick");
  press({kUp, kUp, kUp, kUp, 'm'});
  EXPECT_FALSE(desk_->is_typing()) << "a right one has no mistake";
}

TEST_F(Labelling, EverythingCanBeUndone) {
  mark_two();
  press({'m'});
  type("low");
  press({kEnter, '[', 'x'});
  EXPECT_EQ(stored().size(), 1U);
  press({'u'});
  ASSERT_EQ(stored().size(), 2U) << "the deleted one is back";
  EXPECT_EQ(stored()[1].frames, 20);
  press({'u'});
  EXPECT_EQ(stored()[1].frames, 21);
  press({'u'});
  EXPECT_EQ(stored()[1].mistake, std::nullopt);
  press({'u'});
  EXPECT_EQ(stored().size(), 1U);
  press({'u', 'u'});
  EXPECT_TRUE(stored().empty());
  EXPECT_THAT(desk_->scene().message, ::testing::HasSubstr("nothing to undo"));
  EXPECT_TRUE(desk_->scene().spans.empty());
}

TEST_F(Labelling, DeletingGivesUpTheOneUnderWayFirst) {
  mark_two();
  forward(5);
  press({'r', kRight, 'x'});
  EXPECT_FALSE(desk_->scene().open);
  EXPECT_EQ(stored().size(), 2U);
}

TEST_F(Labelling, WhatMakesNoSenseIsSaidAndChangesNothing) {
  press({'s', '[', 'x', 'm', 'u'});
  EXPECT_FALSE(std::filesystem::exists(path_));
  press({'r', kRight, 's'});
  EXPECT_THAT(desk_->scene().message, ::testing::HasSubstr("too short"));
  press({'x', kLeft});
  mark_two();
  for (int i = 0; i < 10; ++i) press({kLeft});
  press({'r'});
  EXPECT_FALSE(desk_->scene().open) << "inside another";
  for (int i = 0; i < 15; ++i) press({kLeft});
  press({'w'});
  forward(40);
  press({'s'});
  EXPECT_THAT(desk_->scene().message, ::testing::HasSubstr("over another"));
  EXPECT_EQ(stored().size(), 2U);
}

TEST_F(Labelling, PlaysAtTheChosenSpeedAndStopsAtTheEnd) {
  press({' '});
  desk_->advance(std::chrono::milliseconds(400));
  EXPECT_EQ(desk_->frame(), 10U);
  press({'-'});
  desk_->advance(std::chrono::milliseconds(400));
  EXPECT_EQ(desk_->frame(), 15U);
  press({'+', '+'});
  desk_->advance(std::chrono::milliseconds(400));
  EXPECT_EQ(desk_->frame(), 35U);
  press({' '});
  desk_->advance(std::chrono::milliseconds(400));
  EXPECT_EQ(desk_->frame(), 35U) << "paused";
  press({' '});
  desk_->advance(std::chrono::seconds(60));
  EXPECT_EQ(desk_->frame(), 99U);
  EXPECT_FALSE(desk_->scene().is_playing);
}

TEST_F(Labelling, LoopsOverOneRepetition) {
  mark_two();
  press({'l'});
  std::size_t least = 99;
  std::size_t most = 0;
  for (int i = 0; i < 100; ++i) {
    desk_->advance(std::chrono::milliseconds(40));
    least = std::min(least, desk_->frame());
    most = std::max(most, desk_->frame());
  }
  EXPECT_EQ(least, 40U);
  EXPECT_EQ(most, 60U);
  press({'l', kLeft});
  EXPECT_FALSE(desk_->scene().is_looping);
}

TEST_F(Labelling, AnEarlierSittingsRepetitionsAreThereAgain) {
  mark_two();
  open();
  ASSERT_EQ(desk_->scene().spans.size(), 2U);
  EXPECT_EQ(desk_->scene().spans[1].first, 40U);
  press({kDown, 'x'});
  EXPECT_EQ(stored().size(), 1U);
  forward(60);
  press({'r'});
  forward(10);
  press({'s'});
  EXPECT_EQ(stored().size(), 2U);
  EXPECT_EQ(Craft::open(path_).takes().size(), 1U) << "one video is one take";
  open("wave");
  EXPECT_EQ(desk_->scene().spans.at(0).movement, "raise") << "shown as another movement's";
}

TEST_F(Labelling, FindsThoseOfATimeWhenAllTakesCountedFromTheFirstFrame) {
  mark_two();
  open("raise", std::chrono::milliseconds(1500));  // the picture begins later than the sound
  EXPECT_EQ(desk_->scene().spans.size(), 2U);
  EXPECT_EQ(desk_->scene().time_s, 1.5);
}

TEST_F(Labelling, ThePictureShowsSpansAndChanges) {
  EXPECT_TRUE(desk_->has_news());
  const Image before = desk_->picture();
  EXPECT_FALSE(desk_->has_news());
  mark_two();
  EXPECT_TRUE(desk_->has_news());
  const Image after = desk_->picture();
  ASSERT_EQ(before.width(), after.width());
  int green = 0;
  int red = 0;
  for (int y = before.height() - 196; y < before.height(); ++y) {
    for (int x = 0; x < before.width(); ++x) {
      const std::uint8_t* bgr =
          after.data() + static_cast<std::size_t>(y) * after.row_stride() + 3 * x;
      green += bgr[1] > bgr[2] + 60 ? 1 : 0;
      red += bgr[2] > bgr[1] + 60 && bgr[2] > bgr[0] + 60 ? 1 : 0;
    }
  }
  EXPECT_GT(green, 5000) << "the right one's span";
  EXPECT_GT(red, 5000) << "the wrong one's span";
}

TEST_F(Labelling, GivesTheMovementAPreview) {
  desk_->store_preview();
  EXPECT_FALSE(std::filesystem::exists(path_));
  mark_two();
  desk_->store_preview();
  EXPECT_EQ(Craft::open(path_).preview("raise")->bytes.substr(4, 4), "ftyp");
}

}  // namespace
}  // namespace kata
