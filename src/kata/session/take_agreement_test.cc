// SPDX-License-Identifier: Apache-2.0
#include "kata/session/take_agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "kata/session/take_recorder.h"
#include "tests/support/movement_generator.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using test::generate_take;
using test::GeneratedTake;
using testing::ElementsAre;
using testing::IsEmpty;

class TakeAgreement : public ::testing::Test {
 protected:
  /// Stores the right take as if Kata had cut it from the far end to the far end.
  std::int64_t store_right_take_half_a_cycle_late() {
    std::vector<LessonSpan> spans;
    for (std::size_t i = 0; i + 1 < right_.repetitions.size(); ++i) {
      const auto middle = [&](std::size_t n) {
        const auto& truth = right_.repetitions[n];
        return static_cast<std::size_t>((truth.start_s + truth.end_s) / 2 * 25);
      };
      spans.push_back({{middle(i) + 1, middle(i + 1), 1, 1}, "raise", Label::kCorrect, {}});
    }
    TakeWriter writer(path_, {0, "Ada", "right.mp4", "2026-01-01T00:00:00Z", 25, false});
    writer.store(right_.frames, spans);
    EXPECT_THAT(agree_with_earlier_takes(path_, {"raise", Label::kCorrect, {}, "Ada", {}},
                                         right_.frames, false, spans, writer),
                IsEmpty())
        << "there is no other take";
    return writer.take();
  }

  std::vector<std::int64_t> teach_wrong_take() {
    TakeRecorder recorder(path_, {"raise", Label::kIncorrect, "too low", "Bo", {}},
                          {.source = "wrong.mp4", .with_pictures = false});
    for (const Landmarks& frame : wrong_.frames) recorder.add(frame);
    recorder.finish();
    EXPECT_THAT(recorder.warnings(), IsEmpty());
    return recorder.takes_cut_anew();
  }

  std::vector<RepetitionSummary> repetitions_of(std::int64_t take) {
    std::vector<RepetitionSummary> own;
    for (RepetitionSummary& each : Craft::open(path_).summaries(true)) {
      if (each.take == take) own.push_back(std::move(each));
    }
    return own;
  }

  const test::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "c.kata";
  const GeneratedTake right_ = generate_take({.rest_s = 0, .idle_s = 0.4});
  const GeneratedTake wrong_ = generate_take({.amplitude = 0.8, .seed = 5});
};

TEST_F(TakeAgreement, ATakeThatWasCutHalfACycleLateIsCutLikeTheNextOne) {
  const std::int64_t take = store_right_take_half_a_cycle_late();
  ASSERT_EQ(repetitions_of(take).size(), 7U);
  EXPECT_THAT(teach_wrong_take(), ElementsAre(take));
  const auto anew = repetitions_of(take);
  ASSERT_EQ(anew.size(), 8U) << "nothing of the old cut stays";
  for (std::size_t i = 0; i < anew.size(); ++i) {
    EXPECT_LT(std::abs(seconds(anew[i].start) - right_.repetitions[i].start_s), 0.4) << i;
    EXPECT_LT(std::abs(seconds(anew[i].end) - right_.repetitions[i].end_s), 0.4) << i;
    EXPECT_EQ(anew[i].label, Label::kCorrect);
    EXPECT_EQ(anew[i].person, "Ada");
  }
  EXPECT_EQ(repetitions_of(take + 1).size(), 8U);
  EXPECT_TRUE(Craft::open(path_).recorded(take + 1)) << "for the take after it";
}

TEST_F(TakeAgreement, ATakeThatTheTeacherHasCorrectedStays) {
  const std::int64_t take = store_right_take_half_a_cycle_late();
  const auto before = repetitions_of(take);
  Craft::open(path_).relabel(before[2].id, Label::kIncorrect, "too fast");
  EXPECT_THAT(teach_wrong_take(), IsEmpty());
  const auto after = repetitions_of(take);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].id, before[i].id);
    EXPECT_EQ(after[i].start, before[i].start);
  }
}

TEST_F(TakeAgreement, ATakeWithTimesOfNoTakeStays) {
  const std::int64_t take = store_right_take_half_a_cycle_late();
  {
    Craft craft = Craft::open(path_);
    RecordedTake recorded = craft.recorded(take).value();
    std::ranges::reverse(recorded.frames);
    craft.keep_recorded(take, recorded);
  }
  EXPECT_THAT(teach_wrong_take(), IsEmpty());
  EXPECT_EQ(repetitions_of(take).size(), 7U);
}

TEST_F(TakeAgreement, AnotherMovementIsNotCompared) {
  const std::int64_t take = store_right_take_half_a_cycle_late();
  Craft::open(path_).rename_movement("raise", "another");
  EXPECT_THAT(teach_wrong_take(), IsEmpty());
  EXPECT_EQ(repetitions_of(take).size(), 7U);
}

TEST_F(TakeAgreement, TheTeachersOwnMarksAreNotMoved) {
  const auto& first = wrong_.repetitions[0];
  const auto& second = wrong_.repetitions[1];
  Mark mark;
  mark.start = (first.start_s + first.end_s) / 2;
  mark.end = (second.start_s + second.end_s) / 2;
  TakeRecorder recorder(path_, {"raise", Label::kCorrect, {}, "Ada", {}},
                        {.source = "marked.mp4", .with_pictures = false});
  for (const Landmarks& frame : wrong_.frames) recorder.add(frame);
  const std::vector<Mark> marks = {mark};
  recorder.finish(marks);
  const auto before = repetitions_of(1);
  ASSERT_EQ(before.size(), 1U);
  EXPECT_THAT(teach_wrong_take(), IsEmpty());
  EXPECT_EQ(repetitions_of(1).at(0).start, before[0].start);
}

}  // namespace
}  // namespace kata
