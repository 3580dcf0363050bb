// SPDX-License-Identifier: Apache-2.0
#include "kata/session/take_journal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "kata/craft/craft.h"
#include "kata/session/studio.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

/// A person whose right arm goes up and down four times between the seconds 1 and 9.
Landmarks lifting(double time_s) {
  const double lift =
      time_s > 1 && time_s < 9 ? 0.5 - 0.5 * std::cos((time_s - 1) * 3.14159265358979) : 0;
  Landmarks seen;
  seen.timestamp = timestamp_from_seconds(time_s);
  seen.image_width = 640;
  seen.image_height = 480;
  Pose pose;
  pose.confidence = 1;
  pose.visibility.fill(1);
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    pose.points[i] = {0.4F + 0.2F * static_cast<float>(i % 2),
                      0.1F + 0.025F * static_cast<float>(i), 0};
  }
  pose.points[14] = {0.3F, 0.5F - 0.1F * static_cast<float>(lift), 0};
  pose.points[16] = {0.25F, 0.7F - 0.5F * static_cast<float>(lift), 0};
  seen.pose = pose;
  return seen;
}

const Lesson kLesson{"lift", Label::kIncorrect, "too fast", "Aiko", 4};

/// Leaves a take behind as a program does that is killed while it records.
void record_and_die(const fs::path& folder, const std::string& craft, int frames = 150) {
  TakeJournal journal(folder, craft, kLesson, "2026-03-01T10:00:00Z");
  for (int i = 0; i < frames; ++i) journal.add(lifting(i * 0.0667));
}

std::string make_craft(const fs::path& folder) {
  return Studio(folder).make({"Lift", "", "", ""}).id;
}

std::size_t leftovers(const fs::path& folder) {
  std::size_t count = 0;
  for (const auto& file : fs::directory_iterator(folder))
    count += file.path().filename().string().starts_with(".take-") ? 1U : 0U;
  return count;
}

TEST(TakeJournal, ATakeThatWasInterruptedIsStoredAtTheNextStart) {
  const test::TempFolder folder;
  const std::string id = make_craft(folder.path());
  record_and_die(folder.path(), id);
  Studio studio(folder.path());
  EXPECT_EQ(studio.recovered(), 4);
  const CraftDetail detail = studio.detail(id);
  ASSERT_EQ(detail.repetitions.size(), 4U);
  EXPECT_EQ(detail.repetitions[0].movement, "lift");
  EXPECT_EQ(detail.repetitions[0].label, Label::kIncorrect);
  EXPECT_EQ(detail.repetitions[0].mistake, "too fast");
  EXPECT_EQ(detail.repetitions[0].person, "Aiko");
  EXPECT_EQ(leftovers(folder.path()), 0U);
  EXPECT_EQ(Studio(folder.path()).recovered(), 0);
}

TEST(TakeJournal, LandmarksComeBackToTheBit) {
  const test::TempFolder folder;
  record_and_die(folder.path(), "0123456789abcdef", 3);
  const auto found = interrupted_takes(folder.path());
  ASSERT_EQ(found.size(), 1U);
  ASSERT_EQ(found[0].frames.size(), 3U);
  EXPECT_EQ(found[0].craft, "0123456789abcdef");
  EXPECT_EQ(found[0].lesson.expected_repetitions, 4);
  EXPECT_EQ(found[0].frames[2].timestamp, lifting(2 * 0.0667).timestamp);
  EXPECT_EQ(found[0].frames[2].pose->points[16].y, lifting(2 * 0.0667).pose->points[16].y);
}

TEST(TakeJournal, ACutOffEndCostsOnlyTheLastFrame) {
  const test::TempFolder folder;
  record_and_die(folder.path(), "0123456789abcdef", 10);
  const fs::path path = interrupted_takes(folder.path()).at(0).path;
  fs::resize_file(path, fs::file_size(path) - 5);
  EXPECT_EQ(interrupted_takes(folder.path()).at(0).frames.size(), 9U);
  std::ofstream(path, std::ios::app) << std::string(300, '\xFF');
  EXPECT_EQ(interrupted_takes(folder.path()).at(0).frames.size(), 9U);
}

TEST(TakeJournal, ATakeThatAnotherProgramRecordsIsLeftAlone) {
  const test::TempFolder folder;
  const std::string id = make_craft(folder.path());
  TakeJournal journal(folder.path(), id, kLesson, "2026-03-01T10:00:00Z");
  for (int i = 0; i < 150; ++i) journal.add(lifting(i * 0.0667));
  EXPECT_EQ(Studio(folder.path()).recovered(), 0);
  EXPECT_EQ(leftovers(folder.path()), 1U);
}

TEST(TakeJournal, AStoringThatWasInterruptedIsNotDoubled) {
  const test::TempFolder folder;
  const std::string id = make_craft(folder.path());
  record_and_die(folder.path(), id);
  const auto kept = interrupted_takes(folder.path()).at(0);
  fs::copy_file(kept.path, folder.path() / "copy");
  { Studio first(folder.path()); }                // stores the take …
  fs::rename(folder.path() / "copy", kept.path);  // … and dies before it forgets it
  Studio second(folder.path());
  EXPECT_EQ(second.card(id).repetitions, 4);
}

TEST(TakeJournal, ADiscardedTakeLeavesNothing) {
  const test::TempFolder folder;
  {
    TakeJournal journal(folder.path(), "0123456789abcdef", kLesson, "2026-03-01T10:00:00Z");
    journal.add(lifting(0));
    journal.discard();
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(TakeJournal, NonsenseIsNoTake) {
  const test::TempFolder folder;
  std::ofstream(folder.path() / ".take-1-0.part") << "nonsense";
  std::ofstream(folder.path() / ".take-1-1.part") << std::string("\x02\0\0\0{}", 6);
  EXPECT_TRUE(interrupted_takes(folder.path()).empty());
}

}  // namespace
}  // namespace kata
