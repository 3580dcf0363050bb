// SPDX-License-Identifier: Apache-2.0
#include "kata/session/take_recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/marks.h"
#include "kata/input/synthetic_source.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

constexpr double kRate_hz = 25;

/// A figure that rests, raises its arm `repetitions` times and rests.
std::vector<Landmarks> arm_raises(int repetitions, double rest_s = 1.5) {
  const SyntheticOptions figure{.period_s = 2};
  std::vector<Landmarks> take;
  const double work_s = 2.0 * repetitions;
  for (double time_s = 0; time_s < work_s + 2 * rest_s; time_s += 1 / kRate_hz) {
    const double phase_s = std::clamp(time_s - rest_s, 0.0, work_s);
    Landmarks frame = synthetic_landmarks(figure, timestamp_from_seconds(phase_s));
    frame.timestamp = timestamp_from_seconds(time_s);
    take.push_back(std::move(frame));
  }
  return take;
}

class Recorder : public ::testing::Test {
 protected:
  std::vector<RepetitionSummary> stored() {
    return Craft::open(path_, Craft::Access::kRead).summaries(true);
  }

  const test::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "c.kata";
  const Lesson lesson_{"raise", Label::kCorrect, {}, "Ada", {}};
};

TEST_F(Recorder, CutsAndStoresAWholeTakeWithAPreview) {
  TakeRecorder recorder(path_, lesson_, {.source = "a folder/clip.mp4"});
  for (const Landmarks& frame : arm_raises(4)) recorder.add(frame);
  EXPECT_FALSE(std::filesystem::exists(path_)) << "nothing is written before the take is over";
  recorder.finish();
  EXPECT_EQ(stored().size(), 4U);
  const Craft craft = Craft::open(path_, Craft::Access::kRead);
  EXPECT_EQ(craft.takes().at(0).source, "clip.mp4") << "never a path";
  EXPECT_NEAR(craft.takes().at(0).frame_rate_hz, kRate_hz, 0.1);
  EXPECT_EQ(stored().at(0).person, "Ada");
  const auto preview = craft.preview("raise");
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->media_type, "video/mp4");
  EXPECT_EQ(preview->bytes.substr(4, 4), "ftyp") << "an mp4 file";
}

TEST_F(Recorder, StoresLiveRepetitionsWhileTheTakeGoesOn) {
  TakeRecorder recorder(path_, lesson_,
                        {.source = "camera 0", .is_live = true, .with_pictures = false});
  for (const Landmarks& frame : arm_raises(5)) recorder.add(frame);
  for (int i = 0; i < 2000 && recorder.stored() < 5; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(recorder.stored(), 5);
  EXPECT_EQ(stored().size(), 5U) << "committed although the take goes on";
}

TEST_F(Recorder, FinishingDropsNothingAndStoresNothingTwice) {
  TakeRecorder recorder(path_, lesson_, {.source = "camera 0", .is_live = true});
  const std::vector<Landmarks> take = arm_raises(5);
  for (const Landmarks& frame : take) {
    recorder.add(frame);
    std::this_thread::sleep_for(std::chrono::milliseconds(6));
  }
  recorder.finish();
  EXPECT_EQ(stored().size(), 5U);
  EXPECT_EQ(Craft::open(path_).takes().size(), 1U);
  EXPECT_EQ(recorder.result().repetitions().size(), 5U);
  EXPECT_EQ(recorder.result().repetitions().at(4).id, stored().at(4).id);
}

TEST_F(Recorder, OfACountedTakeTheFirstSoManyOfTheWholeAreStored) {
  TakeRecorder recorder(path_, lesson_, {.source = "camera 0", .with_pictures = false});
  for (const Landmarks& frame : arm_raises(6)) recorder.add(frame);
  recorder.finish_counted(5);
  ASSERT_EQ(stored().size(), 5U);
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_NEAR(seconds(stored()[i].start), 1.5 + 2.0 * static_cast<double>(i), 0.25);
}

TEST_F(Recorder, OfACountedTakeWithFewerWhatWasStoredStays) {
  TakeRecorder recorder(path_, lesson_,
                        {.source = "camera 0", .is_live = true, .with_pictures = false});
  for (const Landmarks& frame : arm_raises(3)) recorder.add(frame);
  for (int i = 0; i < 2000 && recorder.stored() < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const auto before = stored();
  ASSERT_EQ(before.size(), 3U);
  recorder.finish_counted(4);
  ASSERT_EQ(stored().size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(stored()[i].id, before[i].id);
}

TEST_F(Recorder, OfABrokenOffTakeWhatIsCompleteIsStored) {
  const std::vector<Landmarks> take = arm_raises(4);  // from 1.5 s on, 2 s each
  for (const auto& [end_s, complete] :
       {std::pair{5.0, 1U}, {6.2, 2U}, {7.0, 2U}, {8.5, 3U}, {9.0, 3U}, {10.2, 4U}}) {
    const std::filesystem::path path = folder_ / (std::to_string(end_s) + ".kata");
    TakeRecorder recorder(path, lesson_, {.source = "clip.mp4", .with_pictures = false});
    for (const Landmarks& frame : take) {
      if (seconds(frame.timestamp) < end_s) recorder.add(frame);
    }
    recorder.finish(false);
    const auto stored = Craft::open(path, Craft::Access::kRead).summaries();
    ASSERT_EQ(stored.size(), complete) << "broken off at " << end_s << " s";
    const auto kept = Craft::open(path, Craft::Access::kRead).recorded(stored.front().take);
    ASSERT_TRUE(kept) << "the take itself is kept too";
    EXPECT_NEAR(seconds(kept->frames.back().timestamp), end_s, 0.1);
    for (std::size_t i = 0; i < stored.size(); ++i) {
      EXPECT_NEAR(seconds(stored[i].start), 1.5 + 2.0 * static_cast<double>(i), 0.25) << end_s;
    }
  }
}

TEST_F(Recorder, AnEmptyTakeIsRefusedAndMakesNoFile) {
  TakeRecorder recorder(path_, lesson_, {.source = "clip.mp4"});
  for (int i = 0; i < 50; ++i) {
    Landmarks nobody;
    nobody.timestamp = timestamp_from_seconds(i / kRate_hz);
    recorder.add(nobody);
  }
  try {
    recorder.finish();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kNotEnough);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("nobody is seen in the 50 frames"));
  }
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(Recorder, TakesTheTeachersOwnMarks) {
  TakeRecorder recorder(path_, lesson_, {.source = "clip.mp4"});
  for (const Landmarks& frame : arm_raises(4)) recorder.add(frame);
  recorder.finish(marks_from_csv(
      "start_s,end_s,label,mistake\n3.52,5.48,wrong,too high\n1.48,3.52,right,\n", "marks.csv"));
  const auto repetitions = stored();
  ASSERT_EQ(repetitions.size(), 2U);
  EXPECT_EQ(repetitions[0].start, timestamp_from_seconds(1.48));
  EXPECT_EQ(repetitions[0].end, timestamp_from_seconds(3.52));
  EXPECT_EQ(repetitions[0].label, Label::kCorrect);
  EXPECT_EQ(repetitions[1].mistake, "too high");
}

TEST_F(Recorder, MarksOutsideOfTheTakeAreRefused) {
  TakeRecorder recorder(path_, lesson_, {.source = "clip.mp4"});
  for (const Landmarks& frame : arm_raises(1)) recorder.add(frame);
  EXPECT_THROW(recorder.finish(marks_from_csv("start_frame,end_frame\n10,30\n100,130\n", "m.csv")),
               Error);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace kata
